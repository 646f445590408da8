"""The types that everything speaks of."""
