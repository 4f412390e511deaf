"""The verbs of the connection to LMSs."""
