"""A class in one assignment: a line for each student, and how the scores lie."""

from collections.abc import Sequence
from typing import Any

from app.assignments.models import Assignment
from app.core.db import session
from app.courses.models import Course
from scoring.engagement import COMPONENTS, has_passed, points, weights_here
from scoring.engagement.work import Work

from .gradebook import gradebook
from .rules import Rules
from .standings import kept

BARS = 10


def class_of(assignment: Assignment, rules: Rules) -> dict[str, Any]:
    """What the page of a class shows: lines, columns of components, bars, and a few numbers."""
    book = gradebook(session.get_one(Course, assignment.course_id))
    at = next((number for number, row in enumerate(book.assignments) if row.id == assignment.id), None)
    found = kept(assignment.id)
    lines = []
    for pupil in book.pupils:
        standing = found.get(pupil.id)
        cell = book.cells[pupil.id][at] if at is not None else None
        lines.append(
            {
                "pupil": pupil,
                "state": cell.state if cell else "open",
                "by_hand": bool(standing and standing.by_hand),
                "points": points(standing.share, rules.policy) if standing else None,
                "passed": has_passed(standing.share, rules.policy) if standing else None,
                "parts": {part.component: part for part in standing.parts} if standing else {},
            }
        )
    shares = [each.share for each in found.values() if each.share is not None]
    usual = weights_here(Work(questions=1), rules.policy)
    used = {name for each in found.values() for name in (part.component for part in each.parts)} or set(usual)
    return {
        "lines": lines,
        "columns": [name for name in COMPONENTS if name in used],
        "bars": histogram(shares),
        "scored": len(shares),
        "mean": points(sum(shares) / len(shares), rules.policy) if shares else None,
        "excused": sum(line["state"] == "excused" for line in lines),
        "missing": sum(line["state"] == "missing" for line in lines),
    }


def histogram(shares: Sequence[float]) -> list[int]:
    """How many scores lie in each tenth; full credit belongs to the last."""
    bars = [0] * BARS
    for share in shares:
        bars[min(BARS - 1, int(share * BARS + 1e-9))] += 1
    return bars
