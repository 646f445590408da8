"""Keep what must not leave out of every output: secret values, and records that are not published."""
