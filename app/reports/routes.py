"""Confusion reports over HTTP."""

from apiflask import APIBlueprint
from flask import g

from app.assignments.queries import assignment_or_404
from app.core.policy import Action
from app.core.web import requires

from . import operations, queries
from .schemas import ReportOut, TopicEditIn

api = APIBlueprint("reports", __name__, url_prefix="/api/v1", tag="report")
BLUEPRINTS = [api]


@api.get("/assignments/<assignment_id>/confusion-report")
@api.output(ReportOut)
@requires(Action.READ_REPORT, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def show(assignment_id: str) -> ReportOut:
    """The newest confusion report; asking for it has it refreshed in the background."""
    operations.want_report(g.thing)
    return queries.report_for(g.thing, g.viewer)


@api.post("/assignments/<assignment_id>/confusion-report/topics")
@api.input(TopicEditIn, arg_name="change")
@api.output(ReportOut, status_code=201)
@requires(Action.EDIT_REPORT, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def edit(assignment_id: str, change: TopicEditIn) -> ReportOut:
    """Rename a topic, or make several into one."""
    operations.edit_topics(g.viewer, g.thing, change)
    return queries.report_for(g.thing, g.viewer)
