"""Scores of an assignment, in the shape that the API gives."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from app.assignments.models import Assignment
from app.core.policy import Viewer
from app.scores.queries import ratings_for
from scoring.engagement import Standing, has_passed, points, score

from ..evidence import dues_of, works
from ..schemas import PartOut, ScoreOut, ScoresOut
from .rules import Rules, assignment_rules
from .standings import kept, shown_to, standings


def scores_for(assignment: Assignment, viewer: Viewer) -> ScoresOut:
    """The scores that this viewer may see, with the ratings of annotations."""
    ratings, rules = ratings_for(assignment, viewer), assignment_rules(assignment)
    if rules.mode == "none":
        found: list[ScoreOut] = []
    elif viewer.is_staff_of(assignment.course_id):
        dues = dues_of(assignment)
        at_hand = kept(assignment.id)
        found = [score_out(who, at_hand.get(who, Standing(None)), rules, due) for who, due in dues.items()]
    else:
        found = [own for own in [own_score(assignment, viewer.account_id, rules)] if own]
    return ScoresOut.model_construct(
        released=ratings.released,
        signs_shown=ratings.signs_shown,
        items=ratings.items,
        next=None,
        scores=found,
    )


def own_score(assignment: Assignment, account_id: str, rules: Rules) -> ScoreOut | None:
    """A student's own score, once it is released."""
    due = dues_of(assignment, [account_id]).get(account_id)
    if not shown_to(assignment, rules, account_id):
        return None
    standing = standings(assignment, rules, [account_id]).get(account_id)
    return score_out(account_id, standing, rules, due) if standing else None


def score_of_one(assignment: Assignment, account_id: str) -> ScoreOut:
    """One student's score, for staff."""
    rules, dues = assignment_rules(assignment), dues_of(assignment, [account_id])
    standing = standings(assignment, rules, [account_id])[account_id]
    return score_out(account_id, standing, rules, dues[account_id])


def score_out(account_id: str, standing: Standing, rules: Rules, due: datetime | None) -> ScoreOut:
    """A standing as the API gives it."""
    graded, policy = rules.gives_points, rules.policy
    share = standing.share if graded else None
    return ScoreOut(
        account_id=account_id,
        percent=None if share is None else round(share * 100, 2),
        points=points(share, policy),
        out_of=policy.points,
        passed=has_passed(share, policy),
        excused=standing.excused,
        by_hand=standing.by_hand,
        due_at=due,
        parts=[
            PartOut(
                component=part.component,  # type: ignore[arg-type]  # a component's name
                weight=round(part.weight, 4),
                share=round(part.share, 4),
                by_hand=part.by_hand,
                facts=dict(part.facts),
            )
            for part in standing.parts
        ],
    )


def progress_without_points(assignment: Assignment, account_id: str, rules: Rules) -> Standing | None:
    """How far a student is before the score is released: what was done, without how it was rated."""
    work = works(assignment, [account_id], rated=False).get(account_id)
    if work is None:
        return None
    return score(work, replace(rules.in_force(assignment), content="participation"))


def released_points(
    assignment: Assignment, shares: Mapping[str, float | None], rules: Rules
) -> dict[str, float | None]:
    """Points of those students whose scores are released; for whoever passes them on."""
    dues = dues_of(assignment)
    if not rules.gives_points:
        return {}
    return {
        who: points(share, rules.policy)
        for who, share in shares.items()
        if who in dues and rules.is_released(assignment, dues[who])
    }
