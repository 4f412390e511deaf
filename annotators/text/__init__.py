"""Text: Markdown, plain text and web pages, on an axis of code points."""
