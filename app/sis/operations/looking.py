"""What an uploaded roster would change: read by the worker, shown to the admin, nothing taken over."""

from collections.abc import Callable
from typing import Any

from app.core import storage
from app.core.errors import NotFound
from app.core.ids import now
from app.sis import oneroster, queries, spreadsheet
from app.sis.models import RosterImport
from app.sis.planning import Known, Plan, is_drastic, plan
from app.sis.roster import Roster
from app.sis.tables import Unreadable

SHOWN = 50
Report = Callable[[float], None]


def read(row: RosterImport, report: Report = lambda _part: None) -> Roster:
    """The roster of an import's file; raises Unreadable."""
    if row.file is None:
        raise Unreadable("own_fault")
    try:
        with storage.open_file(row.file) as stream:
            if row.kind == "oneroster":
                return oneroster.read(stream, now().date(), report)
            shape = spreadsheet.shape_of(stream)
            stream.seek(0)
            return spreadsheet.read(
                stream,
                row.options["columns"],
                encoding=shape.encoding,
                comma=shape.comma,
                complete=bool(row.options.get("complete")),
            )
    except NotFound as error:
        raise Unreadable("own_fault") from error


def planned(row: RosterImport, report: Report = lambda _part: None) -> tuple[Roster, Known, Plan]:
    """The roster, what is here, and the differences."""
    roster = read(row, report)
    here = queries.known(row.school_id)
    return roster, here, plan(roster, here, match_email=bool(row.options.get("match_email")))


def look(row: RosterImport, report: Report) -> None:
    """Keep the differences for the admin to look at."""
    roster, here, made = planned(row, report)
    row.problems = [list(one) for one in roster.issues]
    row.summary = {
        "counts": made.counts(),
        "skipped": roster.skipped,
        "drastic": is_drastic(made, here),
        "empty": made.is_empty(),
        "examples": _examples(roster, here, made),
    }


def _examples(roster: Roster, here: Known, made: Plan) -> dict[str, list[Any]]:
    """The first of each kind in words, for the page."""
    classes = {key: one.title for key, one in here.courses.items()} | roster.classes
    names = {key: one.name for key, one in here.people.items()}
    names |= {key: one.name for key, one in roster.people.items()}
    course_titles = {one.course_id: one.title for one in here.courses.values()}
    account_names = {one.account_id: one.name for one in here.people.values()}
    found: dict[str, list[Any]] = {}
    for kind in ("new_people", "joined", "returned_people", "left_people"):
        found[kind] = [names.get(key, key) for key in list(getattr(made, kind))[:SHOWN]]
    found["changed_people"] = [
        f"{here.people[key].name} → {one.name}" if here.people[key].name != one.name else one.name
        for key, one in list(made.changed_people.items())[:SHOWN]
    ]
    for kind in ("new_courses", "returned_courses", "ended_courses"):
        found[kind] = [classes.get(key, key) for key in list(getattr(made, kind))[:SHOWN]]
    found["changed_courses"] = [
        f"{here.courses[key].title} → {title}" for key, title in list(made.changed_courses.items())[:SHOWN]
    ]
    for kind in ("new_enrollments", "changed_enrollments"):
        rows = list(getattr(made, kind).values())[:SHOWN]
        found[kind] = [
            f"{names.get(one.person_id)}: {classes.get(one.class_id)} ({one.role})" for one in rows
        ]
    ended = [here.enrollments[key] for key in made.ended_enrollments[:SHOWN]]
    found["ended_enrollments"] = [
        f"{account_names.get(one.account_id)}: {course_titles.get(one.course_id)}" for one in ended
    ]
    return found
