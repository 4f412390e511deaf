"""Confusion reports over HTTP."""

from apiflask import APIBlueprint
from flask import g

from app.assignments.queries import assignment_or_404
from app.core.policy import Action
from app.core.web import requires

from . import operations, queries
from .schemas import OutcomeIn, OutcomeOut, PartIn, ReportOut, TopicEditIn

api = APIBlueprint("reports", __name__, url_prefix="/api/v1", tag="report")
BLUEPRINTS = [api]


@api.get("/assignments/<assignment_id>/confusion-report")
@api.input(PartIn, location="query", arg_name="part")
@api.output(ReportOut)
@requires(Action.READ_REPORT, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def show(assignment_id: str, part: PartIn) -> ReportOut:
    """The newest confusion report, of the class or of a part of it; asking has it refreshed."""
    current = operations.want_report(g.thing)
    among = queries.people_in(g.thing, part)
    return queries.report_for(g.thing, g.viewer, among, with_staff=part.with_staff, current=current)


@api.post("/assignments/<assignment_id>/confusion-report/topics")
@api.input(TopicEditIn, arg_name="change")
@api.output(ReportOut, status_code=201)
@requires(Action.EDIT_REPORT, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def edit(assignment_id: str, change: TopicEditIn) -> ReportOut:
    """Rename, merge or split topics, or move annotations between them."""
    operations.edit_topics(g.viewer, g.thing, change)
    return queries.report_for(g.thing, g.viewer)


@api.put("/topics/<topic_id>/outcome")
@api.input(OutcomeIn, arg_name="outcome")
@api.output(OutcomeOut)
@requires(Action.EDIT_REPORT, load=queries.topic_or_404, see=Action.READ_ASSIGNMENT)
def put_outcome(topic_id: str, outcome: OutcomeIn) -> OutcomeOut:
    """Say what became of a topic in class."""
    return OutcomeOut.model_validate(operations.say_outcome(g.viewer, g.thing, outcome), from_attributes=True)
