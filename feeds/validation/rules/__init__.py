"""Find what a schema cannot say."""
