"""Executors for work on many files: processes, or a Dask cluster."""
