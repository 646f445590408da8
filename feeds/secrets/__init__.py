"""Secret values: where they stand in a text, and the n-grams, prefilter and scanner that find them in outputs."""
