"""OneRoster CSV, 1.1 and 1.2: a ZIP with a manifest, read and checked; nothing is looked up or stored here.

Only people, classes and enrollments become something here; organisations, courses and sessions are read so that
a line that names one which is not there is found.
"""

import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from typing import IO

from .roster import LONGEST_ID, LONGEST_NAME, LONGEST_TITLE, Enrolled, Mode, Person, Roster, address
from .tables import Line, Unreadable, lines

MOST_FILES = 100
TOLD_EVERY = 2_000
"""Lines between two reports of how far it is: each is written down at once."""

MANIFEST = "manifest.csv"
FILES = ("orgs", "academicSessions", "courses", "users", "roles", "classes", "enrollments")
VERSIONS = {"1.0", "1.1", "1.2"}
_WANTED = {
    "orgs": {"sourcedId", "name"},
    "academicSessions": {"sourcedId", "title", "endDate"},
    "courses": {"sourcedId", "title"},
    "users": {"sourcedId", "enabledUser", "givenName", "familyName"},
    "roles": {"sourcedId", "userSourcedId", "role"},
    "classes": {"sourcedId", "title"},
    "enrollments": {"sourcedId", "classSourcedId", "userSourcedId", "role"},
}
# What somebody is in a class, and what that makes them in the course here.
IN_CLASS = {"student": "student", "teacher": "teacher", "proctor": "assistant", "administrator": "observer"}
AT_SCHOOL = {
    *(
        "administrator",
        "aide",
        "counselor",
        "districtAdministrator",
        "guardian",
        "parent",
        "principal",
        "proctor",
    ),
    *("relative", "siteAdministrator", "student", "systemAdministrator", "teacher"),
}
FAMILY = {"guardian", "parent", "relative"}
TEACHES = {"teacher"}


class _Reading:
    """One ZIP being read; ``report`` hears how far it is, from 0 to 1."""

    def __init__(self, archive: zipfile.ZipFile, today: date, report: Callable[[float], None]) -> None:
        self.archive, self.today, self.report = archive, today, report
        self.roster = Roster()
        self.names = {name.rpartition("/")[2]: name for name in archive.namelist()}
        self.stream: IO[bytes] = BytesIO()
        self.over: set[str] = set()
        self.known: dict[str, set[str]] = {}
        self.roles: dict[str, set[str]] = {}

    def run(self) -> Roster:
        """All files, in the order in which they name each other."""
        self.roster.modes = self._manifest()
        readers: dict[str, Callable[[Line], None]] = {
            "academicSessions": self._session,
            "roles": self._role,
            "users": self._person,
            "classes": self._class,
            "enrollments": self._enrollment,
        }
        order = ("orgs", "academicSessions", "courses", "roles", "users", "classes", "enrollments")
        sizes = [self._size(kind) for kind in order]
        for number, kind in enumerate(order):
            before, size, all_of_them = sum(sizes[:number]), sizes[number], sum(sizes) or 1
            for counted, line in enumerate(self._lines(kind)):
                readers.get(kind, lambda _line: None)(line)
                if counted % TOLD_EVERY == 0:
                    self.report((before + min(self.stream.tell(), size)) / all_of_them)
        return self.roster

    def _size(self, kind: str) -> int:
        known = self.names.get(f"{kind}.csv") if self.roster.modes[kind] != "absent" else None
        return self.archive.getinfo(known).file_size if known else 0

    def _open(self, name: str) -> IO[bytes]:
        try:
            return self.archive.open(self.names[name])
        except KeyError as error:
            raise Unreadable("file_missing", name) from error
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
            raise Unreadable("not_zip", name) from error

    def _manifest(self) -> dict[str, Mode]:
        with self._open(MANIFEST) as stream:
            wanted = {"propertyName", "value"}
            told = {
                fields["propertyName"]: fields["value"]
                for _line, fields in lines(stream, MANIFEST, self.roster, wanted=wanted)
            }
        version = told.get("oneroster.version", "")
        if version not in VERSIONS:
            raise Unreadable("version_unknown", version)
        modes: dict[str, Mode] = {}
        for kind in FILES:
            mode = told.get(f"file.{kind}", "absent").lower()
            if mode not in ("bulk", "delta", "absent"):
                raise Unreadable("mode_unknown", f"file.{kind}: {mode}")
            modes[kind] = mode  # type: ignore[assignment]  # one of the three, as was just asked
        return modes

    def _lines(self, kind: str) -> Iterator[Line]:
        """The lines of a file that are to be taken over; those to be deleted are noted."""
        mode, name = self.roster.modes[kind], f"{kind}.csv"
        seen = self.known[kind] = set()
        if mode == "absent":
            return
        with self._open(name) as stream:
            self.stream = stream
            for number, fields in lines(stream, name, self.roster, wanted=_WANTED[kind]):
                key, status = fields["sourcedId"], fields.get("status", "").lower()
                if not key or len(key) > LONGEST_ID:
                    self.roster.complain(name, number, "id_missing" if not key else "id_long", key)
                elif key in seen:
                    self.roster.complain(name, number, "id_twice", key)
                elif status not in ("", "active", "tobedeleted"):
                    self.roster.complain(name, number, "status_unknown", status)
                elif status == "tobedeleted":
                    seen.add(key)
                    self.roster.gone.setdefault(kind, set()).add(key)
                else:
                    seen.add(key)
                    yield number, fields

    def _session(self, line: Line) -> None:
        number, fields = line
        end = self._date("academicSessions.csv", number, fields["endDate"])
        if end and end < self.today:
            self.over.add(fields["sourcedId"])

    def _date(self, file: str, number: int, typed: str) -> date | None:
        try:
            return date.fromisoformat(typed[:10]) if typed else None
        except ValueError:
            self.roster.complain(file, number, "date_strange", typed)
            return None

    def _role(self, line: Line) -> None:
        number, fields = line
        if fields["role"] not in AT_SCHOOL:
            self.roster.complain("roles.csv", number, "role_unknown", fields["role"])
        self.roles.setdefault(fields["userSourcedId"], set()).add(fields["role"])

    def _person(self, line: Line) -> None:
        number, fields = line
        key = fields["sourcedId"]
        roles = self.roles.get(key, set()) | ({fields["role"]} if fields.get("role") else set())
        if unknown := roles - AT_SCHOOL:
            self.roster.complain("users.csv", number, "role_unknown", sorted(unknown)[0])
        elif roles and roles <= FAMILY:
            self.roster.skip("family")
            self.known.setdefault("skipped", set()).add(key)
        elif fields["enabledUser"].lower() == "false":
            self.roster.gone["users"].add(key)
            self.known.setdefault("skipped", set()).add(key)
        elif fields["enabledUser"].lower() != "true":
            self.roster.complain("users.csv", number, "enabled_strange", fields["enabledUser"])
        else:
            given = fields.get("preferredGivenName") or fields["givenName"]
            family = fields.get("preferredFamilyName") or fields["familyName"]
            name, email = " ".join(f"{given} {family}".split())[:LONGEST_NAME], fields.get("email", "")
            if not name:
                self.roster.complain("users.csv", number, "name_missing", key)
                return
            self.roster.people[key] = Person(
                name, address(email), fields.get("username", ""), bool(roles & TEACHES)
            )

    def _class(self, line: Line) -> None:
        number, fields = line
        key, title = fields["sourcedId"], " ".join(fields["title"].split())[:LONGEST_TITLE]
        self._refers("classes.csv", number, "courses", fields.get("courseSourcedId", ""))
        terms = {one.strip() for one in fields.get("termSourcedIds", "").split(",") if one.strip()}
        for term in sorted(terms):
            self._refers("classes.csv", number, "academicSessions", term)
        if not title:
            self.roster.complain("classes.csv", number, "title_missing", key)
        elif terms and terms <= self.over:
            self.roster.skip("over")
            self.known.setdefault("skipped", set()).add(key)
            self.roster.gone["classes"].add(key)
        else:
            self.roster.classes[key] = title

    def _refers(self, file: str, number: int, kind: str, key: str) -> None:
        """Complain of an id that a complete file of that kind does not have."""
        if key and self.roster.modes[kind] == "bulk" and key not in self.known[kind]:
            self.roster.complain(file, number, "id_unknown", key)

    def _enrollment(self, line: Line) -> None:
        number, fields = line
        class_id, person_id, role = fields["classSourcedId"], fields["userSourcedId"], fields["role"]
        self._refers("enrollments.csv", number, "classes", class_id)
        self._refers("enrollments.csv", number, "users", person_id)
        if role in FAMILY or {class_id, person_id} & self.known.get("skipped", set()):
            self.roster.skip("enrollment")
        elif role not in IN_CLASS:
            self.roster.complain("enrollments.csv", number, "role_unknown", role)
        elif not class_id or not person_id:
            self.roster.complain("enrollments.csv", number, "id_missing")
        elif (end := self._date("enrollments.csv", number, fields.get("endDate", ""))) and end < self.today:
            self.roster.gone["enrollments"].add(fields["sourcedId"])
        else:
            self.roster.enrollments[fields["sourcedId"]] = Enrolled(class_id, person_id, IN_CLASS[role])


def read(stream: IO[bytes], today: date, report: Callable[[float], None] = lambda _part: None) -> Roster:
    """Everything that a OneRoster ZIP says. Raises Unreadable for what is none.

    What is wrong with single lines stands in ``issues`` of the result.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Unreadable("not_zip") from error
    with archive:
        if len(archive.namelist()) > MOST_FILES:
            raise Unreadable("too_many_files")
        try:
            return _Reading(archive, today, report).run()
        except (zipfile.BadZipFile, EOFError, OSError, ValueError) as error:
            raise Unreadable("not_zip") from error
