"""The admin's page."""

from app.accounts.models import Account
from app.core.db import session
from tests.accounts.browser import Browser
from tests.accounts.conftest import PASSWORD


def decide(admin, account_id, what, value="1"):
    answer = admin.send(f"/admin/people/{account_id}/{what}", form="/admin", value=value)
    session.expire_all()
    return answer


def test_only_admins_open_it(cast):
    assert cast.teacher.get("/admin").status_code == 403
    assert cast.admin.get("/admin").status_code == 200


def test_an_admin_lets_somebody_create_courses(admin, cast):
    assert cast.bob.post("/v1/courses", json={"title": "Mine"}).status_code == 403
    decide(admin, cast.bob.id, "creates-courses")
    assert cast.bob.post("/v1/courses", json={"title": "Mine"}).status_code == 201


def test_an_admin_locks_somebody_out_at_once(app, admin, cast, nora):
    computer = Browser(app)
    computer.sign_in("nora@school.example", PASSWORD)
    decide(admin, nora.id, "suspended")
    assert not computer.is_signed_in
    decide(admin, nora.id, "suspended", value="")
    assert not computer.is_signed_in
    assert computer.sign_in("nora@school.example", PASSWORD).status_code == 303


def test_an_admin_never_locks_themselves_out(admin, cast):
    own = next(row for row in session.query(Account) if row.name == "Ada Other")
    assert decide(admin, own.id, "suspended").status_code == 403
    assert decide(admin, own.id, "admin", value="").status_code == 403


def test_the_admin_of_another_school_is_a_stranger(stranger, cast):
    assert "Ana Pires" not in stranger.get("/admin").get_data(as_text=True)
    assert decide(stranger, cast.ana.id, "suspended").status_code == 404


def test_an_admin_searches_people(admin, cast):
    page = admin.get("/admin?q=oduy").get_data(as_text=True)
    assert "Bob Oduya" in page
    assert "Ana Pires" not in page


def test_the_help_text_of_the_school_is_for_everybody(app, admin, cast):
    admin.send("/admin/school", form="/admin", name="Hill School", help_text="Call <b>Ms Lee</b>.")
    page = Browser(app).get("/help").get_data(as_text=True)
    assert "Call &lt;b&gt;Ms Lee&lt;/b&gt;." in page


def test_an_admin_makes_a_slip_for_anybody(app, admin, nora):
    page = decide(admin, nora.id, "slip").get_data(as_text=True)
    code = page.split("<dt>Code</dt><dd><code>")[1].split("<")[0]
    computer = Browser(app)
    assert computer.sign_in("nora@school.example", PASSWORD).status_code == 422
    assert computer.sign_in("nora@school.example", code).location == "/choose-password"
