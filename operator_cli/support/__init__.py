"""`nassij support-bundle`: what is gathered (gather.py), what is taken out of it (scrub.py), and the archive it becomes."""
