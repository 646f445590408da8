"""What settings are, and how they are read."""
