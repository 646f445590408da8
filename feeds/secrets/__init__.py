"""Secret values in outputs: n-grams of them, a prefilter and a scanner."""
