"""The page on which a class reads and watches together."""
