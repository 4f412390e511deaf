"""The verbs of upkeep."""
