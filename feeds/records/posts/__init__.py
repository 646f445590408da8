"""Posts of other generators as records: presets, and the mapping of their front matter."""
