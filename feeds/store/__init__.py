"""Keep what is known of every record in SQLite, so that only changed files are read and only shown records loaded."""
