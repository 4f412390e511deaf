"""The pages of scores."""

from . import assignment, course, fairness, people, rules

BLUEPRINTS = [course.pages, rules.pages, assignment.pages, people.pages, fairness.pages]
