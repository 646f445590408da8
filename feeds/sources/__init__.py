"""Where bytes come from: files, object storage, addresses."""
