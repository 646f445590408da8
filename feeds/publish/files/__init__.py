"""Write files so that a crash at any moment leaves whole ones."""
