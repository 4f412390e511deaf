"""Scores, the rules they come from, and the gradebook, over HTTP."""

from dataclasses import replace

from apiflask import APIBlueprint
from flask import Response, g
from flask_babel import gettext as _

from app.assignments.models import Assignment
from app.assignments.queries import assignment_or_404
from app.core.errors import NotFound
from app.core.policy import Action
from app.core.web import as_json, requires
from app.courses.queries import course_or_404

from .operations import marking, recording, rules
from .queries import gradebook, scores
from .queries.preview import preview
from .queries.rules import Rules, course_rules
from .queries.standings import is_student
from .schemas import GradebookOut, MarkIn, PolicyIn, PreviewOut, RulesIn, RulesOut, ScoreOut, ScoresOut

api = APIBlueprint("engagement", __name__, url_prefix="/api/v1", tag="scores")
BLUEPRINTS = [api]


def of_student(assignment_id: str, account_id: str) -> Assignment:
    """The assignment; who is not a student of its course is as good as absent."""
    assignment = assignment_or_404(assignment_id)
    if g.viewer.is_known and not is_student(assignment.course_id, account_id):
        raise NotFound(_("This person is not a student of the course."))
    return assignment


@api.get("/assignments/<assignment_id>/scores")
@api.output(ScoresOut)
@requires(Action.READ_SCORES, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def index(assignment_id: str) -> ScoresOut:
    """Scores and ratings of an assignment: all for staff, your own once they are released."""
    return scores.scores_for(g.thing, g.viewer)


@api.patch("/assignments/<assignment_id>/scores/<account_id>")
@api.input(MarkIn, arg_name="given")
@api.output(ScoreOut)
@requires(Action.EDIT_SCORES, load=of_student, see=Action.READ_ASSIGNMENT)
def mark(assignment_id: str, account_id: str, given: MarkIn) -> ScoreOut:
    """Set something by hand for one student: a score, a part of it, an excuse, another deadline."""
    marking.mark(g.viewer, g.thing, account_id, given)
    return scores.score_of_one(g.thing, account_id)


@api.get("/courses/<course_id>/gradebook")
@api.output(GradebookOut)
@requires(Action.READ_GRADEBOOK, load=course_or_404, see=Action.READ_COURSE)
def book(course_id: str) -> Response:
    """Everybody in every assignment, as last worked out; ``fresh`` says whether that still holds."""
    found = gradebook.gradebook(g.thing)
    stale = recording.want(found.assignments) if found.rules.mode != "none" else set()
    return as_json(gradebook.as_plain(found, fresh=not stale))


@api.get("/courses/<course_id>/scoring")
@api.output(RulesOut)
@requires(Action.READ_GRADEBOOK, load=course_or_404, see=Action.READ_COURSE)
def read_rules(course_id: str) -> RulesOut:
    """How the course is scored."""
    return _rules_out(course_rules(g.thing))


@api.put("/courses/<course_id>/scoring")
@api.input(RulesIn, arg_name="wanted")
@api.output(RulesOut)
@requires(Action.EDIT_COURSE, load=course_or_404, see=Action.READ_COURSE)
def set_rules(course_id: str, wanted: RulesIn) -> RulesOut:
    """Score the course by these rules from now on. Ask for the preview first."""
    rules.set_course_rules(g.viewer, g.thing, wanted.policy, wanted.mode)
    return _rules_out(course_rules(g.thing))


@api.post("/courses/<course_id>/scoring/preview")
@api.input(RulesIn, arg_name="wanted")
@api.output(PreviewOut)
@requires(Action.EDIT_COURSE, load=course_or_404, see=Action.READ_COURSE)
def try_rules(course_id: str, wanted: RulesIn) -> PreviewOut:
    """Who would gain and who would lose by these rules in the assignment that was due last; changes nothing."""
    current = course_rules(g.thing)
    return preview(g.thing, replace(current, mode=wanted.mode or current.mode, policy=wanted.policy.policy()))


def _rules_out(found: Rules) -> RulesOut:
    return RulesOut(mode=found.mode, calibrated=found.calibrated, policy=PolicyIn.of(found.policy))
