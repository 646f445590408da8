"""The report on rhythm, sizes and gaps."""
