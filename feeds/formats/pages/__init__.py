"""Show what the feeds hold: pages for people, and the list of all feeds for readers. Pure."""
