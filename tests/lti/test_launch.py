"""Launching: who gets in, as what, and to which page."""

import pytest
from sqlalchemy import select

from app.accounts.models import Account, Identity
from app.core.db import session, unit_of_work
from app.courses.models import Course, Enrollment
from app.lti.models import Context, Deployment, ResourceLink
from tests import factories

from .lms import ROLE

INSTITUTION = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#"
TEST_USER = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser"


def course() -> Course:
    session.expunge_all()
    return session.scalars(
        select(Course).where(Course.title == "Optics 7B", Course.join_open.is_(False))
    ).one()


def roles() -> dict[str, str]:
    rows = session.execute(
        select(Account.name, Enrollment.role)
        .join(Enrollment, Enrollment.account_id == Account.id)
        .where(Enrollment.course_id == course().id)
    )
    return {name: role for name, role in rows}


@pytest.fixture
def linked(lee):
    """The teacher has set the link up: it opens an assignment of the course that the launch made."""
    place = lee.as_teacher().headers["Location"]
    with unit_of_work():
        made = course()
        assignment = factories.assignment(made, factories.document(made), title="Refraction")
        link = session.scalars(select(ResourceLink)).one()
        link.opens, link.assignment_id = "assignment", assignment.id
        assignment_id = assignment.id
    session.expunge_all()
    assert place.startswith("/lti/links/")
    return assignment_id


@pytest.mark.lti(row=1)
def test_login_takes_get_and_post(ana, lms):
    sent = {"iss": lms.address, "login_hint": "7", "target_link_uri": "http://localhost/lti/launch"}
    sent["lti_deployment_id"] = lms.deployment_id
    for answer in (ana.client.get("/lti/login", query_string=sent), ana.client.post("/lti/login", data=sent)):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(f"{lms.address}/auth?")


@pytest.mark.lti(row=1)
def test_login_needs_three_parameters(ana):
    for missing in ("iss", "login_hint", "target_link_uri"):
        answer = ana.login(**{missing: None})
        assert answer.status_code == 400
        assert "login_incomplete" in answer.get_data(as_text=True)


@pytest.mark.lti(row=1)
def test_the_hints_go_back_to_the_lms_untouched(ana):
    asked = ana.asked(lti_message_hint='{"launchid": "ltilaunch_7_1"}', login_hint="a b&c")
    assert (asked["lti_message_hint"], asked["login_hint"]) == ('{"launchid": "ltilaunch_7_1"}', "a b&c")
    assert (asked["response_type"], asked["response_mode"], asked["prompt"]) == (
        "id_token",
        "form_post",
        "none",
    )
    assert asked["redirect_uri"] == "http://localhost/lti/launch"


@pytest.mark.lti(row=14)
def test_a_teacher_makes_the_course_and_a_student_finds_the_reading(ana, linked):
    answer = ana.launch()
    assert answer.headers["Location"] == f"/assignments/{linked}"
    assert ana.get(f"/assignments/{linked}").status_code == 200
    assert roles() == {"Ms Lee": "teacher", "Ana Pires": "student"}


def test_a_student_who_comes_first_is_told_what_to_do(ana):
    answer = ana.launch()
    assert answer.status_code == 404
    assert "course_not_set_up" in answer.get_data(as_text=True)


def test_a_draft_is_not_open_yet(ana, linked, cast):
    from app.assignments.models import Assignment

    with unit_of_work():
        session.get_one(Assignment, linked).state = "draft"
    answer = ana.launch()
    assert answer.status_code == 403
    assert "not_open_yet" in answer.get_data(as_text=True)


@pytest.mark.lti(row=16)
def test_the_same_person_comes_back_as_the_same_account(ana, browser_of, linked):
    ana.launch()
    browser_of().launch(name="Ana P. Pires", email="new@school.example")
    found = session.scalars(select(Account).join(Identity).where(Identity.provider.like("lti:%"))).all()
    assert sorted(account.name for account in found) == ["Ana P. Pires", "Ms Lee"]


@pytest.mark.lti(row=16)
def test_an_e_mail_address_links_nobody(ana, linked, cast):
    with unit_of_work():
        session.get_one(Account, cast.admin.id).email = "ana@school.example"
    ana.launch()
    me = ana.get("/api/v1/me").get_json()
    assert me["id"] != cast.admin.id


MEANINGS: tuple[tuple[object, str], ...] = (
    ([f"{ROLE}Instructor"], "teacher"),
    (["Instructor"], "teacher"),
    (["urn:lti:role:ims/lis/Instructor"], "teacher"),
    ([f"{ROLE}Learner"], "student"),
    (["Learner"], "student"),
    ([f"{ROLE}ContentDeveloper"], "teacher"),
    ([f"{ROLE[:-1]}/Instructor#TeachingAssistant", f"{ROLE}Instructor"], "assistant"),
    (["urn:lti:role:ims/lis/TeachingAssistant"], "assistant"),
    ([f"{ROLE[:-1]}/Learner#GuestLearner"], "student"),
    ([f"{ROLE}Instructor", f"{ROLE}Learner"], "teacher"),
    ([f"{INSTITUTION}Instructor"], "student"),
    ([f"{INSTITUTION}Administrator"], "observer"),
    ([f"{INSTITUTION}Administrator", f"{ROLE}Instructor"], "teacher"),
    ([], "student"),
    (None, "student"),
    (["http://example.org/Wizard", "", "#"], "student"),
    ([TEST_USER, f"{ROLE}Learner"], "student"),
)


@pytest.mark.lti(row=15)
def test_what_roles_mean(ana, linked):
    for number, (given, role) in enumerate(MEANINGS):
        answer = ana.launch(sub=f"odd-{number}", name=f"Odd {number}", roles=given)
        assert answer.status_code == 303, (given, answer.get_data(as_text=True))
        assert roles()[f"Odd {number}"] == role, given


ODD_BUT_LEGAL: tuple[dict[str, object], ...] = (
    {"sub": None},
    {"name": None},
    {"email": None},
    {"name": None, "email": None},
    {"name": None, "given_name": "Ana", "family_name": "Pires"},
    {"email": "not an address"},
    {"name": "x" * 900},
    {"name": "A\u202eB\nC"},
    {"sub": "s" * 255},
    {"launch_presentation": None},
    {"tool_platform": None},
    {"custom": {"x": "$Context.id.history", "y": 7}},
    {"locale": "de-DE"},
    {"http://example.org/unknown": {"a": 1}},
    {"https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice": None},
)


@pytest.mark.lti(row=14)
def test_legal_oddities_are_let_in(browser_of, linked):
    for changes in ODD_BUT_LEGAL:
        someone = browser_of()
        answer = someone.launch(**changes)
        assert answer.status_code == 303, (changes, answer.get_data(as_text=True))
        assert someone.get(answer.headers["Location"]).status_code == 200, changes


@pytest.mark.lti(row=14)
def test_a_launch_without_a_course_belongs_to_its_link(lee):
    answer = lee.as_teacher(context=None)
    assert answer.status_code == 303
    assert session.scalars(select(Context)).one().context_id == "link:link-1"


@pytest.mark.lti(row=7)
def test_an_unknown_deployment_waits_for_an_admin_and_then_works(lee, cast, registration):
    answer = lee.as_teacher(deployment_id="brand-new")
    assert answer.status_code == 403
    assert "deployment_pending" in answer.get_data(as_text=True)
    waiting = session.scalars(select(Deployment).where(Deployment.deployment_id == "brand-new")).one()
    assert waiting.state == "pending"
    page = cast.admin.get(f"/admin/lti/{registration.id}").get_data(as_text=True)
    assert "brand-new" in page
    path = f"/admin/lti/{registration.id}/deployments/{waiting.id}"
    assert cast.admin.post(path, data={"value": "active"}).status_code == 303
    assert lee.as_teacher(deployment_id="brand-new").status_code == 303


@pytest.mark.lti(row=7)
def test_new_deployments_may_be_let_in_by_policy(lee, registration):
    with unit_of_work():
        session.merge(registration).accepts_deployments = True
    assert lee.as_teacher(deployment_id="brand-new").status_code == 303


@pytest.mark.lti(row=8)
def test_two_registrations_of_one_issuer_are_told_apart(ana, lee, lms, cast, linked):
    second = lms.values() | {"client_id": "client-2", "deployments": "deployment-2"}
    assert cast.admin.post("/admin/lti", data=second).status_code == 303
    assert ana.login(client_id=None).status_code == 400  # which one is meant?
    lms.client_id, lms.deployment_id = "client-2", "deployment-2"
    assert lee.as_teacher().status_code == 303
    people = session.scalars(select(Identity.subject).where(Identity.subject == "lee-1")).all()
    assert len(people) == 2  # the same subject at another registration is another person
    assert len(session.scalars(select(Context)).all()) == 2


def test_who_is_locked_out_stays_out(ana, linked):
    from app.core.ids import now

    ana.launch()
    with unit_of_work():
        session.scalars(
            select(Account).where(Account.name == "Ana Pires", Account.email == "ana@school.example")
        ).one().suspended_at = now()
    assert ana.launch().status_code == 403


def test_who_left_comes_back_when_the_lms_says_so(ana, linked):
    from app.core.ids import now

    ana.launch()
    with unit_of_work():
        session.scalars(
            select(Enrollment).where(Enrollment.course_id == course().id, Enrollment.role == "student")
        ).one().ended_at = now()
    assert ana.launch().status_code == 303
    assert ana.get(f"/assignments/{linked}").status_code == 200


@pytest.mark.lti(row=10)
def test_addresses_of_other_hosts_are_not_kept(lee):
    for url in ("https://evil.example/x", "javascript:alert(1)", "http://user@127.0.0.1/", "//evil"):
        claims = {
            "launch_presentation": {"return_url": url},
            "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice": {
                "context_memberships_url": url
            },
        }
        assert lee.as_teacher(**claims).status_code == 303
        context = session.scalars(select(Context)).one()
        assert (context.return_url, context.members_url) == ("", "")


@pytest.mark.lti(row=13)
def test_an_error_of_the_lms_gets_a_page(ana):
    asked = ana.asked()
    answer = ana.post({"state": asked["state"], "error": "access_denied", "error_description": "<b>no</b>"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "platform_said" in page
    assert "<b>no</b>" not in page
