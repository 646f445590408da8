"""Serve a folder of feeds and pages over HTTP, to look at it before it is published."""
