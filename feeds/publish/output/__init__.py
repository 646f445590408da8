"""The output folder or bucket: what is in it, and how it changes all at once."""
