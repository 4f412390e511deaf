"""Posting an annotation or a reply."""

import unicodedata
from datetime import datetime

from flask_babel import gettext as _

from annotators.selectors import dump
from app.assignments.models import Assignment
from app.core import events
from app.core.changes import log_change, take_turn
from app.core.db import session
from app.core.errors import Conflict, Invalid
from app.core.ids import now
from app.core.markdown import render, tags_in
from app.core.policy import Action, Viewer, allows
from app.documents.anchoring import Place, check_source, current_version, find_place

from ..models import Annotation
from ..queries.people import names_of, own_group, readers_among
from ..schemas import AnnotationIn


def create_annotation(viewer: Viewer, assignment: Assignment, draft: AnnotationIn) -> Annotation:
    """Post a new annotation, or a reply to one, and tell those who may read it."""
    motivation = _motivation(draft)
    check_body(draft.body, motivation)
    _check_anonymous(viewer, assignment, draft)
    version = current_version(assignment.document_id)
    if version is None:
        raise Conflict(_("The document of this assignment is not ready yet."), "not_ready")
    place = Place()
    if draft.target:
        check_source(version, draft.target.source)
        place = find_place(version, draft.target.selector)
    annotation = Annotation(
        assignment_id=assignment.id,
        version_id=version.id,
        creator_id=viewer.account_id,
        anonymous=draft.anonymous,
        motivation=motivation,
        body=draft.body,
        selectors=dump(draft.target.selector) if draft.target else [],
        start=place.start,
        end=place.end,
        region=place.region,
        composed_at=_composed(draft.composed_at),
        pasted=draft.pasted,
        typing_seconds=draft.typing_seconds,
    )
    _join_thread(viewer, assignment, annotation, draft)
    draw_body(annotation, assignment, draft.mentions)
    return _posted(annotation)


def _posted(annotation: Annotation) -> Annotation:
    session.add(annotation)
    session.flush()
    log_change(
        annotation.assignment_id,
        "annotation.created",
        annotation.id,
        owner_id=annotation.owner_id,
        after=annotation.audience,
    )
    if annotation.creator_id is not None:
        events.tell("annotated", annotation.assignment_id, [(annotation.id, annotation.creator_id)])
    return annotation


def _motivation(draft: AnnotationIn) -> str:
    """What it is meant as. A reply replies, or asks back; only a reply replies."""
    if draft.parent_id is None:
        if draft.target is None:
            raise Invalid(_("Say which passage or moment it is about."), "no_target", "/target")
        if draft.motivation == "replying":
            raise Invalid(_("A reply needs something that it replies to."), "no_parent", "/motivation")
        return draft.motivation or "commenting"
    if draft.motivation == "highlighting":
        raise Invalid(_("A highlight cannot be a reply."), "bad_motivation", "/motivation")
    return "questioning" if draft.motivation == "questioning" else "replying"


def check_body(body: str, motivation: str) -> None:
    """Only a highlight may say nothing; what cannot be seen is nothing."""
    seen = any(unicodedata.category(letter)[0] not in "ZC" for letter in body)
    if not seen and motivation != "highlighting":
        raise Invalid(_("There is nothing written yet."), "empty_body", "/body")


def _check_anonymous(viewer: Viewer, assignment: Assignment, draft: AnnotationIn) -> None:
    if not draft.anonymous:
        return
    if assignment.anonymity == "never":
        raise Invalid(_("This assignment shows everybody's name."), "names_shown", "/anonymous")
    if viewer.role_in(assignment.course_id) != "student":
        raise Invalid(_("Staff always write with their name."), "names_shown", "/anonymous")


def _composed(moment: datetime | None) -> datetime | None:
    """When it was written, offline perhaps; a clock that runs ahead is not believed."""
    return min(moment, now()) if moment else None


def _join_thread(viewer: Viewer, assignment: Assignment, annotation: Annotation, draft: AnnotationIn) -> None:
    """Give it its audience: the thread's, or for a new thread the chosen one."""
    annotation.owner_id = viewer.account_id
    if draft.parent_id is None:
        annotation.audience = _audience(viewer, assignment, draft.audience)
        return
    take_turn(assignment.id)  # or the thread might be hidden while we join it
    parent = session.get(Annotation, draft.parent_id, populate_existing=True)
    if parent is None or parent.assignment_id != assignment.id or not _may_see(viewer, parent):
        raise Invalid(_("What you reply to is gone. Your text is kept."), "no_parent", "/parent_id")
    head = parent
    if parent.thread_id:
        head = session.get_one(Annotation, parent.thread_id, populate_existing=True)
    if head.paused_at and not viewer.is_staff_of(assignment.course_id):
        raise Conflict(_("Replies to this thread are paused for now. Your text is kept."), "paused")
    annotation.parent_id, annotation.thread_id = parent.id, head.id
    annotation.audience, annotation.home_audience = head.audience, head.home_audience
    annotation.hidden_reason = head.hidden_reason
    if annotation.start is None:
        annotation.start, annotation.end, annotation.region = head.start, head.end, head.region
    if (head.home_audience or head.audience).startswith("staff:"):
        annotation.owner_id = head.owner_id  # who asked the staff alone must read what they answer


def _may_see(viewer: Viewer, annotation: Annotation) -> bool:
    return allows(viewer, Action.READ_ANNOTATION, annotation)


def _audience(viewer: Viewer, assignment: Assignment, wanted: str) -> str:
    """The audience that a name means for this person in this assignment."""
    if wanted == "self":
        return f"user:{viewer.account_id}"
    if wanted == "staff":
        return f"staff:{assignment.course_id}"
    group = own_group(viewer, assignment)
    if wanted == "group" and group is None:
        raise Invalid(_("You have no group in this assignment. Choose the class."), "no_group", "/audience")
    return f"group:{group}" if group else f"course:{assignment.course_id}"


def draw_body(annotation: Annotation, assignment: Assignment, mentions: list[str]) -> None:
    """Keep the body as HTML beside the text, with those mentioned; only who can read it can be."""
    found = readers_among(mentions, assignment, annotation.audience, annotation.owner_id) if mentions else []
    if len(found) != len(set(mentions)):
        raise Invalid(_("Somebody you mention cannot read this."), "bad_mention", "/mentions")
    annotation.mentions = found
    annotation.tags = tags_in(annotation.body)
    annotation.body_html = render(annotation.body, names_of(found))
