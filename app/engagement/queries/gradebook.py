"""The gradebook: everybody in every assignment, from what was worked out."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.assignments.models import Assignment
from app.core.db import session
from app.core.ids import now
from app.courses.models import Course, Enrollment, Section
from scoring.engagement import Entry, course_total, has_passed, points

from ..models import EngagementScore, ScoreException
from .rules import Rules, course_rules, rules_of


class Pupil(NamedTuple):
    """A student of the course."""

    id: str
    name: str
    section_id: str | None
    section: str


class Cell(NamedTuple):
    """One student in one assignment: the share of full credit, and what is special about it."""

    share: float | None
    is_over: bool
    by_hand: bool = False
    excused: bool = False

    @property
    def entry(self) -> Entry:
        """The cell as the course's total takes it."""
        return Entry(self.share, self.is_over, self.excused)

    @property
    def state(self) -> str:
        """``scored``, ``excused``, ``missing`` (its time is over) or ``open``."""
        if self.excused:
            return "excused"
        return "scored" if self.share is not None else "missing" if self.is_over else "open"


@dataclass(frozen=True)
class Gradebook:
    """A whole course; ``cells`` by account id, in the order of the assignments."""

    course: Course
    rules: Rules
    assignments: list[Assignment]
    rules_by_assignment: Mapping[str, Rules]
    pupils: list[Pupil]
    cells: Mapping[str, list[Cell]]

    def total(self, pupil: Pupil) -> float | None:
        """The course's total of a student, 0 to 1."""
        return course_total((cell.entry for cell in self.cells[pupil.id]), self.rules.policy)


def gradebook(course: Course, account_ids: list[str] | None = None) -> Gradebook:
    """The gradebook of a course, or of some of its students."""
    assignments = assignments_of(course)
    pupils = _pupils(course.id, account_ids)
    return Gradebook(
        course=course,
        rules=course_rules(course),
        assignments=assignments,
        rules_by_assignment=rules_of(course, assignments),
        pupils=pupils,
        cells=_cells(assignments, pupils, account_ids),
    )


def assignments_of(course: Course) -> list[Assignment]:
    """The assignments that students know of, the first due first; those without a date come last."""
    rows = session.scalars(
        select(Assignment)
        .where(Assignment.course_id == course.id, Assignment.deleted_at.is_(None))
        .where(Assignment.state != "draft")
        .options(joinedload(Assignment.document))
    )
    return sorted(rows, key=lambda row: (row.due_at is None, row.due_at or row.created_at, row.id))


def _pupils(course_id: str, account_ids: list[str] | None) -> list[Pupil]:
    rows = (
        select(Account.id, Account.name, Section.id, Section.name)
        .join(Enrollment, Enrollment.account_id == Account.id)
        .outerjoin(Section, Section.id == Enrollment.section_id)
        .where(Enrollment.course_id == course_id, Enrollment.role == "student")
        .where(Enrollment.ended_at.is_(None))
    )
    if account_ids is not None:
        rows = rows.where(Account.id.in_(account_ids))
    found = [
        Pupil(key, name, section_id, section or "")
        for key, name, section_id, section in session.execute(rows)
    ]
    return sorted(found, key=lambda pupil: (pupil.name.casefold(), pupil.id))


def _cells(
    assignments: list[Assignment], pupils: list[Pupil], account_ids: list[str] | None
) -> dict[str, list[Cell]]:
    ids = [assignment.id for assignment in assignments]
    kept, extended = _kept(ids, account_ids), _extended(ids)
    sections = {pupil.section_id for pupil in pupils}
    over = {
        (row.id, section): is_past(row.dates_for(section)[1], row)
        for row in assignments
        for section in sections
    }
    nothing = (None, False, False)
    found: dict[str, list[Cell]] = defaultdict(list)
    for pupil in pupils:
        mine = kept.get(pupil.id, {})
        for row in assignments:
            share, by_hand, excused = mine.get(row.id, nothing)
            is_over = over[row.id, pupil.section_id]
            if (pupil.id, row.id) in extended:
                is_over = is_past(extended[pupil.id, row.id], row)
            found[pupil.id].append(Cell(share, is_over, by_hand, excused))
    return found


def is_past(due: datetime | None, assignment: Assignment) -> bool:
    """Is the time for it over?"""
    return assignment.state == "closed" or (due is not None and due < now())


def _kept(
    ids: list[str], account_ids: list[str] | None
) -> dict[str, dict[str, tuple[float | None, bool, bool]]]:
    e = EngagementScore
    rows = select(e.account_id, e.assignment_id, e.share, e.by_hand, e.excused).where(
        e.assignment_id.in_(ids)
    )
    if account_ids is not None:
        rows = rows.where(e.account_id.in_(account_ids))
    found: dict[str, dict[str, tuple[float | None, bool, bool]]] = defaultdict(dict)
    for who, assignment_id, share, by_hand, excused in session.execute(rows):
        found[who][assignment_id] = (share, by_hand, excused)
    return found


def _extended(ids: list[str]) -> dict[tuple[str, str], datetime]:
    x = ScoreException
    rows = select(x.account_id, x.assignment_id, x.due_at).where(x.assignment_id.in_(ids))
    found = session.execute(rows.where(x.due_at.is_not(None)))
    return {(who, assignment_id): due for who, assignment_id, due in found if due is not None}


def as_plain(book: Gradebook, fresh: bool) -> dict[str, Any]:
    """The gradebook for a browser: columns, and rows whose cells lie as the columns do.

    A cell is ``[points, state]`` with ``h`` behind the state where staff have set it by hand.
    """
    rules = [book.rules_by_assignment[row.id] for row in book.assignments]
    policies = [each.policy for each in rules]
    usual = book.rules.policy
    return {
        "mode": book.rules.mode,
        "fresh": fresh,
        "out_of": usual.points,
        "columns": [_column(row, each) for row, each in zip(book.assignments, rules, strict=True)],
        "rows": [
            {
                "id": pupil.id,
                "name": pupil.name,
                "section": pupil.section,
                "total": points(total, usual),
                "passed": has_passed(total, usual),
                "cells": [
                    [points(cell.share, policy), cell.state[0] + ("h" if cell.by_hand else "")]
                    for cell, policy in zip(book.cells[pupil.id], policies, strict=True)
                ],
            }
            for pupil in book.pupils
            for total in [book.total(pupil)]
        ],
    }


def _column(assignment: Assignment, rules: Rules) -> dict[str, Any]:
    return {
        "id": assignment.id,
        "title": assignment.title,
        "due_at": assignment.due_at,
        "out_of": rules.policy.points,
        "step": rules.policy.step,
        "released": rules.is_released(assignment, assignment.due_at),
    }
