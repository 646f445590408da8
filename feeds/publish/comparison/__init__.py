"""Compare feeds, items and manifests."""
