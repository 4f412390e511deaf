"""Votes on others' annotations. Counts are shown, names never."""

from flask_babel import gettext as _

from app.core.db import session
from app.core.errors import Conflict
from app.core.policy import Viewer

from ..models import Annotation, Endorsement
from .edit import hold, tell


def endorse(viewer: Viewer, annotation: Annotation, kind: str) -> Annotation:
    """Say ``helpful`` or ``me_too``; saying it again changes nothing."""
    if annotation.creator_id == viewer.account_id:
        raise Conflict(_("This is your own; the others' votes count here."), "own_annotation")
    hold(annotation)
    if session.get(Endorsement, (annotation.id, viewer.account_id, kind)) is None:
        session.add(Endorsement(annotation_id=annotation.id, account_id=viewer.account_id, kind=kind))
        _count(annotation, kind, 1)
    return annotation


def withdraw_endorsement(viewer: Viewer, annotation: Annotation, kind: str) -> Annotation:
    """Take a vote back; without one nothing changes."""
    hold(annotation)
    vote = session.get(Endorsement, (annotation.id, viewer.account_id, kind))
    if vote is not None:
        session.delete(vote)
        _count(annotation, kind, -1)
    return annotation


def _count(annotation: Annotation, kind: str, step: int) -> None:
    setattr(annotation, kind, getattr(annotation, kind) + step)
    tell(annotation, "endorsement.changed")
