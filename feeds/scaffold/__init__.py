"""The files that `feeds init` writes."""
