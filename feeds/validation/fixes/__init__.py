"""Fixes of problems that have exactly one right answer."""
