"""The verbs of rosters."""
