"""Plan the feeds, and the items of each."""
