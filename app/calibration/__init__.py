"""Fitting the ratings of a course to its teacher: blind ratings, agreement, who would move, appeals."""
