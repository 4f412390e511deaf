"""Changing topics by hand, saying what became of them, and having the report sent."""

from datetime import UTC, datetime

from apiflask import APIBlueprint
from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from pydantic import ValidationError

from app.assignments.queries import assignment_or_404
from app.core.errors import Invalid
from app.core.i18n import zone
from app.core.policy import Action
from app.core.web import requires
from app.courses.queries import course_or_404

from .. import operations, queries
from ..models import Topic
from ..schemas import OutcomeIn, TopicEditIn, WordsIn

pages = APIBlueprint("reports_topic_pages", __name__, enable_openapi=False)


@pages.post("/assignments/<assignment_id>/report/topics")
@requires(Action.EDIT_REPORT, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def edit(assignment_id: str) -> ResponseReturnValue:
    """Rename, merge or split topics, or move annotations between them."""
    operations.edit_topics(g.viewer, g.thing, _change())
    flash(_("The report is changed."), "success")
    return _back(assignment_id)


@pages.post("/topics/<topic_id>/outcome")
@requires(Action.EDIT_REPORT, load=queries.topic_or_404, see=Action.READ_ASSIGNMENT)
def put_outcome(topic_id: str) -> ResponseReturnValue:
    """Dealt with in class, or not after all."""
    try:
        said = OutcomeIn(
            dealt=request.form.get("dealt") != "no",
            what_i_did=request.form.get("what_i_did", ""),
            what_i_would_change=request.form.get("what_i_would_change", ""),
        )
    except ValidationError as error:
        raise Invalid(_("Keep each line below 2,000 characters."), "too_long") from error
    operations.say_outcome(g.viewer, g.thing, said)
    flash(_("Noted. Next year’s report on this document will show it."), "success")
    return _back_to(g.thing)


@pages.post("/topics/<topic_id>/words")
@requires(Action.EDIT_REPORT, load=queries.topic_or_404, see=Action.READ_ASSIGNMENT)
def put_words(topic_id: str) -> ResponseReturnValue:
    """A topic in the teacher's own words."""
    try:
        said = WordsIn(in_our_words=request.form.get("in_our_words", ""))
    except ValidationError as error:
        raise Invalid(_("Keep it below 600 characters: it goes on the projector."), "too_long") from error
    operations.put_in_our_words(g.thing, said.in_our_words)
    return _back_to(g.thing)


@pages.post("/assignments/<assignment_id>/report/mail")
@requires(Action.EDIT_REPORT, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def want_mail(assignment_id: str) -> ResponseReturnValue:
    """Have the report sent by e-mail at a set time."""
    course = course_or_404(g.thing.course_id)
    try:
        naive = datetime.strptime(request.form.get("send_at", ""), "%Y-%m-%dT%H:%M")  # noqa: DTZ007  # the course's zone follows
        moment = naive.replace(tzinfo=zone(course.timezone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Invalid(_("Choose a day and a time."), "no_time", "/send_at") from error
    operations.want_mail(g.viewer, g.thing, moment)
    flash(_("The report will be sent to you."), "success")
    return _back(assignment_id)


def _change() -> TopicEditIn:
    form, kind = request.form, request.form.get("kind", "")
    topics = [key for key in form.getlist("to") if key] if kind == "move" else form.getlist("topics")
    try:
        return TopicEditIn(
            kind=kind,  # type: ignore[arg-type]  # the model checks it
            topics=topics,
            annotations=form.getlist("annotations"),
            label=form.get("label", ""),
        )
    except ValidationError as error:
        raise Invalid(_("Tick the topics first, then choose what to do with them."), "no_topics") from error


def _back(assignment_id: str) -> ResponseReturnValue:
    return redirect(url_for("reports_pages.show", assignment_id=assignment_id), 303)


def _back_to(topic: Topic) -> ResponseReturnValue:
    address = url_for("reports_pages.show", assignment_id=topic.assignment_id, _anchor=f"topic-{topic.id}")
    return redirect(address, 303)
