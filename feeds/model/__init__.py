"""What a feed holds and a reader can show, in the terms of no format."""
