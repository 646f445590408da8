"""Plan feeds, render them, and replace only the files whose bytes change."""
