"""Read Markdown and HTML bodies of unknown origin, and leave out what no reader shows."""
