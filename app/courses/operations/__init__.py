"""The verbs of courses: making them, who is in them, sections and groups."""
