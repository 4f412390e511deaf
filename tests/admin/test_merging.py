"""Two accounts of one person become one, and two again."""

import pytest
from sqlalchemy import select

from app.accounts.models import Account, Identity
from app.annotations.models import Annotation
from app.core import personal
from app.core.db import Model, session, unit_of_work
from app.core.ids import now
from app.courses.models import Enrollment
from app.upkeep.models import PersonMerge
from app.upkeep.operations import merging, personal_data
from tests import factories

QUOTE = {"type": "TextQuoteSelector", "exact": "its speed changes"}


def write(cast, person, body, **more):
    fields = {"body": body, "motivation": "commenting", "target": {"selector": [QUOTE]}} | more
    answer = person.post(f"/v1/assignments/{cast.assignment.id}/annotations", json=fields)
    assert answer.status_code == 201, answer.get_json()
    return answer.get_json()["id"]


def bodies(cast, person):
    found = person.get(f"/v1/assignments/{cast.assignment.id}/annotations").get_json()["items"]
    return {one["body"] for one in found}


def merge(admin, kept, gone):
    path = f"/admin/people/{kept.id}/merge"
    answer = admin.send(path, form=f"{path}?other={gone.id}", other=gone.id)
    session.expire_all()
    return answer


def undo(admin, kept):
    row = session.scalar(
        select(PersonMerge).where(PersonMerge.kept_id == kept.id).order_by(PersonMerge.id.desc())
    )
    answer = admin.send(f"/admin/merges/{row.id}/undo", form=f"/admin/people/{kept.id}")
    session.expire_all()
    return answer


def everything(account_id):
    """Each row that names a person, in every table that is merged: table, column, key."""
    return {
        (table.name, column.name, tuple(str(row[key.name]) for key in table.primary_key.columns))
        for table, column in merging.holders()
        for row in session.execute(select(table).where(column == account_id)).mappings()
        if table.name != "person_merge"
    }


def test_all_work_moves_and_comes_back(admin, cast):
    mine = write(cast, cast.ana, "Said as Ana.")
    write(cast, cast.bob, "Said as Bob.")
    cast.bob.put(f"/v1/annotations/{mine}/endorsements/helpful")
    before = everything(cast.ana.id), everything(cast.bob.id)
    assert merge(admin, cast.ana, cast.bob).status_code == 303
    rows = session.scalars(select(Annotation.creator_id)).all()
    assert set(rows) == {cast.ana.id}
    assert session.get(Account, cast.bob.id).suspended_at is not None, "the account that went lets nobody in"
    assert undo(admin, cast.ana).status_code == 303
    assert (everything(cast.ana.id), everything(cast.bob.id)) == before
    assert session.get(Account, cast.bob.id).suspended_at is None


def test_both_in_one_course_is_one_enrollment_with_the_stronger_role(admin, cast):
    assert merge(admin, cast.ana, cast.assistant).status_code == 303
    rows = session.scalars(select(Enrollment).where(Enrollment.course_id == cast.course.id)).all()
    found = {row.account_id: (row.role, row.ended_at is None) for row in rows}
    assert found[cast.ana.id] == ("assistant", True)
    assert found[cast.assistant.id][1] is False
    undo(admin, cast.ana)
    rows = session.scalars(select(Enrollment).where(Enrollment.course_id == cast.course.id)).all()
    found = {row.account_id: (row.role, row.ended_at is None) for row in rows}
    assert (found[cast.ana.id], found[cast.assistant.id]) == (("student", True), ("assistant", True))


def test_a_course_of_the_one_who_goes_comes_along(admin, cast):
    merge(admin, cast.ana, cast.eve)
    titles = {one["title"] for one in cast.ana.get("/v1/courses").get_json()["items"]}
    assert titles == {"Optics 7B", "Waves 8A"}


def test_private_notes_stay_readable_for_their_writer_alone(admin, cast):
    note = write(cast, cast.bob, "Only for me.")
    with unit_of_work():
        session.get(Annotation, note).audience = f"user:{cast.bob.id}"
    merge(admin, cast.ana, cast.bob)
    assert "Only for me." in bodies(cast, cast.ana)
    assert "Only for me." not in bodies(cast, cast.teacher)
    undo(admin, cast.ana)
    assert "Only for me." not in bodies(cast, cast.ana)
    assert "Only for me." in bodies(cast, cast.bob)


def test_two_votes_count_once(admin, cast):
    note = write(cast, cast.teacher, "Look here.")
    for person in (cast.ana, cast.bob):
        person.put(f"/v1/annotations/{note}/endorsements/helpful")
    assert merge(admin, cast.ana, cast.bob).status_code == 303


def test_mentions_name_the_one_who_stays(admin, cast):
    note = write(cast, cast.teacher, "Look here.")
    with unit_of_work():
        session.get(Annotation, note).mentions = [cast.bob.id, cast.eve.id]
    merge(admin, cast.ana, cast.bob)
    assert session.get(Annotation, note).mentions == [cast.ana.id, cast.eve.id]
    undo(admin, cast.ana)
    assert session.get(Annotation, note).mentions == [cast.bob.id, cast.eve.id]


def test_ways_to_sign_in_move_but_one_password_is_enough(admin, cast):
    with unit_of_work():
        for person, provider in ((cast.ana, "password"), (cast.bob, "password"), (cast.bob, "oidc:x")):
            factories.add(
                Identity(
                    account_id=person.id, school_id=cast.school.id, provider=provider, subject=person.name
                )
            )
    merge(admin, cast.ana, cast.bob)
    rows = session.scalars(select(Identity).where(Identity.account_id == cast.ana.id)).all()
    assert {(row.provider, row.subject) for row in rows} == {
        ("password", "Ana Pires"),
        ("oidc:x", "Bob Oduya"),
    }


def test_who_cannot_be_merged(admin, cast):
    assert merge(admin, cast.ana, cast.admin).status_code == 403, "a pupil does not become an admin by a slip"
    assert merge(admin, cast.ana, cast.ana).status_code in (403, 422, 400)
    own = session.scalar(select(Account).where(Account.name == "Ada Other"))
    assert merge(admin, cast.admin, own).status_code == 403, "nobody merges themselves away"
    with unit_of_work():
        session.get(Account, cast.bob.id).suspended_at = now()
    assert merge(admin, cast.ana, cast.bob).status_code == 409


def test_people_of_another_school_are_not_known(admin, stranger, cast):
    other = session.scalar(select(Account).where(Account.name == "Vic Vale"))
    page = admin.get(f"/admin/people/{cast.ana.id}/merge?other={other.id}").get_data(as_text=True)
    assert "Nobody here has this address" in page
    assert stranger.get(f"/admin/people/{cast.ana.id}/merge?other={cast.bob.id}").status_code == 404


def test_it_is_undone_once_and_within_thirty_days(admin, cast):
    merge(admin, cast.ana, cast.bob)
    assert undo(admin, cast.ana).status_code == 303
    row = session.scalar(select(PersonMerge))
    assert admin.send(f"/admin/merges/{row.id}/undo", form="/admin").status_code == 409
    merge(admin, cast.ana, cast.bob)
    with unit_of_work():
        row = session.scalar(select(PersonMerge).where(PersonMerge.undone_at.is_(None)))
        row.created_at = now() - merging.UNDONE_WITHIN - merging.UNDONE_WITHIN
    with unit_of_work():
        merging.forget_old()
    session.expire_all()
    assert session.get(PersonMerge, row.id).moved == {}
    assert admin.send(f"/admin/merges/{row.id}/undo", form="/admin").status_code == 409


def test_erasing_the_one_who_stayed_erases_both(admin, cast):
    merge(admin, cast.ana, cast.bob)
    with unit_of_work():
        assert personal_data.export_person(session.get(Account, cast.ana.id))["merged"]
        personal_data.erase_person(session.get(Account, cast.ana.id))
    session.expire_all()
    assert [session.get(Account, one.id).name for one in (cast.ana, cast.bob)] == ["", ""]


@pytest.mark.parametrize("table", sorted(set(personal.REGISTRY) - merging.STAYS))
def test_every_column_that_names_a_person_is_merged(app, table):
    entry = personal.REGISTRY[table]
    named = set(entry.pointers.split()) | (
        {entry.owner.column} if entry.owner and not entry.owner.table else set()
    )
    found = {column.name for holder, column in merging.holders() if holder.name == table}
    assert named <= found
    assert found <= {column.name for column in Model.metadata.tables[table].columns}
