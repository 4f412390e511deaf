"""The engagement score: all of its rules, as functions over plain values."""

from .hints import Hint, hints
from .policy import ACTIVITY, COMPONENTS, PRESETS, Component, Policy, expecting, preset_of
from .score import Entry, Part, Standing, course_total, has_passed, points, score, weights_here
from .work import NO_OVERRIDE, Answered, Override, Stretch, Version, Work, Written

__all__ = [
    "ACTIVITY",
    "COMPONENTS",
    "NO_OVERRIDE",
    "PRESETS",
    "Answered",
    "Component",
    "Entry",
    "Hint",
    "Override",
    "Part",
    "Policy",
    "Standing",
    "Stretch",
    "Version",
    "Work",
    "Written",
    "course_total",
    "expecting",
    "has_passed",
    "hints",
    "points",
    "preset_of",
    "score",
    "weights_here",
]
