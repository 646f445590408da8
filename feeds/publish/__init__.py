"""Build, convert, import and compare feeds; replace only the files whose bytes change."""
