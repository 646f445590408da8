"""All records in SQLite, so that only files that changed are read, and only records that are shown."""
