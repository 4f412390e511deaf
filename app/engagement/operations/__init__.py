"""The verbs of scores: setting the rules, marking by hand, keeping what was worked out."""
