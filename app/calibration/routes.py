"""Calibration over HTTP."""

from apiflask import APIBlueprint
from flask import g

from app.core.policy import Action
from app.core.web import requires
from app.courses.queries import course_or_404

from . import operations, queries
from .schemas import AnswerIn, CalibrationOut, ComparisonIn, DecisionIn, RatingIn

api = APIBlueprint("calibration", __name__, url_prefix="/api/v1", tag="calibration")
BLUEPRINTS = [api]
HERE = "/courses/<course_id>/calibration"


@api.get(HERE)
@api.output(CalibrationOut)
@requires(Action.RATE_BLIND, load=course_or_404, see=Action.READ_COURSE)
def show(course_id: str) -> CalibrationOut:
    """Where the fitting of the course's ratings stands: what to rate, the comparison, open appeals."""
    return queries.calibration_for(g.thing, g.viewer)


@api.post(f"{HERE}/items")
@api.output(CalibrationOut, status_code=201)
@requires(Action.RATE_BLIND, load=course_or_404, see=Action.READ_COURSE)
def choose(course_id: str) -> CalibrationOut:
    """Choose annotations to rate blind; later some more."""
    operations.choose_items(g.thing)
    return queries.calibration_for(g.thing, g.viewer)


@api.put(f"{HERE}/items/<item_id>/rating")
@api.input(RatingIn, arg_name="given")
@api.output({}, status_code=204)
@requires(Action.RATE_BLIND, load=queries.item_or_404, see=Action.READ_COURSE)
def rate(course_id: str, item_id: str, given: RatingIn) -> str:
    """Give your own level, or take it back. It changes no rating of the class."""
    operations.rate(g.viewer, g.thing, given.level)
    return ""


@api.post(f"{HERE}/comparisons")
@api.input(ComparisonIn, arg_name="wanted")
@api.output(CalibrationOut, status_code=201)
@requires(Action.RATE_BLIND, load=course_or_404, see=Action.READ_COURSE)
def compare(course_id: str, wanted: ComparisonIn) -> CalibrationOut:
    """Compare people and machine, and find who would move; made in the background."""
    operations.compare(g.viewer, g.thing, goes_back=wanted.goes_back)
    return queries.calibration_for(g.thing, g.viewer)


@api.put(f"{HERE}/comparisons/<comparison_id>/decision")
@api.input(DecisionIn, arg_name="decision")
@api.output({}, status_code=204)
@requires(Action.DECIDE_CALIBRATION, load=queries.comparison_or_404, see=Action.READ_COURSE)
def decide(course_id: str, comparison_id: str, decision: DecisionIn) -> str:
    """Accept what the comparison has shown, or refuse it."""
    operations.decide(g.viewer, g.thing, accepted=decision.accepted)
    return ""


@api.put("/appeals/<appeal_id>")
@api.input(AnswerIn, arg_name="answer")
@api.output({}, status_code=204)
@requires(Action.RATE_BLIND, load=queries.appeal_or_404)
def answer(appeal_id: str, answer: AnswerIn) -> str:
    """Answer a student's appeal: keep the rating or change it, with a sentence."""
    operations.answer_appeal(g.viewer, g.thing, answer.level, answer.sentence)
    return ""
