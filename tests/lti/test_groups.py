"""Sections and groups of the LMS become sections and group sets here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.accounts.models import Account
from app.core.db import session, unit_of_work
from app.courses.models import Enrollment, Group, GroupMember, GroupSet, Section
from app.lti import jobs
from app.lti.models import Context, ResourceLink
from app.lti.operations import inviting
from app.lti.protocol import groups
from app.lti.protocol.names import GROUPS, GROUPS_READ, LIS

from .lms import reply

GROUPS_OF_LMS = [
    {"id": "g1", "name": "Lab A", "set_id": "s1"},
    {"id": "g2", "name": "Lab B", "set_id": "s1"},
    {"id": "g3", "name": "Readers"},
    {"id": "g4", "name": "Secret", "set_id": "s1", "hidden": True},
]


def learner(subject: str, *ids: str):
    places = [{"group_id": one} for one in ids]
    return {"user_id": subject, "name": subject.title(), "roles": ["Learner"], "group_enrollments": places}


def fetch():
    session.expunge_all()
    jobs.fetch_roster.now(session.scalars(select(Context.id)).one())
    session.expunge_all()


def groups_here() -> dict[str, dict[str, list[str]]]:
    session.expunge_all()
    rows = session.execute(
        select(GroupSet.name, Group.name, Account.name)
        .join(Group, Group.group_set_id == GroupSet.id)
        .join(GroupMember, GroupMember.group_id == Group.id)
        .join(Account, Account.id == GroupMember.account_id)
        .where(GroupSet.course_id == session.scalars(select(Context.course_id)).one())
        .order_by(Account.name)
    )
    found: dict[str, dict[str, list[str]]] = {}
    for set_name, group, person in rows:
        found.setdefault(set_name, {}).setdefault(group, []).append(person)
    return found


def section_of(name: str) -> str | None:
    session.expunge_all()
    course_id = session.scalars(select(Context.course_id)).one()
    return session.scalar(
        select(Section.name)
        .join(Enrollment, Enrollment.section_id == Section.id)
        .join(Account, Account.id == Enrollment.account_id)
        .where(Enrollment.course_id == course_id, Account.name == name)
    )


@pytest.fixture
def service(lee, lms):
    """An LMS with a Course Groups Service, in two pages."""

    def serve(call):
        if call.path == "/groups":
            second = call.query.get("page") == ["2"]
            more = {} if second else {"Link": f'<{lms.address}/groups?page=2>; rel="next"'}
            return reply({"groups": GROUPS_OF_LMS[2:] if second else GROUPS_OF_LMS[:2]}, 200, **more)
        if call.path == "/sets":
            return reply({"sets": [{"id": "s1", "name": "Labs"}]})
        return None

    lms.behave = serve
    lms.members = [
        {"user_id": "lee-1", "name": "Ms Lee", "roles": ["Instructor"]},
        learner("ana-7", "g1", "g2", "g3"),
        learner("bob-1", "g2", "g4"),
        learner("cem-1"),
    ]
    said = {"context_groups_url": f"{lms.address}/groups", "context_group_sets_url": f"{lms.address}/sets"}
    lee.as_teacher(**{GROUPS: said | {"scope": [GROUPS_READ], "service_versions": ["1.0"]}})
    return lms


@pytest.mark.lti(row=32)
def test_the_groups_service_fills_group_sets(service):
    fetch()
    assert groups_here() == {
        "Labs": {"Lab A": ["Ana-7"], "Lab B": ["Bob-1"]},
        "Groups of the LMS": {"Readers": ["Ana-7"]},
    }
    assert GROUPS_READ in service.asked_for
    service.members[1] = learner("ana-7", "g2")
    fetch()
    assert groups_here()["Labs"] == {"Lab B": ["Ana-7", "Bob-1"]}
    with unit_of_work():  # what the teacher calls them is kept
        session.scalars(select(GroupSet).where(GroupSet.name == "Labs")).one().name = "Tables"
    fetch()
    assert set(groups_here()) == {"Tables", "Groups of the LMS"}


@pytest.mark.lti(row=32)
def test_groups_that_cannot_be_read_do_not_keep_the_class_list_away(service):
    good = service.behave
    odd = [(403, {}, b""), (200, {}, b"[]"), (200, {}, b'{"groups": [7, {"id": []}, {"name": "x"}]}')]
    for answer in odd:
        service.behave = lambda call, answer=answer: answer if call.path == "/groups" else good(call)
        fetch()
        context = session.scalars(select(Context)).one()
        assert (context.roster_problem, context.roster_count) == ("", 4)
        assert groups_here() == {}


@pytest.mark.lti(row=32)
def test_groups_service_on_another_host_is_never_asked(lee, lms):
    lee.as_teacher(**{GROUPS: {"context_groups_url": "https://evil.example/g"}})
    assert session.scalars(select(Context)).one().groups_url == ""


@pytest.fixture
def opened(lee):
    """The teacher's link opens the course."""
    lee.as_teacher(custom={"sections": '["7B"]'})
    with unit_of_work():
        session.scalars(select(ResourceLink)).one().opens = "course"


@pytest.mark.lti(row=32)
def test_a_launch_names_groups_by_id(opened, ana):
    ana.launch(custom={"groups": "3,7"})  # what Moodle makes of $Moodle.Person.userGroupIds
    assert groups_here() == {"Groups of the LMS": {"Group 3": ["Ana Pires"]}}
    ana.launch(custom={"groups": "7"})
    assert groups_here() == {"Groups of the LMS": {"Group 7": ["Ana Pires"]}}
    ana.launch(custom={"groups": "$Moodle.Person.userGroupIds"})  # not known there: says nothing
    assert groups_here() == {"Groups of the LMS": {"Group 7": ["Ana Pires"]}}


@pytest.mark.lti(row=32)
def test_a_launch_names_the_section_and_the_teacher_may_move_people(opened, ana):
    assert section_of("Ms Lee") is None  # sections are for students
    ana.launch(custom={"sections": '["7B morning", "Choir"]'})
    assert section_of("Ana Pires") == "7B morning"
    with unit_of_work():
        row = session.scalars(select(Enrollment).join(Account).where(Account.name == "Ana Pires")).all()
        for one in row:
            one.section_id = None
    ana.launch(custom={"sections": '["7B morning", "Choir"]'})
    assert section_of("Ana Pires") is None  # the LMS said nothing new
    ana.launch(**{LIS: {"course_section_sourcedid": "7B-afternoon"}})
    assert section_of("Ana Pires") == "7B-afternoon"


@pytest.mark.lti(row=32)
@pytest.mark.lti(row=33)
@pytest.mark.parametrize("offers", [True, False])
def test_the_right_to_read_groups_is_asked_for_only_where_it_is_offered(app, cast, lms, offers):
    from app.courses.queries import viewer_of

    configuration = reply(
        {
            "issuer": lms.address,
            "authorization_endpoint": f"{lms.address}/auth",
            "token_endpoint": f"{lms.address}/token",
            "jwks_uri": f"{lms.address}/jwks",
            "registration_endpoint": f"{lms.address}/register",
            "scopes_supported": [GROUPS_READ] if offers else [],
        }
    )
    lms.behave = lambda call: configuration if call.path == "/openid" else None
    with unit_of_work():
        token = inviting.invite(viewer_of(cast.admin.account))
    app.test_client().get(f"/lti/register/{token}?openid_configuration={lms.address}/openid")
    assert (GROUPS_READ in lms.registered["scope"].split()) is offers


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda part: (
        st.lists(part, max_size=4)
        | st.dictionaries(
            st.sampled_from(["groups", "sets", "id", "name", "set_id", "hidden"]), part, max_size=4
        )
    ),
    max_leaves=12,
)


@given(JSON, st.text(max_size=40))
def test_whatever_an_lms_says_of_groups_is_read_or_left(said, text):
    for group in groups.groups_of(said):
        assert 0 < len(group.id) <= 255
        assert 0 < len(group.name) <= 80
    assert all(groups.sets_of(said))
    assert all(groups.enrolled_in(said))
    for custom in ({"groups": text}, {"groups": f"[{text}"}, {"sections": text}):
        assert all(groups.groups_in(custom))
        assert len(groups.section_in(custom, {"course_section_sourcedid": said})) <= 80
