"""A roster is asked of a OneRoster service, whatever the service does."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from app.accounts.models import Account
from app.core.db import session, unit_of_work
from app.core.jobs import run_pending
from app.sis import jobs, service
from app.sis.models import RosterImport, RosterPerson, RosterService
from tests import factories

from .serving import BASE, enrolled, person, school, serve


@pytest.fixture
def there(app, monkeypatch):
    """A service on loopback that the operator has named; nobody waits for it."""
    roster, server = serve()
    app.config["SETTINGS"].on_premise_hosts = roster.address
    roster.waited = []
    monkeypatch.setattr(service, "wait", roster.waited.append)
    yield roster
    server.shutdown()
    server.server_close()


def connect(desk, there, **changes):
    fields = {
        "base_url": f"{there.address}{BASE}",
        "token_url": f"{there.address}/token",
        "client_id": "foreword",
    }
    answer = desk.admin.post(
        "/admin/rosters/service", data=fields | {"client_secret": "a quiet word"} | changes
    )
    session.expire_all()
    return answer


def ask(desk):
    desk.admin.post("/admin/rosters/service/ask")
    run_pending()
    session.expire_all()
    row = session.scalar(select(RosterService))
    return session.get(RosterImport, row.import_id) if row.import_id and not row.problem else row


def bring(desk, there):
    connect(desk, there)
    found = ask(desk)
    assert getattr(found, "state", None) == "ready", (found.problem, found.problem_value)
    desk.take_over(found, sure="1")
    return session.get(RosterImport, found.id, populate_existing=True)


def people():
    return session.scalar(select(func.count(RosterPerson.id)).where(RosterPerson.left_at.is_(None)))


def test_what_the_service_says_is_looked_at_and_taken_over(desk, there):
    found = bring(desk, there)
    assert (found.state, people()) == ("done", 4)
    tess = session.scalar(select(Account).where(Account.name == "Tess Reed"))
    assert tess.may_create_courses
    page = desk.admin.get("/admin/rosters").get_data(as_text=True)
    assert there.address in page
    assert "a quiet word" not in page


def test_only_what_changed_is_asked_for_next_time_and_everything_after_a_week(desk, there):
    bring(desk, there)
    there.asked.clear()
    later = (datetime.now(UTC) + timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    there.records["users"].append(person("p9", "New", dateLastModified=later))
    there.records["users"][1] |= {"status": "tobedeleted", "dateLastModified": later}
    found = ask(desk)
    assert any("filter=dateLastModified" in one for one in there.asked if "/users" in one)
    assert found.summary["counts"]["new_people"] == 1
    assert found.summary["counts"]["left_people"] == 1
    desk.take_over(found, sure="1")
    with unit_of_work():
        session.execute(update(RosterService).values(whole_at=datetime.now(UTC) - timedelta(days=8)))
    there.asked.clear()
    ask(desk)
    assert not any("filter" in one for one in there.asked)


def test_after_what_was_not_taken_over_everything_is_asked_again(desk, there):
    connect(desk, there)
    first = ask(desk)
    there.asked.clear()
    assert ask(desk).state == "ready"
    assert session.get(RosterImport, first.id, populate_existing=True).state == "dropped"
    assert not any("filter" in one for one in there.asked)


def test_short_pages_lose_nobody(desk, there):
    there.most, there.records = 2, school(9)
    bring(desk, there)
    assert people() == 10


@pytest.mark.parametrize("total", [0, 3, 99])
def test_a_wrong_total_loses_nobody(desk, there, total):
    there.total, there.most, there.records = total, 2, school(9)
    bring(desk, there)
    assert people() == 10


def test_pages_that_name_the_next(desk, there):
    there.links, there.most, there.records = True, 2, school(9)
    bring(desk, there)
    assert people() == 10


def test_an_end_that_is_not_found(desk, there):
    there.after_end, there.most, there.records = 404, 2, school(9)
    bring(desk, there)
    assert people() == 10


def test_an_end_too_early_is_told(desk, there):
    there.after_end, there.total = 404, 500
    connect(desk, there)
    assert ask(desk).problem == "service_short"


def test_a_service_without_pages_is_not_asked_for_ever(desk, there):
    there.knows_pages = False
    bring(desk, there)
    assert people() == 4
    assert len(there.asked) <= 12


def test_a_service_that_never_ends(desk, there, monkeypatch):
    monkeypatch.setattr(service, "MOST_PAGES", 5)
    endless = iter(range(10_000))
    there.body = lambda kind, page: {kind: [{"sourcedId": f"x{next(endless)}", "status": "active"}]}
    connect(desk, there)
    assert ask(desk).problem == "service_endless"


def test_ids_that_come_twice_count_once(desk, there):
    there.records["users"] *= 2
    there.records["enrollments"] *= 2
    bring(desk, there)
    assert people() == 4


def test_a_token_that_runs_out_midway_is_renewed(desk, there):
    there.expires_after, there.most = 4, 2
    bring(desk, there)
    assert (people(), there.tokens) == (4, 2)


def test_a_service_that_stumbles_is_asked_again(desk, there):
    there.stumbles = [(500, {}), (503, {"Retry-After": "7"}), (429, {"Retry-After": "2"})]
    bring(desk, there)
    assert there.waited == [1, 7, 2]


def test_a_service_that_lies_down_is_told(desk, there):
    connect(desk, there)
    there.stumbles = [(500, {})] * 9
    row = ask(desk)
    assert row.problem == "service_stumbles"
    assert "failed several times" in desk.admin.get("/admin/rosters").get_data(as_text=True)


def test_a_service_that_wants_us_to_wait_long_is_not_waited_for(desk, there):
    connect(desk, there)
    there.stumbles = [(429, {"Retry-After": "3600"})]
    assert (ask(desk).problem, there.waited) == ("service_later", [])


@pytest.mark.parametrize("status", [400, 401, 500])
def test_credentials_that_are_refused(desk, there, status):
    there.token_status = status
    connect(desk, there)
    assert ask(desk).problem == "service_refuses"


STRANGE = {
    "no list": lambda kind, page: {kind: {"sourcedId": "x"}},
    "another name": lambda kind, page: {"other": page},
    "words in the list": lambda kind, page: {kind: ["x"]},
    "a list": lambda kind, page: page,
    "no JSON": lambda kind, page: b"<html>",
    "too deep": lambda kind, page: b"[" * 200_000,
}


@pytest.mark.parametrize("name", sorted(STRANGE))
def test_what_is_no_page_is_told(desk, there, name):
    there.body = STRANGE[name]
    connect(desk, there)
    assert ask(desk).problem == "service_strange"


def test_the_next_page_is_never_asked_of_another_host(desk, there):
    there.links, there.most, there.next_host = True, 2, "http://127.0.0.1:9"
    connect(desk, there)
    row = ask(desk)
    assert (row.problem, row.problem_value) == ("service_unreachable", "foreign_host")


def test_fields_that_are_missing_or_strange(desk, there):
    one = person("p7", "Line\nbreak\x00")
    for name in ("enabledUser", "role", "username", "dateLastModified"):
        del one[name]
    there.records["users"].append(one | {"email": None, "roles": [{"role": "student"}, "x", {"role": None}]})
    bring(desk, there)
    assert session.scalar(select(Account).where(Account.name == "Line break Reed")) is not None


def test_what_does_not_fit_is_told_by_line_and_changes_nothing(desk, there):
    there.records["enrollments"].append(enrolled("e9", "nobody"))
    connect(desk, there)
    found = ask(desk)
    assert found.problems
    assert people() == 0


def by_night(monkeypatch):
    monkeypatch.setattr(jobs, "SMALL_HOURS", range(24))
    with unit_of_work():
        session.execute(update(RosterService).values(asked_at=None))
    for _step in range(2):
        with unit_of_work():
            jobs.ask_by_night()
        run_pending()
        with unit_of_work():
            jobs.go_on_by_night()
        run_pending()
    session.expire_all()


def test_by_night_it_is_asked_and_taken_over(desk, there, monkeypatch):
    connect(desk, there, nightly="1")
    by_night(monkeypatch)
    assert people() == 4
    there.asked.clear()
    with unit_of_work():
        jobs.ask_by_night()
    run_pending()
    assert there.asked == []


def test_by_night_nobody_asks_where_it_is_not_wanted(desk, there, monkeypatch):
    connect(desk, there)
    by_night(monkeypatch)
    assert there.asked == []


def test_by_night_many_do_not_leave_without_a_word(desk, there, monkeypatch):
    there.records = school(40)
    connect(desk, there, nightly="1")
    by_night(monkeypatch)
    assert people() == 41
    there.records = school(3)
    with unit_of_work():
        session.execute(update(RosterService).values(whole_at=None))
    by_night(monkeypatch)
    row = session.get(RosterImport, session.scalar(select(RosterService.import_id)))
    assert (row.state, row.summary["drastic"], people()) == ("ready", True, 41)
    assert "Many people or classes would end" in desk.page(row)


@pytest.mark.parametrize(
    "changes",
    [
        {"base_url": ""},
        {"base_url": "ftp://x"},
        {"base_url": "https://x/?a"},
        {"token_url": "http://["},
        {"client_id": ""},
        {"client_secret": ""},
        {"base_url": "https://" + "x" * 600},
    ],
)
def test_wrong_values_are_told(desk, there, changes):
    assert connect(desk, there, **changes).status_code == 422
    assert session.scalar(select(RosterService)) is None


def test_the_secret_is_sealed_kept_and_forgotten(desk, there):
    connect(desk, there)
    before = session.scalar(select(RosterService.secret))
    assert "a quiet word" not in before
    connect(desk, there, client_secret="", nightly="1")
    assert session.scalar(select(RosterService.secret)) == before
    elsewhere = connect(desk, there, client_secret="", token_url="https://elsewhere.example/token")
    assert elsewhere.status_code == 422, "the secret is not sent to a server that it was not entered for"
    bring(desk, there)
    desk.admin.post("/admin/rosters/service/remove")
    session.expire_all()
    assert (session.scalar(select(RosterService)), people()) == (None, 4)


def test_each_school_has_its_own_service(desk, there, cast):
    connect(desk, there)
    with unit_of_work():
        other = factories.school("Lake School")
        session.add(
            RosterService(school_id=other.id, base_url="x", token_url="x", client_id="theirs", secret="x")
        )
    assert "theirs" not in desk.admin.get("/admin/rosters").get_data(as_text=True)
    desk.admin.post("/admin/rosters/service/remove")
    session.expire_all()
    assert session.scalar(select(RosterService.client_id)) == "theirs"


def test_an_inner_address_that_nobody_named_is_not_asked(app, desk, there):
    connect(desk, there)
    app.config["SETTINGS"].on_premise_hosts = ""
    row = ask(desk)
    assert (row.problem, there.asked) == ("service_unreachable", [])
