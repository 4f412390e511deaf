"""PDF: the server's words are the text; pages are joined by U+000C, a page without text is one U+FFFC."""
