"""A roster comes in, is confirmed, or is dropped."""

from collections.abc import Mapping
from typing import IO

from flask_babel import gettext as _

from app.core import audit, storage
from app.core.db import session
from app.core.errors import Conflict, Invalid
from app.core.jobs import after_commit
from app.core.policy import Viewer
from app.core.storage import File
from app.sis import jobs, spreadsheet
from app.sis.models import RosterImport
from app.sis.tables import Unreadable
from app.sis.wording import issue

MOST_BYTES = 100 << 20


def upload(viewer: Viewer, stream: IO[bytes], name: str, *, match_email: bool) -> RosterImport:
    """Keep an uploaded roster. A ZIP is looked at by the worker; of a table an admin names the columns first."""
    file = storage.store(
        stream, school_id=viewer.school_id, name=name, media_type="application/octet-stream", limit=MOST_BYTES
    )
    with storage.open_file(file) as kept:
        is_zip = kept.read(4) == b"PK\x03\x04"
    row = RosterImport(
        school_id=viewer.school_id,
        kind="oneroster" if is_zip else "table",
        state="waiting" if is_zip else "mapping",
        file_id=file.id,
        options={"match_email": match_email},
        created_by=viewer.account_id,
    )
    if not is_zip:
        _refuse_what_is_no_table(file)
    session.add(row)
    session.flush()
    _record(viewer, row, "roster.uploaded")
    if is_zip:
        after_commit(jobs.look, row.id)
    return row


def _refuse_what_is_no_table(file: File) -> None:
    """At once, and without leaving its bytes behind: the row goes with the refused request."""
    try:
        shape_of(file)
    except Invalid:
        storage.remove_bytes(file.key)
        raise


def shape_of(file: File) -> spreadsheet.Shape:
    """The columns of an uploaded table; Invalid if it is none."""
    try:
        with storage.open_file(file) as stream:
            return spreadsheet.shape_of(stream)
    except Unreadable as error:
        raise Invalid(issue(error.code, error.value), error.code, "/file") from error


def name_columns(viewer: Viewer, row: RosterImport, columns: Mapping[str, str], *, complete: bool) -> None:
    """Say which column of a table is what."""
    if row.state != "mapping" or row.file is None:
        raise Conflict(_("The columns of this import are named already."), "not_mapping")
    shape = shape_of(row.file)
    chosen = {field: columns.get(field, "") for field in spreadsheet.FIELDS}
    if any(column and column not in shape.columns for column in chosen.values()):
        raise Invalid(_("Choose from the columns of the table."), "unknown_column", "/name")
    if not (chosen["name"] or (chosen["given"] and chosen["family"])):
        raise Invalid(
            _("Say which column holds the name, or given name and family name."), "no_name", "/name"
        )
    if not (chosen["id"] or chosen["email"]):
        raise Invalid(_("Say which column tells people apart: an id or the e-mail address."), "no_id", "/id")
    row.options = row.options | {"columns": chosen, "complete": complete}
    row.state = "waiting"
    _record(viewer, row, "roster.columns_named")
    after_commit(jobs.look, row.id)


def confirm(viewer: Viewer, row: RosterImport, *, sure: bool) -> None:
    """Have a roster taken over as its page says."""
    if row.state != "ready" or row.problems:
        raise Conflict(_("This import cannot be taken over now."), "not_ready")
    if row.summary.get("drastic") and not sure:
        raise Invalid(
            _("Many people or classes would end. Tick the box if that is meant."), "not_sure", "/sure"
        )
    row.state = "confirmed"
    _record(viewer, row, "roster.confirmed")
    after_commit(jobs.take_over, row.id)


def drop(viewer: Viewer, row: RosterImport) -> None:
    """Forget an upload that is not to be taken over."""
    if row.state not in ("mapping", "waiting", "ready", "failed"):
        raise Conflict(_("This import cannot be dropped any more."), "not_open")
    row.state = "dropped"
    forget_file(row)
    _record(viewer, row, "roster.dropped")


def forget_file(row: RosterImport) -> None:
    """Remove the upload and the examples with names; the numbers stay."""
    file, row.file, row.file_id = row.file, None, None
    row.summary = {key: value for key, value in row.summary.items() if key != "examples"}
    if file is not None:
        session.flush()
        storage.remove(file)


def _record(viewer: Viewer, row: RosterImport, action: str) -> None:
    audit.record(action, school_id=row.school_id, actor_id=viewer.account_id, object_id=row.id)
