"""Write the items of a feed as records, and keep them up to date."""
