"""The blueprint, and how its things are found."""

from apiflask import APIBlueprint
from flask import g
from flask_babel import gettext as _

from app.core.errors import NotFound
from app.core.policy import Action, allows

from .. import queries
from ..models import Annotation

api = APIBlueprint("annotations", __name__, url_prefix="/api/v1", tag="Annotations")


def readable_annotation(annotation_id: str) -> Annotation:
    """The annotation, if whoever asks may read it: no other right reaches further than that.

    Strangers are told to sign in by the rules, not that something is missing.
    """
    annotation = queries.annotation_or_404(annotation_id)
    if g.viewer.is_known and not allows(g.viewer, Action.READ_ANNOTATION, annotation):
        raise NotFound(_("This annotation does not exist, or is not shared with you."))
    return annotation
