"""Data to records."""
