"""Walks every page in a language that nobody speaks, and finds no English on any of them."""

import re
from typing import Any
from urllib.parse import urldefrag

import pytest

from app.accounts.jobs import mail_password_link
from app.core import mail
from app.core.assets import browser_messages
from app.core.db import unit_of_work
from app.core.ids import now
from app.courses.models import Section
from tests import factories
from tests.conftest import Cast, Person

from .english import Page, english_in
from .pseudo import LOCALE

_LEFT_OUT = re.compile(r"/(static|api|content|styleguide|sign-out|/)|[^/]|$")
# What people called things and wrote, which is in no language but their own.
KNOWN = [
    *[
        "Optics 7B",
        "Waves 8A",
        "Refraction",
        "Read this",
        "Later on",
        "Hill School",
        "Tables",
        "Table",
        "Tuesdays",
    ],
    *[
        "Ana Pires",
        "Bob Oduya",
        "Eve Stone",
        "Ms Lee",
        "Tom Hall",
        "Mr Park",
        "Ms Wolf",
        "Ada Root",
        "Cleo Wu",
    ],
    # Names of products and methods, and examples of what is typed into a field.
    *["Google Workspace", "Microsoft Entra ID", "Keycloak", "n-gram NMF", "n-gram k-means", "OneRoster"],
    *["OpenID Connect", "SAML 2.0", "Shibboleth, eduGAIN", "ADFS", "Schoology", "Redis", "ffmpeg"],
    *["roles, groups, realm_access.roles", "school.example"],
    *["Why should it turn", "Because it is slower", "its speed changes", "CODE", "Europe/Berlin"],
]
WHERE = {"selector": [{"type": "TextQuoteSelector", "exact": "its speed changes"}]}


@pytest.fixture
def at_work(cast: Cast) -> Cast:
    """The cast's course with something of everything in it."""
    with unit_of_work():
        factories.groups(cast.course, [cast.ana.account], [cast.bob.account])
        section = factories.add(Section(course_id=cast.course.id, name="Tuesdays"))
        factories.enroll(cast.course, factories.account(cast.school, "Cleo Wu"), "student", section)
        factories.assignment(cast.course, cast.document, title="Later on", state="draft", due_at=now())
        failed = factories.document(cast.course)
        failed.status, failed.problem = "failed", {"code": "damaged_pdf", "params": {}}
    url = f"/v1/assignments/{cast.assignment.id}"
    asked = {"body": "Why should it turn", "motivation": "questioning", "target": WHERE}
    first = cast.ana.post(f"{url}/annotations", json=asked).json["id"]
    assert cast.bob.post(
        f"{url}/annotations",
        json={"body": "Because it is slower", "motivation": "replying", "parent_id": first},
    ).json["id"]
    assert cast.bob.post(f"/v1/annotations/{first}/flags", json={"reason": ""}).status_code < 300
    return cast


def walk(person: Person, starts: list[str]) -> dict[str, list[str]]:
    """Every page that links lead to, with the English on it."""
    waiting, found = list(starts), dict[str, list[str]]()
    while waiting:
        path = urldefrag(waiting.pop()).url
        if path in found or _LEFT_OUT.match(path):
            continue
        answer = person.get(path, follow_redirects=True)
        page = Page(answer.get_data(as_text=True) if answer.mimetype == "text/html" else "")
        found[path] = english_in(page.said, KNOWN)
        waiting += page.links
    return found


def pages_of(cast: Cast) -> list[str]:
    """Where a walk starts: what is not linked from a plain page, or only by scripts."""
    course, reading = f"/courses/{cast.course.id}", f"/assignments/{cast.assignment.id}"
    of_course = [
        course,
        *[f"{course}/{part}" for part in ("people", "settings", "library", "assignments/new")],
    ]
    of_reading = [
        reading,
        *[f"{reading}/{part}" for part in ("edit", "report", "report/unanswered", "recorded")],
    ]
    alone = [
        "/",
        "/account",
        "/help",
        "/join",
        "/courses/new",
        "/admin",
        "/nowhere",
        f"/documents/{cast.document.id}",
    ]
    return [*alone, *of_course, *of_reading]


@pytest.mark.parametrize("name", ["ana", "teacher", "observer", "admin"])
def test_no_english_on_any_page(at_work, name):
    found = walk(at_work.people[name], pages_of(at_work))
    assert len(found) >= 15
    assert {text: path for path, english in found.items() for text in english} == {}


def test_no_english_before_signing_in(app, at_work):
    client = app.test_client()
    ways_in = [
        "sign-in",
        "register",
        "forgot-password",
        "join",
        f"join/{at_work.course.join_code}",
        "help",
        "nowhere",
    ]
    for path in [*ways_in, "reset-password/gone", "choose-password", f"assignments/{at_work.assignment.id}"]:
        page = Page(client.get(f"/{path}", follow_redirects=True).get_data(as_text=True))
        assert page.said
        assert english_in(page.said, KNOWN) == [], path


FORMS: list[tuple[str, str, dict[str, str]]] = [
    ("teacher", "/courses/new", {"title": ""}),
    ("teacher", "/courses/new", {"title": "Optics 7B", "timezone": "Europe/Berlin"}),
    ("teacher", "{course}/settings", {"title": "", "timezone": "Nowhere/Town", "help_text": "x"}),
    ("teacher", "{course}/settings", {"title": "Optics 7B", "timezone": "Europe/Berlin"}),
    ("teacher", "{course}/people/by-email", {"email": "nobody@school.example", "role": "assistant"}),
    ("teacher", "{course}/people/class-list", {"names": ""}),
    ("teacher", "{course}/people/class-list", {"names": "Ana Pires"}),
    ("teacher", "{course}/sections", {"name": "Tuesdays"}),
    ("teacher", "{course}/join-code/renew", {}),
    ("teacher", "{course}/assignments/new", {}),
    (
        "teacher",
        "{course}/assignments/new",
        {"document_id": "nothing", "title": "x" * 400, "due_at": "soon"},
    ),
    ("teacher", "{course}/library", {"kind": "text"}),
    ("teacher", "{course}/library", {"kind": "page", "url": "gopher"}),
    ("teacher", "{reading}/edit", {"title": "", "expected_annotations": "many", "state": "lost"}),
    (
        "teacher",
        "{reading}/edit",
        {"title": "Read this", "expected_annotations": "3", "state": "assigned"},
    ),
    ("teacher", "{reading}/report/topics", {}),
    ("ana", "/account", {"name": "", "locale": "tlh", "email": "x"}),
    ("ana", "/account/password", {"old": "wrong", "new": "short"}),
    ("ana", "/join", {"code": "NOTACODE"}),
    ("ana", "{course}/settings", {"title": "Mine now"}),
    ("ana", "/sign-in", {"name": "nobody", "password": "wrong"}),
    ("ana", "/register", {"name": "", "sign_in": "", "password": "x"}),
    ("ana", "/forgot-password", {"email": "nobody@school.example"}),
    ("admin", "/admin/school", {"name": ""}),
]


def test_no_english_in_what_a_form_answers(at_work):
    here = {"course": f"/courses/{at_work.course.id}", "reading": f"/assignments/{at_work.assignment.id}"}
    for name, path, form in FORMS:
        answer = at_work.people[name].post(path.format(**here), data=form, follow_redirects=True)
        assert answer.status_code < 500
        page = Page(answer.get_data(as_text=True))
        assert page.said
        assert english_in(page.said, KNOWN) == [], (path, form)


REFUSED: list[tuple[str, str, str, Any]] = [
    ("ana", "post", "/v1/courses", {"title": "Mine"}),
    ("ana", "get", "/v1/courses/none", None),
    ("ana", "get", "/v1/documents/none", None),
    ("ana", "get", "/v1/assignments/none", None),
    ("ana", "get", "/v1/annotations/none", None),
    ("ana", "get", "/v1/nothing-here", None),
    ("ana", "put", "/v1/courses", {}),
    ("ana", "get", "/v1/courses?limit=0", None),
    ("ana", "get", "/v1/courses?cursor=x", None),
    ("ana", "post", "/v1/courses/join", {}),
    ("ana", "post", "/v1/courses/join", {"code": "NOTACODE"}),
    ("ana", "patch", "{course}", {"title": "Mine"}),
    ("ana", "post", "{reading}/annotations", {}),
    ("ana", "post", "{reading}/annotations", {"body": "x", "motivation": "shouting", "target": WHERE}),
    ("ana", "post", "{reading}/annotations", {"body": "x", "target": WHERE, "audience": "moon"}),
    ("ana", "post", "{reading}/annotations", {"body": "x" * 99_999, "target": WHERE}),
    ("ana", "post", "{reading}/annotations", {"body": 7, "target": WHERE, "pasted": -1, "mentions": "all"}),
    ("ana", "post", "{reading}/annotations", {"body": "x", "parent_id": "none", "motivation": "replying"}),
    ("ana", "put", "{reading}/marks/x", {}),
    ("ana", "put", "{reading}/draft", {"editors": 7}),
    ("ana", "post", "{reading}/activity", {"intervals": [{"kind": "dozed"}]}),
    ("ana", "post", "{reading}/questions", {}),
    ("teacher", "post", "{reading}/questions", {"kind": "choice", "stem": "", "options": []}),
    ("teacher", "post", "{course}/assignments", {"document_id": "none", "title": "x"}),
    ("teacher", "post", "{course}/assignments", {"document_id": "x", "due_at": "2026-01-01T00:00:00"}),
    (
        "teacher",
        "post",
        "{course}/assignments",
        {"document_id": "x", "opens_at": "2026-02-01T00:00:00Z", "due_at": "2026-01-01T00:00:00Z"},
    ),
    ("teacher", "post", "{course}/documents", {"title": "x"}),
    ("teacher", "post", "{course}/documents", {"title": "x", "url": "gopher://x"}),
    ("teacher", "post", "{course}/enrollments", {"email": "nobody@school.example", "role": "owner"}),
]


def test_no_english_in_a_refusal(at_work):
    here = {
        "course": f"/v1/courses/{at_work.course.id}",
        "reading": f"/v1/assignments/{at_work.assignment.id}",
    }
    for name, method, path, body in REFUSED:
        options = {} if body is None else {"json": body}
        answer = getattr(at_work.people[name], method)(path.format(**here), **options)
        assert 400 <= answer.status_code < 500, (path, body)
        problem = answer.json
        # The values that a field may take are spelled by the API, whatever the language.
        said = [problem["detail"], *[each["detail"].partition(":")[0] for each in problem["errors"]]]
        assert english_in(said, KNOWN) == [], (path, body)


def test_text_that_is_not_json_is_refused_without_english(at_work):
    answer = at_work.ana.post("/v1/courses/join", data="{", headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert english_in([answer.json["detail"]], KNOWN) == []


def test_all_that_the_browsers_code_says_is_sent_translated(app, at_work):
    with app.test_request_context("/"):
        sent = browser_messages()
    assert sent["locale"] == LOCALE
    forms = [
        form for said in sent["messages"].values() for form in ([said] if isinstance(said, str) else said)
    ]
    bare = [re.sub(r"%\(\w+\)[sd]", "", form) for form in forms]
    assert len(bare) > 200
    assert english_in(bare, []) == []


def test_a_mail_is_in_its_readers_language(app, at_work, monkeypatch):
    sent: list[str] = []
    monkeypatch.setattr(mail, "send", lambda _to, subject, body: sent.extend([subject, body]))
    with unit_of_work():
        person = factories.account(at_work.school, "Cleo Wu", email="cleo@school.example", locale=LOCALE)
    with unit_of_work():
        mail_password_link.now(person.id)
    assert len(sent) == 2
    assert english_in(sent, KNOWN) == []
