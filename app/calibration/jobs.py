"""Comparing people and machine in the worker, and telling of what has moved."""

from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from app.annotations.models import Annotation
from app.core.db import session, unit_of_work
from app.core.ids import now
from app.core.jobs import job, sweep
from app.scores.operations import tell_staff
from app.scores.queries import Reading

from . import queries
from .models import Comparison, Move

if TYPE_CHECKING:
    from scoring.calibration import Adaptation, Rated

STEP = 200  # rows a write, so that nobody waits long for it
MISSED = timedelta(seconds=30)


@job(retries=2)
def make_comparison(comparison_id: str) -> None:
    """Find what the ratings call for, how well that agrees with them, and who would move."""
    comparison = session.get(Comparison, comparison_id)
    if comparison is None or comparison.state != "making":
        return
    version = queries.model_version_of(comparison.course_id)
    fitted = None if comparison.goes_back else _fit(comparison, version)
    if fitted is None and not comparison.goes_back:
        comparison.state, comparison.made_at = "too_few", now()
        return
    own = {} if comparison.goes_back else queries.own_levels(comparison.course_id)
    found = list(queries.moving(comparison.course_id, Reading(fitted, version), own))
    _keep_moves(comparison.id, found)
    ready = {"state": "ready", "model_version": version, "made_at": now()}
    done = session.execute(
        update(Comparison).where(Comparison.id == comparison.id, Comparison.state == "making").values(**ready)
    )
    if not done.rowcount:  # type: ignore[attr-defined]  # somebody has asked for another one meanwhile
        session.execute(delete(Move).where(Move.comparison_id == comparison.id))


def _fit(comparison: Comparison, version: str) -> "Adaptation | None":
    """The adaptation and its figures; None where people and this model have rated too little together."""
    from scoring.calibration import Rated, adapt, best_method

    pairs = queries.pairs_of(comparison.course_id, version)
    blind = [pair for pair in pairs if pair.is_blind]
    if len(pairs) < queries.ENOUGH or len(blind) < queries.ENOUGH // 2:
        return None
    rated = {pair.item.id: Rated(pair.score.quality, pair.people, tuple(pair.score.traits)) for pair in pairs}
    seen = [rated[pair.item.id] for pair in blind]
    method = best_method(seen)
    adaptation = adapt(list(rated.values()), method)
    comparison.ratings, comparison.parameters = len(pairs), adaptation.as_json()
    comparison.report = _figures(seen, method) | {"people": _among_people(comparison.course_id)}
    return adaptation


def _figures(seen: list["Rated"], method: str) -> dict[str, Any]:
    """Agreement before and after, each annotation judged by an adaptation that has not seen its rating."""
    from scoring.calibration import compare

    found = compare(seen)
    return {"before": asdict(found["before"]), "after": asdict(found[method])}


def _among_people(course_id: str) -> dict[str, Any] | None:
    """How well people agree among themselves, where several have rated the same."""
    from scoring.agreement import among

    by_rater: dict[str, dict[str, int]] = {}
    levels = queries.levels_by_item(course_id)
    for item in queries.chosen_items(course_id):
        for rater, level in levels.get(item.id, {}).items():
            by_rater.setdefault(rater, {})[item.id] = level
    found = among(list(by_rater.values()))
    return asdict(found) if found.pairs else None


def _keep_moves(comparison_id: str, found: list[queries.Moving]) -> None:
    """What an interrupted run has kept already is kept once."""
    kept = set(session.scalars(select(Move.annotation_id).where(Move.comparison_id == comparison_id)))
    fresh = [move for move in found if move.annotation_id not in kept]
    for at in range(0, len(fresh), STEP):
        with unit_of_work():
            session.add_all(
                Move(comparison_id=comparison_id, **move._asdict()) for move in fresh[at : at + STEP]
            )


@job(retries=2)
def tell_of_moves(comparison_id: str) -> None:
    """Tell open pages, and whoever counts on ratings, which of them have moved."""
    moved = session.scalars(select(Move.annotation_id).where(Move.comparison_id == comparison_id)).all()
    for at in range(0, len(moved), STEP):
        with unit_of_work():
            for annotation in session.scalars(
                select(Annotation).where(Annotation.id.in_(moved[at : at + STEP]))
            ):
                tell_staff(annotation)


@sweep(seconds=20)
def make_missed_comparisons() -> None:
    """Make comparisons that no nudge reached."""
    missed = select(Comparison.id).where(Comparison.state == "making", Comparison.asked_at < now() - MISSED)
    for comparison_id in session.scalars(missed).all():
        make_comparison.function(comparison_id)
