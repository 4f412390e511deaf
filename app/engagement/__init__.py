"""The engagement score: what counts, how everybody stands, and the gradebook."""
