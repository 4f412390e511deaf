"""The permission matrix: every route and method, by everybody, on everything."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import uuid4

import pytest

from . import expected, of_admins
from .conftest import Stage
from .expected import HIDDEN, OK, REFUSED, STRANGER
from .requests_made import LACKING, STATE_AGAINST_IT, bodies
from .world import ACTORS, COLUMN_OF, STRANGERS, Thing

IN_COURSE = expected.course_rows()
FLAT = {
    name: expected.routes_of(getattr(expected, name))
    for name in (
        "PUBLIC",
        "BY_SECRET",
        "BY_CODE",
        "SIGNED_IN",
        "BY_KINSHIP",
        "OWN",
        "COURSE_MAKERS",
        "ADMINS",
    )
}
for _name in ("PUBLIC", "BY_SECRET", "ADMINS"):
    FLAT[_name] |= expected.routes_of(getattr(of_admins, _name))
OF_ADMIN = {
    "person": expected.routes_of(expected.ADMINS_OF_PERSON + of_admins.OF_PERSON),
    "registration": expected.routes_of(expected.ADMINS_OF_REGISTRATION),
    "kept_course": expected.routes_of(of_admins.OF_COURSE),
    "failed_document": expected.routes_of(of_admins.OF_DOCUMENT),
    "upload": expected.routes_of(of_admins.OF_UPLOAD),
    "roster": expected.routes_of(of_admins.OF_ROSTER),
    "merge": expected.routes_of(of_admins.OF_MERGE),
    "provider": expected.routes_of(of_admins.OF_PROVIDER),
    "store": expected.routes_of(of_admins.OF_STORE),
}
COURSE_MAKERS = {"teacher", "other_teacher", "foreign_teacher", "admin", "foreign_admin"}
SAFE = ("GET", "HEAD")
PARTS = 4
"""One test for all would leave every other process of a run without work at its end."""
NO_SUCH_CODE = 422  # the form again, saying so


@dataclass(frozen=True)
class Cell:
    """Somebody, a route, a thing; and what must come of it."""

    route: str
    actor: str
    thing: Thing
    wanted: object


def routes(app: Any) -> set[str]:
    """Every “METHOD path” that the application answers."""
    return {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def cells(stage: Stage) -> Iterator[Cell]:
    """All cells of the matrix."""
    missing = Thing("a thing that never was", {}, frozenset())
    plain = Thing("", {}, frozenset())
    things = stage.world.things
    for route, row in IN_COURSE.items():
        for thing in (*things[row.kind], missing):
            yield from (Cell(route, actor, thing, in_course(row, thing, actor)) for actor in ACTORS)
    for kind, route in ((kind, route) for kind, found in OF_ADMIN.items() for route in found):
        for thing in (*things[kind], missing):
            yield from (Cell(route, actor, thing, known_only(thing, actor)) for actor in ACTORS)
    for route in FLAT["OWN"]:
        for thing in (*things["sign_in"], missing):
            yield from (Cell(route, actor, thing, known_only(thing, actor)) for actor in ACTORS)
    for name in ("PUBLIC", "BY_SECRET", "BY_CODE", "SIGNED_IN", "BY_KINSHIP", "COURSE_MAKERS", "ADMINS"):
        for route in FLAT[name]:
            yield from (Cell(route, actor, plain, flat(name, route, actor)) for actor in ACTORS)


def in_course(row: expected.Row, thing: Thing, actor: str) -> object:
    if actor in STRANGERS:
        return STRANGER
    if actor not in thing.known_to:
        return HIDDEN
    column = COLUMN_OF[actor]
    if row.kind == "annotation" and column in ("author", "student"):
        column = "author" if actor == thing.author else "student"
    return row.code(column, is_closed=thing.is_closed)


def known_only(thing: Thing, actor: str) -> object:
    if actor in STRANGERS:
        return STRANGER
    return OK if actor in thing.known_to else HIDDEN


def flat(table: str, route: str, actor: str) -> object:  # noqa: PLR0911  # one line for each table
    if actor in ("suspended", "bad_token") and "/static/" not in route and "/content/" not in route:
        return STRANGER  # who shows a token that counts for nothing is told so, whatever was asked
    if table == "PUBLIC":
        return OK
    if table == "BY_SECRET":
        return HIDDEN
    if table == "BY_CODE":
        return NO_SUCH_CODE if actor.startswith("foreign") else OK
    if actor == "nobody":
        return STRANGER
    if table == "BY_KINSHIP":
        return HIDDEN
    if "/join" in route and actor.startswith("foreign"):
        return HIDDEN if "/api/" in route else NO_SUCH_CODE
    if "/join" in route and actor == "former":
        return REFUSED  # whom a teacher took off the course, the code does not let in again
    allowed = {"SIGNED_IN": set(ACTORS), "COURSE_MAKERS": COURSE_MAKERS, "ADMINS": {"admin", "foreign_admin"}}
    return OK if actor in allowed[table] else REFUSED


def path_of(stage: Stage, cell: Cell) -> str:
    """The address, with the thing's ids (ids of nothing where it lacks one) in their places."""
    usual = {"kind": "helpful", "filename": "none.js", "code": stage.world.join_code}
    known = usual | cell.thing.arguments
    known.setdefault("mark_id", "0" * 36)
    return re.sub(
        r"<(?:[^:<>]+:)?(\w+)>",
        lambda found: known.get(found[1], str(uuid4())),
        cell.route.partition(" ")[2],
    )


def kind_of(status: int, route: str) -> object:
    """The status as the tables name it."""
    if status < 400 or status in STATE_AGAINST_IT:
        return OK
    return status


def verdict(stage: Stage, cell: Cell, options: dict[str, Any]) -> str | None:
    """Ask, and say what is wrong with the answer, if anything is."""
    method = cell.route.partition(" ")[0]
    assert stage.snapshot
    before = stage.snapshot.version()
    answer = stage.ask(cell.actor, method, path_of(stage, cell), **options)
    status = answer.status_code
    answer.close()
    wrote = stage.snapshot.version() != before
    allowed = cell.wanted == OK
    lacking = allowed and status in LACKING.get(cell.route, ())
    right = lacking or kind_of(status, cell.route) == cell.wanted
    changed = wrote and not allowed and stage.snapshot.is_changed()
    if wrote:
        stage.snapshot.restore()
    if right and not changed:
        return None
    said = f"{status}{' and something changed' if changed else ''}"
    return f"{cell.route} by {cell.actor} on {cell.thing.name or '-'}: {said}, not {cell.wanted}"


def test_every_route_is_in_the_tables_and_nothing_else_is(stage):
    listed = [set(IN_COURSE), *OF_ADMIN.values(), *FLAT.values()]
    assert sum(map(len, listed)) == len(set().union(*listed)), "a route is listed twice"
    named = set().union(*listed)
    real = {" ".join(route.replace(", ", ",").split()) for route in routes(stage.app)}
    assert real - named == set(), "routes without an expectation"
    assert named - real == set(), "expectations without a route"


@pytest.mark.parametrize("part", range(PARTS))
def test_everybody_gets_from_every_route_what_the_tables_say(stage, record_property, part):
    if stage.snapshot is None:
        pytest.skip("the rules are the same code; that each page works on PostgreSQL shows the test below")
    sent = bodies(stage.world)
    wrong, count = [], 0
    for cell in islice(cells(stage), part, None, PARTS):
        count += 1
        wrong.append(verdict(stage, cell, sent.get(cell.route, {})))
    found = list(filter(None, wrong))
    record_property("cells", count)
    record_property("routes", len(routes(stage.app)))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("route", sorted(IN_COURSE))
def test_a_teacher_or_a_student_can_really_do_it(stage, route):
    """What is sent works for somebody: else a refusal would prove nothing."""
    row = IN_COURSE[route]
    if route in LACKING:
        pytest.skip("needs what this world does not hold; its own feature's tests do it")
    options, method = bodies(stage.world).get(route, {}), route.partition(" ")[0]
    if stage.snapshot is None and method not in SAFE:
        pytest.skip("what changes things is put back on SQLite only")
    tries = ((actor, thing) for thing in stage.world.things[row.kind] for actor in ("teacher", "ana", "bob"))
    assert any(_works(stage, method, Cell(route, *each, OK), options) for each in tries)


def _works(stage: Stage, method: str, cell: Cell, options: dict[str, Any]) -> bool:
    answer = stage.ask(cell.actor, method, path_of(stage, cell), **options)
    answer.close()
    if stage.snapshot:
        stage.snapshot.restore()
    return bool(answer.status_code < 400)
