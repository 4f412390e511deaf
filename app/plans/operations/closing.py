"""After class: which topics were dealt with, how it went, and what the class knows now."""

from app.core.policy import Viewer
from app.reports import operations as reports

from ..models import Plan
from ..queries import closing
from ..schemas import ReflectionIn


def record_known(plan: Plan) -> None:
    """Hand what the class knew before and after to the report, topic by topic."""
    rows = closing.topic_rows(plan)
    for key, change in closing.known(plan).items():
        if key in rows and change.before:
            reports.record_before(rows[key], change.before.right, change.before.of)
        if key in rows and change.after:
            reports.record_after(rows[key], change.after.right, change.after.of)


def reflect(viewer: Viewer, plan: Plan, said: dict[str, ReflectionIn]) -> None:
    """Keep which topics were dealt with, and two lines about each."""
    for key, row in closing.topic_rows(plan).items():
        if key not in said:
            continue
        each = said[key]
        outcome = reports.deal_with(viewer, row)
        outcome.what_i_did, outcome.what_i_would_change = each.what_i_did, each.what_i_would_change
        if not each.dealt:
            reports.open_again(row)
    record_known(plan)
