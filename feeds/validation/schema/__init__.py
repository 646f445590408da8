"""Validate front matter by JSON Schema, with messages for the authors of records."""
