"""Make Records of documents, and Items of Records."""
