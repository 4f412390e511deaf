"""The audit log: who did what, filtered, and as a file."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any, NamedTuple

from apiflask import APIBlueprint
from flask import Response, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.admin import operations, queries
from app.admin.wording import deed
from app.core.db import session
from app.core.policy import Action
from app.core.web import requires
from app.engagement.exports import harmless

pages = APIBlueprint("admin_log", __name__, enable_openapi=False, url_prefix="/admin/log")

SHOWN = 100
MOST_EXPORTED = 100_000


class Filter(NamedTuple):
    """What one looks for in the log; days are those of UTC, and both are included."""

    words: str
    action: str
    first: str
    last: str
    page: int

    @classmethod
    def of_request(cls) -> "Filter":
        """From the address; what cannot be read filters nothing."""
        args = request.args
        page = args.get("page", "1")
        return cls(
            args.get("q", "").strip()[:100],
            args.get("action", "")[:60],
            args.get("from", "")[:10],
            args.get("to", "")[:10],
            min(int(page), 10_000) if page.isascii() and page.isdigit() and 0 < len(page) < 6 else 1,
        )

    def found(self) -> Any:
        """The entries that it lets through."""
        last = _day(self.last)
        return queries.entries(
            g.viewer.school_id,
            words=self.words,
            action=self.action,
            first=_day(self.first),
            before=last + timedelta(days=1) if last else None,
        )


def _day(typed: str) -> datetime | None:
    try:
        found = datetime.strptime(typed, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return None
    return found if found.year < 9999 else None


@pages.get("")
@requires(Action.ADMINISTER_SCHOOL)
def show() -> ResponseReturnValue:
    """A page of the log, the newest first."""
    wanted = Filter.of_request()
    start = (max(wanted.page, 1) - 1) * SHOWN
    rows = session.execute(wanted.found().offset(start).limit(SHOWN + 1)).all()
    return render_template(
        "admin/log.html",
        entries=[queries.Entry(*row) for row in rows[:SHOWN]],
        more=len(rows) > SHOWN,
        wanted=wanted,
        actions=[("", _("everything")), *((one, deed(one)) for one in queries.actions(g.viewer.school_id))],
    )


@pages.post("/export")
@requires(Action.ADMINISTER_SCHOOL)
def export() -> ResponseReturnValue:
    """What the filter lets through as CSV; nothing in it can be a formula."""
    rows = session.execute(Filter.of_request().found().limit(MOST_EXPORTED)).all()
    out = StringIO()
    csv.writer(out).writerows(_lines([queries.Entry(*row) for row in rows]))
    operations.note_export_of_log(g.viewer, len(rows))
    name = {"Content-Disposition": 'attachment; filename="audit.csv"'}
    return Response("\ufeff" + out.getvalue(), mimetype="text/csv", headers=name)


def _lines(entries: list[queries.Entry]) -> Iterator[list[object]]:
    yield [_("When (UTC)"), _("Who"), _("Did"), _("Code"), _("To whom"), _("Course"), _("Id"), _("Details")]
    for entry in entries:
        row = entry.row
        details = "; ".join(f"{key}={value}" for key, value in sorted(row.details.items()))
        cells = [row.created_at.isoformat(timespec="seconds"), entry.actor or row.actor_id or ""]
        cells += [deed(row.action), row.action, entry.person or "", entry.course or ""]
        yield [harmless(cell) for cell in (*cells, row.object_id or "", details)]
