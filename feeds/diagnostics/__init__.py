"""Write problems in one style or another."""
