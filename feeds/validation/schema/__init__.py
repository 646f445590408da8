"""Check front matter by JSON Schema, and say what a schema refuses in the words of whoever wrote the record."""
