"""Bodies of posts in other generators' markup: template tags, dialects of Markdown, summaries."""
