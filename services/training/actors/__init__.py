"""The people of associations, as far as training must know them: ids, no names."""
