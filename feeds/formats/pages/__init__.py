"""Render pages for people, and the list of all feeds for readers. Pure."""
