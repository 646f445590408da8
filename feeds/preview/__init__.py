"""Serve a folder of feeds and pages over HTTP, for a preview before publication."""
