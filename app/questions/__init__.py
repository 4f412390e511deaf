"""Embedded questions and their answers."""
