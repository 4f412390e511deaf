"""Signs of how a student's annotations came about: off until staff ask for them."""

from flask_babel import gettext as _

from app.annotations.models import Annotation
from app.core import audit
from app.core.db import session, upsert
from app.core.errors import Conflict
from app.core.ids import now
from app.core.policy import Viewer
from app.scores.models import SignsShown
from app.scores.queries import may_have_signs


def show_signs(viewer: Viewer, annotation: Annotation, *, shown: bool) -> None:
    """Show the signs inside the annotations of this one's author, to staff and author alike; or no longer."""
    if not may_have_signs(annotation):
        raise Conflict(_("Signs are there for students who wrote with their name."), "no_signs_here")
    row = {"course_id": annotation.course_id, "account_id": annotation.creator_id}
    if shown:
        session.execute(
            upsert(SignsShown)
            .values(**row, shown_by=viewer.account_id, shown_at=now())
            .on_conflict_do_nothing(index_elements=["course_id", "account_id"])
        )
    elif (kept := session.get(SignsShown, (annotation.course_id, annotation.creator_id))) is not None:
        session.delete(kept)
    audit.record(
        "signs.shown" if shown else "signs.hidden",
        school_id=viewer.school_id,
        actor_id=viewer.account_id,
        course_id=annotation.course_id,
        object_id=annotation.creator_id,
    )
