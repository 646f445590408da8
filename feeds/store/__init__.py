"""The index of all records in SQLite, so that only changed files are read, and only selected records."""
