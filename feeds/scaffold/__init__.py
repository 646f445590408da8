"""What `feeds init` writes."""
