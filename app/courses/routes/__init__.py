"""The API of courses."""

from . import courses, enrollments, groups, sections

BLUEPRINTS = [courses.api, enrollments.api, sections.api, groups.api]
