"""Training of trainers: selection, attendance, completion."""
