"""Two accounts of one person become one, with all their work; and apart again for 30 days.

Which columns name a person is known from the tables themselves and from the registry of personal data, so a table
that is added later is merged without a word here. A row that would stand twice (both had voted, both had answered)
stays with the account that goes: the one that stays counts.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Column, Table, Text, bindparam, cast, select, update

from app.accounts.models import Account, Identity
from app.accounts.operations import signing_in
from app.annotations.models import Annotation
from app.assignments.models import Assignment
from app.core import audit, personal
from app.core.db import Model, session
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.ids import now
from app.core.policy import STAFF, Viewer
from app.courses.models import Enrollment, Group, GroupMember
from app.engagement.models import ScoringRun, ScoringTemplate
from app.upkeep.models import PersonMerge

UNDONE_WITHIN = timedelta(days=30)
# What stays where it is: who did what in those days, ways in that end, and what is worked out anew.
STAYS = frozenset(
    {
        *("account", "audit", "engagement_score", "kept_answer", "lti_picking", "one_time_code"),
        *("person_merge", "sign_in", "sso_sign_on", "sso_stay", "token"),
    }
)
AUDIENCES = (
    *(("annotation", "audience"), ("annotation", "home_audience")),
    *(("change", "audience_before"), ("change", "audience_after")),
)
ROLES = ("observer", "student", "assistant", "teacher")
_Keys = list[dict[str, Any]]


def merge(viewer: Viewer, kept: Account, gone: Account) -> PersonMerge:
    """Move everything of ``gone`` to ``kept``; who signed in as ``gone`` comes in as ``kept`` from now on."""
    _check(viewer, kept, gone)
    moment = now()
    moved: dict[str, Any] = {"moment": moment.isoformat(), "kept": _fields(kept), "rows": [], "audiences": []}
    moved["enrollments"] = _join_enrollments(kept.id, gone.id, moment)
    moved["templates"] = _rename_templates(kept.id, gone.id)
    session.flush()
    for table, column in holders():
        if keys := _move(table, column, gone.id, kept.id):
            moved["rows"].append([table.name, column.name, keys])
    for name, column_name in AUDIENCES:
        table = Model.metadata.tables[name]
        mine, theirs = f"user:{gone.id}", f"user:{kept.id}"
        if keys := _set_all(table, table.c[column_name], mine, theirs):
            moved["audiences"].append([name, column_name, keys])
    moved["mentions"] = _rename_mentions(gone.id, kept.id)
    _stale_scores(kept.id, gone.id)
    session.expire_all()
    _take_fields(kept, gone)
    gone.suspended_at, gone.merged_into_id = moment, kept.id
    signing_in.end_all(gone, viewer.account_id)
    row = PersonMerge(
        school_id=kept.school_id,
        kept_id=kept.id,
        gone_id=gone.id,
        moved=moved,
        made_by=viewer.account_id,
        created_at=moment,
    )
    session.add(row)
    session.flush()
    _record(viewer, "account.merged", row)
    return row


def _check(viewer: Viewer, kept: Account, gone: Account) -> None:
    if kept.id == gone.id:
        raise Invalid(_("These are not two accounts but one."), "same_person", "/other")
    if kept.school_id != gone.school_id:
        raise Invalid(_("Nobody here has this address, name or id."), "unknown_person", "/other")
    if gone.id == viewer.account_id:
        raise Forbidden(_("You are signed in with this account, so it cannot go. Merge the other way round."))
    if gone.is_admin and not _is_staff(kept):
        raise Forbidden(_("An admin's account goes only into one of staff. Merge the other way round."))
    if kept.suspended_at or gone.suspended_at or kept.erased_at or gone.erased_at:
        raise Conflict(_("One of the two is locked out. Let them in first."), "locked_out")


def _is_staff(account: Account) -> bool:
    """Whoever takes over an admin's rights is an adult of the school: nobody makes a pupil an admin by a slip."""
    if account.is_admin or account.may_create_courses:
        return True
    teaches = select(Enrollment.id).where(
        Enrollment.account_id == account.id, Enrollment.role.in_(STAFF), Enrollment.ended_at.is_(None)
    )
    return session.scalar(teaches.limit(1)) is not None


def holders() -> Iterator[tuple[Table, Column[Any]]]:
    """Every column that names a person, in every table whose rows move."""
    for table in Model.metadata.sorted_tables:
        if table.name in STAYS:
            continue
        entry = personal.REGISTRY[table.name]
        names = set(entry.pointers.split())
        names |= {entry.owner.column} if entry.owner and not entry.owner.table else set()
        names |= {key.parent.name for key in table.foreign_keys if key.column.table.name == "account"}
        yield from ((table, table.c[name]) for name in sorted(names))


def _move(table: Table, column: Column[Any], gone: str, kept: str) -> _Keys:
    """Give rows of ``gone`` to ``kept`` where nothing is in the way; returns their keys, as they are now."""
    rows = [dict(row) for row in session.execute(select(table).where(column == gone)).mappings()]
    if not rows:
        return []
    for unique in _uniques(table, column):
        others = [one for one in unique if one is not column]
        taken = (
            {tuple(row) for row in session.execute(select(*others).where(column == kept))}
            if others
            else set()
        )
        rows = [row for row in rows if tuple(row[one.name] for one in others) not in taken]
    rows = [row for row in rows if not _is_in_the_way(table, column, row, kept)]
    return _assign(table, column, rows, kept)


def _uniques(table: Table, column: Column[Any]) -> list[list[Column[Any]]]:
    groups = [list(table.primary_key.columns)]
    groups += [list(index.columns) for index in table.indexes if index.unique]
    return [group for group in groups if any(one is column for one in group)]


def _is_in_the_way(table: Table, column: Column[Any], row: dict[str, Any], kept: str) -> bool:
    """Rules that no index knows: one password each, one group of a set, nobody apart from themselves."""
    if table.name == "identity" and row["provider"] == "password":
        own = select(Identity.id).where(Identity.account_id == kept, Identity.provider == "password")
        return session.scalar(own.limit(1)) is not None
    if table.name == "group_member":
        group_set = select(Group.group_set_id).where(Group.id == row["group_id"]).scalar_subquery()
        own = select(GroupMember.group_id).join(Group, Group.id == GroupMember.group_id)
        own = own.where(GroupMember.account_id == kept, Group.group_set_id == group_set)
        return session.scalar(own.limit(1)) is not None
    others = [one.name for one in table.primary_key.columns if one is not column]
    return any(row[name] == kept for name in others)


def _assign(table: Table, column: Column[Any], rows: list[dict[str, Any]], value: str) -> _Keys:
    keys = [one.name for one in table.primary_key.columns]
    if not rows:
        return []
    statement = (
        update(table)
        .where(*(table.c[name] == bindparam(f"key_{name}") for name in keys))
        .values({column.name: value})
    )
    session.connection().execute(statement, [{f"key_{name}": row[name] for name in keys} for row in rows])
    return [{name: value if name == column.name else row[name] for name in keys} for row in rows]


def _set_all(table: Table, column: Column[Any], before: str, after: str) -> _Keys:
    rows = [dict(row) for row in session.execute(select(table).where(column == before)).mappings()]
    return _assign(table, column, rows, after)


def _join_enrollments(kept: str, gone: str, moment: datetime) -> _Keys:
    """In courses where both are: one enrollment, with the stronger role; the other ends. What stood there before."""
    before: _Keys = []
    theirs = select(Enrollment).where(Enrollment.account_id == gone)
    for row in session.scalars(theirs).all():
        own = session.scalar(
            select(Enrollment).where(Enrollment.account_id == kept, Enrollment.course_id == row.course_id)
        )
        if own is None or row.ended_at is not None:
            continue
        before += [_enrollment(own), _enrollment(row)]
        active = own.ended_at is None
        own.role = max(own.role, row.role, key=ROLES.index) if active else row.role
        own.ended_at, own.section_id = None, own.section_id or row.section_id
        row.ended_at = moment
    return before


def _enrollment(row: Enrollment) -> dict[str, Any]:
    ended_at = row.ended_at.isoformat() if row.ended_at else None
    return {"id": row.id, "role": row.role, "section_id": row.section_id, "ended_at": ended_at}


def _rename_mentions(before: str, after: str) -> list[str]:
    found = session.scalars(select(Annotation).where(cast(Annotation.mentions, Text).contains(before))).all()
    for row in found:
        row.mentions = list(dict.fromkeys(after if one == before else one for one in row.mentions))
    return [row.id for row in found]


def _rename_templates(kept: str, gone: str) -> list[list[str]]:
    """Rules that both keep under one name are two pieces of work: those that come along get a number."""
    own = set(session.scalars(select(ScoringTemplate.name).where(ScoringTemplate.account_id == kept)))
    theirs = list(session.scalars(select(ScoringTemplate).where(ScoringTemplate.account_id == gone)))
    taken, renamed = own | {row.name for row in theirs}, []
    for row in theirs:
        if row.name in own:
            renamed.append([row.id, row.name])
            row.name = next(name for n in count(2) if (name := f"{row.name[:70]} ({n})") not in taken)
            taken.add(row.name)
    return renamed


def _templates_back(renamed: list[list[str]]) -> None:
    for template_id, name in renamed:
        if row := session.get(ScoringTemplate, template_id):
            row.name = name


def _stale_scores(*account_ids: str) -> None:
    """Have the scores of every course that they are in worked out anew."""
    courses = select(Enrollment.course_id).where(Enrollment.account_id.in_(account_ids))
    assignments = select(Assignment.id).where(Assignment.course_id.in_(courses))
    stale = update(ScoringRun).where(ScoringRun.assignment_id.in_(assignments)).values(stamp="")
    session.execute(stale.execution_options(synchronize_session=False))


def _fields(account: Account) -> dict[str, Any]:
    return {name: getattr(account, name) for name in ("name", "email", "may_create_courses", "is_admin")}


def _take_fields(kept: Account, gone: Account) -> None:
    kept.name, kept.email = kept.name or gone.name, kept.email or gone.email
    kept.may_create_courses = kept.may_create_courses or gone.may_create_courses
    kept.is_admin = kept.is_admin or gone.is_admin


def undo(viewer: Viewer, row: PersonMerge) -> None:
    """Make them two again: what had moved goes back, what was written since stays with the one who stayed."""
    if row.undone_at is not None or not row.moved or row.created_at < now() - UNDONE_WITHIN:
        raise Conflict(_("This can be undone for 30 days, and once."), "too_late")
    kept, gone = session.get_one(Account, row.kept_id), session.get_one(Account, row.gone_id)
    if kept.erased_at or gone.erased_at:
        raise Conflict(_("One of the two was erased since."), "erased")
    for name, column_name, keys in row.moved["rows"]:
        _give_back(Model.metadata.tables[name], column_name, keys, kept.id, gone.id)
    for name, column_name, keys in row.moved["audiences"]:
        _give_back(Model.metadata.tables[name], column_name, keys, f"user:{kept.id}", f"user:{gone.id}")
    _mentions_back(row.moved["mentions"], kept.id, gone.id)
    session.expire_all()
    _templates_back(row.moved.get("templates", []))
    _enrollments_back(row.moved["enrollments"])
    _stale_scores(kept.id, gone.id)
    _fields_back(kept, gone, row)
    row.undone_at, row.moved = now(), {}
    signing_in.end_all(kept, viewer.account_id)  # whoever came in as the other one signs in anew
    _record(viewer, "account.merge_undone", row)


def _give_back(table: Table, column_name: str, keys: _Keys, kept: str, gone: str) -> None:
    """Only rows that still name whom they were given to; a key that names the person leads to the row itself."""
    column = table.c[column_name]
    names = [one.name for one in table.primary_key.columns]
    statement = (
        update(table)
        .where(column == kept, *(table.c[name] == bindparam(f"key_{name}") for name in names))
        .values({column_name: gone})
    )
    session.connection().execute(statement, [{f"key_{name}": key[name] for name in names} for key in keys])


def _mentions_back(ids: list[str], kept: str, gone: str) -> None:
    for start in range(0, len(ids), 500):
        for row in session.scalars(select(Annotation).where(Annotation.id.in_(ids[start : start + 500]))):
            row.mentions = [gone if one == kept else one for one in row.mentions]
    session.flush()


def _enrollments_back(before: _Keys) -> None:
    for one in before:
        row = session.get(Enrollment, one["id"])
        if row is not None:
            row.role, row.section_id = one["role"], one["section_id"]
            row.ended_at = datetime.fromisoformat(one["ended_at"]) if one["ended_at"] else None
    session.flush()


def _fields_back(kept: Account, gone: Account, row: PersonMerge) -> None:
    before = row.moved["kept"]
    if kept.email == gone.email:
        kept.email = before["email"]
    if kept.name == gone.name:
        kept.name = before["name"]
    kept.may_create_courses = before["may_create_courses"]
    kept.is_admin = before.get("is_admin", kept.is_admin)  # merges of earlier versions had no admins
    gone.merged_into_id = None
    if gone.suspended_at == datetime.fromisoformat(row.moved["moment"]):
        gone.suspended_at = None


def forget_old() -> None:
    """What moved is forgotten once it cannot be undone any more."""
    old = update(PersonMerge).where(PersonMerge.created_at < now() - UNDONE_WITHIN)
    session.execute(old.values(moved={}))


def _record(viewer: Viewer, action: str, row: PersonMerge) -> None:
    audit.record(
        action,
        school_id=row.school_id,
        actor_id=viewer.account_id,
        object_id=row.kept_id,
        gone_id=row.gone_id,
    )
