"""Fix problems that have exactly one right answer."""
