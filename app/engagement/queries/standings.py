"""How students stand: worked out from the work, or read as it was kept."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import func, select

from app.assignments.models import Assignment
from app.core.db import session
from app.courses.models import Enrollment
from app.courses.queries import students
from scoring.engagement import Override, Part, Policy, Standing, Work, score

from ..evidence import dues_of, works
from ..models import EngagementScore, ScoreOverride
from .rules import Rules


def standings(
    assignment: Assignment, rules: Rules, account_ids: Collection[str] | None = None
) -> dict[str, Standing]:
    """How each student of the course (or some) stands in an assignment now."""
    policy = rules.in_force(assignment)
    found = works(assignment, account_ids, rated=policy.content == "quality")
    return scored(found, rules, policy, overrides_of(assignment.id))


def scored(
    found: Mapping[str, Work], rules: Rules, policy: Policy, given: Mapping[str, Override]
) -> dict[str, Standing]:
    """The standing that each work makes; where staff give the points, only what they gave is a score."""
    made = {who: score(work, policy, given.get(who, Override())) for who, work in found.items()}
    if rules.mode != "manual":
        return made
    return {
        who: Standing(
            None if each.excused else given[who].total if who in given else None,
            each.parts,
            each.by_hand,
            each.excused,
        )
        for who, each in made.items()
    }


def overrides_of(assignment_id: str) -> dict[str, Override]:
    """What staff set by hand, by account id: the newest of each component, unless it was taken back."""
    newest = (
        select(func.max(ScoreOverride.id))
        .where(ScoreOverride.assignment_id == assignment_id)
        .group_by(ScoreOverride.account_id, ScoreOverride.component)
    )
    found: dict[str, dict[str, float]] = defaultdict(dict)
    rows = session.execute(
        select(ScoreOverride.account_id, ScoreOverride.component, ScoreOverride.percent).where(
            ScoreOverride.id.in_(newest), ScoreOverride.percent.is_not(None)
        )
    )
    for who, component, percent in rows:
        found[who][component] = (percent or 0.0) / 100
    return {
        who: Override({name: share for name, share in given.items() if name}, given.get(""))
        for who, given in found.items()
    }


def kept(assignment_id: str) -> dict[str, Standing]:
    """How students stood when it was last worked out."""
    rows = session.scalars(select(EngagementScore).where(EngagementScore.assignment_id == assignment_id))
    return {row.account_id: standing_of(row) for row in rows}


def standing_of(row: EngagementScore) -> Standing:
    """A standing as it was kept."""
    parts = tuple(
        Part(
            component=name,
            weight=part["weight"],
            share=part["share"],
            facts=part["facts"],
            counted=tuple(part["counted"]),
            by_hand=part["by_hand"],
        )
        for name, part in row.parts.items()
    )
    return Standing(row.share, parts, row.by_hand, row.excused)


def parts_to_keep(standing: Standing) -> dict[str, Any]:
    """The parts of a standing as they are kept."""
    return {
        part.component: {
            "weight": round(part.weight, 6),
            "share": round(part.share, 6),
            "facts": dict(part.facts),
            "counted": list(part.counted),
            "by_hand": part.by_hand,
        }
        for part in standing.parts
    }


def is_student(course_id: str, account_id: str) -> bool:
    """Is this person a student of the course now?"""
    return session.scalar(students(course_id).where(Enrollment.account_id == account_id)) is not None


def shown_to(assignment: Assignment, rules: Rules, account_id: str) -> bool:
    """May this student see their points?"""
    due = dues_of(assignment, [account_id]).get(account_id)
    return rules.gives_points and rules.is_released(assignment, due)
