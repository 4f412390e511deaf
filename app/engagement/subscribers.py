"""The copy of an assignment is scored by the same rules."""

from app.assignments.operations import COPIERS

from .operations.rules import copy_rules


def init_app(_app: object) -> None:
    """Register with the assignments below."""
    if copy_rules not in COPIERS:
        COPIERS.append(copy_rules)
