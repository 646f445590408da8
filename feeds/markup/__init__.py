"""Parse Markdown and HTML bodies of unknown origin, and drop what no reader shows."""
