"""Courses, their people, sections and groups."""
