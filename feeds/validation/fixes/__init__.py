"""Mend what has exactly one right answer."""
