"""Which feeds there are, and what is in each."""
