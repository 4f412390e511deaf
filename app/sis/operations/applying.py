"""A roster is taken over: all of it or nothing, in one transaction.

Who left is locked out and keeps all work; who is back is let in again, unless an admin had locked them out. What a
teacher changed by hand stays until the roster itself says something new about it.
"""

import secrets
from collections import defaultdict
from typing import Any

from sqlalchemy import insert, select, update

from app.accounts.models import Account, Identity, SignIn
from app.accounts.passwords import CODE_LETTERS
from app.accounts.queries import subject_of
from app.core import audit
from app.core.db import session
from app.core.ids import new_id, now
from app.courses.models import Course, Enrollment
from app.sis.models import RosterCourse, RosterEnrollment, RosterImport, RosterPerson
from app.sis.planning import Known, KnownEnrollment, Plan
from app.sis.roster import Enrolled, Person

from .looking import Report, planned
from .uploading import forget_file

READING_IS = 0.6
"""The part of the work that reading the file again is, about."""

STRONGER = {"student": 0, "observer": 1, "assistant": 2, "teacher": 3}
_Pair = tuple[str, str]


def take_over(row: RosterImport, report: Report = lambda _part: None) -> None:
    """Make people, courses and enrollments those of the roster; raises Unreadable, or ValueError on new problems.

    Progress is that of reading: what follows is one transaction, beside which nothing can be written.
    """
    roster, here, made = planned(row, lambda part: report(part * READING_IS))
    if roster.issues:
        raise ValueError("the roster does not fit what is here any more")
    taking = _Taking(row, here, made)
    taking.people()
    taking.courses()
    kept = taking.enrollments()
    row.state, row.applied_at, row.touched_at, row.progress = "done", now(), None, 1.0
    row.summary = row.summary | {"counts": made.counts(), "kept_teachers": kept}
    forget_file(row)
    counts: dict[str, Any] = {name: count for name, count in made.counts().items() if count}
    audit.record(
        "roster.applied", school_id=row.school_id, actor_id=row.created_by, object_id=row.id, **counts
    )


class _Taking:
    """One roster being taken over. ``accounts`` and ``course_ids`` lead from ids of the other system to ours."""

    def __init__(self, row: RosterImport, here: Known, made: Plan) -> None:
        self.row, self.here, self.made, self.moment = row, here, made, now()
        self.accounts = {key: one.account_id for key, one in here.people.items()}
        self.course_ids = {key: one.course_id for key, one in here.courses.items()}

    def people(self) -> None:
        new = {key: new_id() for key in self.made.new_people}
        self.accounts |= new | self.made.joined
        _insert(Account, [self._account(new[key], one) for key, one in self.made.new_people.items()])
        _insert(Identity, self._identities(new))
        _insert(
            RosterPerson,
            [
                {"school_id": self.row.school_id, "sourced_id": key, "account_id": self.accounts[key]}
                for key in (*new, *self.made.joined)
            ],
        )
        changed = self.made.changed_people.items()
        _update(Account, [{"id": self.accounts[key]} | self._said(key, one) for key, one in changed])
        self._leave(self.made.left_people)
        self._return(self.made.returned_people)

    def _account(self, account_id: str, one: Person) -> dict[str, Any]:
        return {
            "id": account_id,
            "school_id": self.row.school_id,
            "name": one.name,
            "email": one.email or None,
            "may_create_courses": one.teaches,
        }

    def _said(self, key: str, one: Person) -> dict[str, Any]:
        return {"name": one.name, "email": one.email or self.here.people[key].email or None}

    def _identities(self, new: dict[str, str]) -> list[dict[str, Any]]:
        """A name to sign in by, without a password yet: the e-mail address, else the user name, else none."""
        wanted = select(Identity.subject).where(
            Identity.school_id == self.row.school_id, Identity.provider == "password"
        )
        taken, rows = set(session.scalars(wanted)), []
        for key, account_id in new.items():
            one = self.made.new_people[key]
            names = [subject_of(name) for name in (one.email, one.username) if name]
            free = next((name for name in names if name not in taken and len(name) <= 254), None)
            if free:
                taken.add(free)
                rows.append(
                    {
                        "account_id": account_id,
                        "school_id": self.row.school_id,
                        "provider": "password",
                        "subject": free,
                    }
                )
        return rows

    def _leave(self, keys: list[str]) -> None:
        """Lock out who left; never an admin, whom only an admin locks out."""
        for part in _parts(keys):
            ids = [self.accounts[key] for key in part]
            leaving = update(Account).where(Account.id.in_(ids), Account.suspended_at.is_(None))
            session.execute(leaving.where(Account.is_admin.is_(False)).values(suspended_at=self.moment))
            ending = update(SignIn).where(SignIn.account_id.in_(ids), SignIn.ended_at.is_(None))
            session.execute(ending.values(ended_at=self.moment))
            session.execute(_rows(RosterPerson, self.row.school_id, part).values(left_at=self.moment))

    def _return(self, keys: list[str]) -> None:
        """Let in again whom a roster had locked out: the moments are the same then."""
        for part in _parts(keys):
            left = select(RosterPerson.left_at).where(RosterPerson.account_id == Account.id)
            ids = [self.accounts[key] for key in part]
            returning = update(Account).where(Account.id.in_(ids))
            returning = returning.where(Account.suspended_at.in_(left.scalar_subquery().correlate(Account)))
            options = {"synchronize_session": False}
            session.execute(returning.values(suspended_at=None).execution_options(**options))
            session.execute(_rows(RosterPerson, self.row.school_id, part).values(left_at=None))

    def courses(self) -> None:
        new = {key: new_id() for key in self.made.new_courses}
        self.course_ids |= new
        codes = _codes(len(new))
        school = {"school_id": self.row.school_id}
        _insert(
            Course,
            [
                school | {"id": new[key], "title": title, "join_code": code, "join_open": False}
                for (key, title), code in zip(self.made.new_courses.items(), codes, strict=True)
            ],
        )
        _insert(RosterCourse, [school | {"sourced_id": key, "course_id": new[key]} for key in new])
        changed = self.made.changed_courses.items()
        _update(Course, [{"id": self.course_ids[key], "title": title} for key, title in changed])
        for keys, ended_at in ((self.made.ended_courses, self.moment), (self.made.returned_courses, None)):
            for part in _parts(keys):
                session.execute(_rows(RosterCourse, self.row.school_id, part).values(ended_at=ended_at))

    def enrollments(self) -> int:
        """Returns how many teachers stay although the roster ends them: a course keeps one."""
        touched = self._note_enrollments()
        wanted = self._wanted(touched)
        present = self._present({course_id for course_id, _account_id in touched})
        rows: list[dict[str, Any]] = []
        changes: list[dict[str, Any]] = []
        ends: list[Enrollment] = []
        for pair in touched:
            role, row = wanted.get(pair), present.get(pair)
            if role is None:
                ends += [row] if row is not None and row.ended_at is None else []
            elif row is None:
                rows.append(
                    {
                        "course_id": pair[0],
                        "account_id": pair[1],
                        "role": role,
                        "added_by": self.row.created_by,
                    }
                )
            else:
                changes.append({"id": row.id, "role": role, "ended_at": None})
        _insert(Enrollment, rows)
        _update(Enrollment, changes)
        return self._end(ends, present, rows, changes)

    def _note_enrollments(self) -> set[_Pair]:
        """Write down what the roster says of each; returns the people in courses about whom it says something new."""
        touched: set[_Pair] = set()
        new, changed = self.made.new_enrollments, self.made.changed_enrollments
        _insert(RosterEnrollment, [self._enrollment(key, one) for key, one in new.items()])
        ids = self._ids_of([*changed, *self.made.ended_enrollments])
        again = [
            {"id": ids[key], "ended_at": None} | self._enrollment(key, one) for key, one in changed.items()
        ]
        _update(RosterEnrollment, again)
        ended = [{"id": ids[key], "ended_at": self.moment} for key in self.made.ended_enrollments]
        _update(RosterEnrollment, ended)
        for one in (*new.values(), *changed.values()):
            touched.add((self.course_ids[one.class_id], self.accounts[one.person_id]))
        for key in (*changed, *self.made.ended_enrollments):
            before: KnownEnrollment = self.here.enrollments[key]
            touched.add((before.course_id, before.account_id))
        return touched

    def _enrollment(self, key: str, one: Enrolled) -> dict[str, Any]:
        return {
            "school_id": self.row.school_id,
            "sourced_id": key,
            "course_id": self.course_ids[one.class_id],
            "account_id": self.accounts[one.person_id],
            "role": one.role,
        }

    def _ids_of(self, keys: list[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for part in _parts(keys):
            rows = select(RosterEnrollment.sourced_id, RosterEnrollment.id).where(
                RosterEnrollment.school_id == self.row.school_id, RosterEnrollment.sourced_id.in_(part)
            )
            found |= {key: row_id for key, row_id in session.execute(rows)}
        return found

    def _wanted(self, touched: set[_Pair]) -> dict[_Pair, str]:
        """The role of each pair that the roster still lists: the strongest, where it lists several."""
        session.flush()
        found: dict[_Pair, str] = {}
        rows = select(RosterEnrollment.course_id, RosterEnrollment.account_id, RosterEnrollment.role)
        active = rows.where(RosterEnrollment.school_id == self.row.school_id)
        for course_id, account_id, role in session.execute(active.where(RosterEnrollment.ended_at.is_(None))):
            pair = (course_id, account_id)
            if pair in touched and STRONGER[role] >= STRONGER.get(found.get(pair, ""), -1):
                found[pair] = role
        return found

    def _present(self, course_ids: set[str]) -> dict[_Pair, Enrollment]:
        found: dict[_Pair, Enrollment] = {}
        for part in _parts(sorted(course_ids)):
            for row in session.scalars(select(Enrollment).where(Enrollment.course_id.in_(part))):
                found[(row.course_id, row.account_id)] = row
        return found

    def _end(
        self,
        ends: list[Enrollment],
        present: dict[_Pair, Enrollment],
        rows: list[dict[str, Any]],
        changes: list[dict[str, Any]],
    ) -> int:
        ending = {row.id for row in ends}
        teachers: defaultdict[str, int] = defaultdict(int)
        roles = {change["id"]: change["role"] for change in changes}
        for row in present.values():
            stays = row.id not in ending and (row.ended_at is None or row.id in roles)
            teachers[row.course_id] += stays and roles.get(row.id, row.role) == "teacher"
        for one in rows:
            teachers[one["course_id"]] += one["role"] == "teacher"
        kept = [row for row in ends if row.role == "teacher" and not teachers[row.course_id]]
        kept_ids = {row.id for row in kept}
        _update(Enrollment, [{"id": one, "ended_at": self.moment} for one in sorted(ending - kept_ids)])
        return len(kept)


def _insert(model: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(model), rows)


def _update(model: Any, rows: list[dict[str, Any]]) -> None:
    """Update by primary key. Rows of one statement name the same columns."""
    if rows:
        session.execute(update(model), rows)


def _rows(model: Any, school_id: str, keys: list[str]) -> Any:
    found = update(model).where(model.school_id == school_id, model.sourced_id.in_(keys))
    return found.execution_options(synchronize_session=False)


def _parts(values: list[str], size: int = 500) -> list[list[str]]:
    return [values[start : start + size] for start in range(0, len(values), size)]


def _codes(number: int) -> list[str]:
    """Join codes that no course has: drawn at random, so checked once for all of them."""
    found: set[str] = set()
    while len(found) < number:
        drawn = {"".join(secrets.choice(CODE_LETTERS) for _letter in range(8)) for _one in range(number)}
        for part in _parts(sorted(drawn)):
            drawn -= set(session.scalars(select(Course.join_code).where(Course.join_code.in_(part))))
        found |= drawn
    return sorted(found)[:number]
