"""Parse files into front matter, with the position of each value, and body."""
