"""The same work on many files: here, over processes, over a Dask cluster."""
