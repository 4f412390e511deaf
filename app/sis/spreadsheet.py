"""A plain table (CSV) whose columns an admin names: one line for each person in each course."""

import csv
import hashlib
import io
from collections.abc import Mapping
from typing import IO

from .roster import LONGEST_NAME, LONGEST_TITLE, Enrolled, Person, Roster, address
from .tables import Unreadable, lines

NAME = "table"
FIELDS = ("name", "given", "family", "email", "id", "course", "role")
GUESSES = {
    "name": {"name", "full name", "student", "schüler", "schülerin", "nom"},
    "given": {"given name", "first name", "firstname", "vorname", "prénom", "givenname"},
    "family": {"family name", "last name", "lastname", "surname", "nachname", "familyname"},
    "email": {"email", "e-mail", "mail", "e-mail address", "email address"},
    "id": {"id", "student id", "sis id", "number", "nummer", "schülernummer", "sourcedid"},
    "course": {"course", "class", "klasse", "kurs", "group", "cours"},
    "role": {"role", "rolle", "type"},
}
TEACHER_WORDS = {"teacher", "lehrer", "lehrerin", "lehrkraft", "instructor", "staff", "t"}
ASSISTANT_WORDS = {"assistant", "assistent", "assistentin", "ta"}
STUDENT_WORDS = {"", "student", "learner", "pupil", "schüler", "schülerin", "s"}


class Shape:
    """How a table is written, and what stands in its first lines."""

    def __init__(self, data: bytes) -> None:
        self.encoding = "utf-8-sig"
        try:
            head = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            if len(data) - error.start < 4 and error.reason == "unexpected end of data":
                head = data[: error.start].decode("utf-8-sig")
            else:
                self.encoding, head = "cp1252", data.decode("cp1252", "replace")
        first = head.splitlines()[0] if head.strip() else ""
        self.comma = max(",;\t", key=first.count)
        rows = list(csv.reader(io.StringIO(head, newline=""), delimiter=self.comma))[:4]
        self.columns = [one.strip() for one in rows[0]] if rows else []
        self.examples = rows[1:4]

    def guess(self) -> dict[str, str]:
        """Field to column, where the column's name says what it is."""
        names = {column.casefold(): column for column in self.columns}
        return {
            field: names[found[0]]
            for field, words in GUESSES.items()
            if (found := sorted(words & set(names)))
        }


def shape_of(stream: IO[bytes]) -> Shape:
    """Look at the first lines. Raises Unreadable for what is no table."""
    data = stream.read(100_000)
    if b"\0" in data:
        raise Unreadable("not_csv", NAME)
    try:
        shape = Shape(data)
    except csv.Error as error:
        raise Unreadable("not_csv", NAME) from error
    if len(shape.columns) < 2:
        raise Unreadable("one_column")
    return shape


def read(
    stream: IO[bytes], columns: Mapping[str, str], *, encoding: str, comma: str, complete: bool
) -> Roster:
    """The roster of a table. ``columns``: field to column name; ``complete``: who is not listed has left."""
    mode = "bulk" if complete else "delta"
    roster = Roster(modes={"users": mode, "classes": mode, "enrollments": mode})  # type: ignore[dict-item]  # one of two
    used = {column for column in columns.values() if column}
    for number, fields in lines(stream, NAME, roster, wanted=used, encoding=encoding, comma=comma):
        _take(roster, number, {field: fields.get(column, "") for field, column in columns.items()})
    return roster


def _take(roster: Roster, number: int, fields: dict[str, str]) -> None:
    name = " ".join((fields.get("name") or f"{fields.get('given', '')} {fields.get('family', '')}").split())
    name, email = name[:LONGEST_NAME], address(fields.get("email", ""))
    course = " ".join(fields.get("course", "").split())[:LONGEST_TITLE]
    role, key = _role(fields.get("role", "")), fields.get("id") or email.lower()
    for wrong, code in ((not name, "name_missing"), (not key, "id_or_email"), (role is None, "role_unknown")):
        if wrong:
            roster.complain(NAME, number, code, fields.get("role", "") if code == "role_unknown" else name)
            return
    assert role is not None
    person_id = _short(f"table:{key}")
    known = roster.people.get(person_id)
    if known and known.name != name:
        roster.complain(NAME, number, "two_names", key)
        return
    roster.people[person_id] = Person(name, email, "", role == "teacher" or bool(known and known.teaches))
    if course:
        class_id = _short(f"table:{course.casefold()}")
        roster.classes.setdefault(class_id, course)
        enrolled = Enrolled(class_id, person_id, role)
        roster.enrollments[_short(f"{class_id} {person_id}")] = enrolled


def _short(key: str) -> str:
    """An id that fits its column; a longer one by its digest."""
    return key if len(key) <= 200 else f"{key[:100]}:{hashlib.sha256(key.encode()).hexdigest()}"


def _role(word: str) -> str | None:
    plain = word.strip().casefold()
    for words, role in (
        (STUDENT_WORDS, "student"),
        (TEACHER_WORDS, "teacher"),
        (ASSISTANT_WORDS, "assistant"),
    ):
        if plain in words:
            return role
    return None
