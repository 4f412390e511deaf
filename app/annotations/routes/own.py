"""What is one's own: votes and seen annotations, drafts, marks."""

import re

from flask import Response, g
from flask_babel import gettext as _

from app.assignments.models import Assignment
from app.assignments.queries import assignment_or_404
from app.core.errors import NotFound
from app.core.policy import Action
from app.core.web import as_json, requires

from .. import operations, queries
from ..queries.marks import mark_payload, marks_of
from ..queries.own import draft_of
from ..schemas import DraftIn, DraftOut, MarkIn, MarkOut, MarksOut, MineOut, SeenIn
from .loading import api

_MARK_ID = re.compile(r"[0-9A-Za-z-]{8,36}")


def _with_mark(assignment_id: str, mark_id: str) -> Assignment:
    if not _MARK_ID.fullmatch(mark_id):
        raise NotFound(_("A mark's id is made of 8 to 36 letters, digits and hyphens."))
    return assignment_or_404(assignment_id)


@api.get("/assignments/<assignment_id>/mine")
@api.output(MineOut)
@requires(Action.READ_ASSIGNMENT, load=assignment_or_404)
def mine(assignment_id: str) -> Response:
    """My annotations, votes, seen annotations, reports, marks and reading position."""
    return as_json(queries.mine_of(g.viewer, g.thing))


@api.put("/assignments/<assignment_id>/seen")
@api.input(SeenIn, arg_name="seen")
@api.output({}, status_code=204)
@requires(Action.READ_ASSIGNMENT, load=assignment_or_404)
def mark_seen(assignment_id: str, seen: SeenIn) -> str:
    """Remember annotations as seen (in batches), and where reading stopped."""
    operations.mark_seen(g.viewer, g.thing, seen.ids, seen.position)
    return ""


@api.get("/assignments/<assignment_id>/draft")
@api.output(DraftOut)
@requires(Action.TAKE_PART, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def read_draft(assignment_id: str) -> Response:
    """What I have typed and not posted."""
    return as_json(draft_of(g.viewer, g.thing))


@api.put("/assignments/<assignment_id>/draft")
@api.input(DraftIn, arg_name="draft")
@api.output(DraftOut)
@requires(Action.TAKE_PART, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def keep_draft(assignment_id: str, draft: DraftIn) -> Response:
    """Keep all open editors as they are now, for 14 days."""
    return as_json(operations.keep_draft(g.viewer, g.thing, draft))


@api.delete("/assignments/<assignment_id>/draft")
@api.output({}, status_code=204)
@requires(Action.TAKE_PART, load=assignment_or_404, see=Action.READ_ASSIGNMENT)
def forget_draft(assignment_id: str) -> str:
    """Forget what I have typed."""
    operations.forget_draft(g.viewer, g.thing)
    return ""


@api.get("/assignments/<assignment_id>/marks")
@api.output(MarksOut)
@requires(Action.READ_ASSIGNMENT, load=assignment_or_404)
def marks(assignment_id: str) -> Response:
    """How many people are lost where on the axis, never who."""
    return as_json(marks_of(g.thing))


@api.put("/assignments/<assignment_id>/marks/<mark_id>")
@api.input(MarkIn, arg_name="mark")
@api.output(MarkOut)
@requires(Action.TAKE_PART, load=_with_mark, see=Action.READ_ASSIGNMENT)
def put_mark(assignment_id: str, mark_id: str, mark: MarkIn) -> Response:
    """“I'm lost here.” The browser makes the id, so it can be sent again."""
    return as_json(mark_payload(operations.put_mark(g.viewer, g.thing, mark_id, mark), g.thing))


@api.delete("/assignments/<assignment_id>/marks/<mark_id>")
@api.output({}, status_code=204)
@requires(Action.TAKE_PART, load=_with_mark, see=Action.READ_ASSIGNMENT)
def take_back_mark(assignment_id: str, mark_id: str) -> str:
    """Not lost here any more."""
    operations.take_back_mark(g.viewer, g.thing, mark_id)
    return ""
