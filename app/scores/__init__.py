"""Ratings of annotations, made in the worker."""
