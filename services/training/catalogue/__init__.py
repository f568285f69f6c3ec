"""What may be taught in a region, taken over from the pack it joined with."""
