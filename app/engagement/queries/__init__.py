"""Reading scores: the rules in force, standings, the gradebook, previews, fairness."""
