"""Every page, for everybody who may open it: no violation that axe finds, none of the content policy.

At a desktop's and a telephone's size, light and dark; WCAG 2.0 to 2.2, A and AA. Nothing has to be
scrolled sideways either, at 200 % zoom on the desktop and at 320 pixels on the telephone (1.4.10, Reflow).
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from app.core.db import unit_of_work
from tests import factories

from .reading import annotate, assign_lesson

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# Pages that need more than an assignment with annotations are looked at in the tests of their features; the rest
# has no page of its own: files, redirects, pages between two others.
ELSEWHERE = {
    *("/assignments/<assignment_id>/plans", "/assignments/<assignment_id>/report/how"),
    *("/assignments/<assignment_id>/report/projector", "/assignments/<assignment_id>/report/table.csv"),
    *("/plans/<plan_id>", "/plans/<plan_id>/after", "/plans/<plan_id>/cards", "/plans/<plan_id>/file"),
    *("/plans/<plan_id>/groups", "/plans/<plan_id>/present", "/plans/<plan_id>/print", "/vote/<code>"),
    *("/admin/lti/<registration_id>", "/admin/rosters/<import_id>", "/admin/sign-on/<provider_id>"),
    *("/courses/<course_id>/library/rows", "/courses/<course_id>/scores.csv"),
    *("/courses/<course_id>/scores.xlsx", "/courses/<course_id>/lms/cartridge"),
    *(
        "/choose-password",
        "/reset-password/<token>",
        "/enter/<code>",
        "/phone/<code>",
        "/join/<code>",
        "/demo/<token>",
    ),
    *("/healthz", "/readyz", "/metrics", "/content/<token>", "/static/<path:filename>"),
    *("/admin/network-check/server", "/admin/network-check/download", "/docs/oauth2-redirect"),
}
SIZES = {"desktop": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
NARROW = {"desktop": {"width": 683, "height": 384}, "phone": {"width": 320, "height": 568}}
OF_STUDENTS = (
    "/courses/{course}/scores",
    "/courses/{course}/settings",
    "/assignments/{assignment}/scores",
    "/assignments/{assignment}/recorded",
    "/assignments/{assignment}/my-questions",
    "/vote",
)
EVERYBODY = ("/", "/account", "/help", "/join", "/courses/{course}", "/courses/{course}/people")
OF_THE_ASSIGNMENT = ("/assignments/{assignment}",)
OF_STAFF = (
    "/courses/new",
    "/courses/{course}/library",
    "/courses/{course}/settings",
    "/courses/{course}/join-code",
    "/courses/{course}/calibration",
    "/courses/{course}/groups/{groups}",
    "/courses/{course}/lms",
    "/courses/{course}/assignments/new",
    "/documents/{document}",
    "/assignments/{assignment}/edit",
    "/assignments/{assignment}/report",
    "/assignments/{assignment}/report/unanswered",
    "/courses/{course}/scores",
    "/courses/{course}/scoring",
    "/courses/{course}/fairness",
    "/courses/{course}/students/{ana}",
    "/assignments/{assignment}/scores",
    "/assignments/{assignment}/scoring",
)
OF_ADMINS = (
    "/admin",
    "/admin/people/{ana}",
    "/admin/people/{ana}/merge?other={bob}",
    "/admin/work",
    "/admin/storage",
    "/admin/log",
    "/admin/health",
    "/admin/network-check",
    "/admin/rosters",
    "/admin/sign-on",
    "/admin/sign-on/new?kind=google",
    "/admin/records",
    "/admin/sign-on/new?kind=saml",
    "/admin/lti",
    "/admin/lti/new",
)
PAGES = {
    "nobody": (
        "/",
        "/sign-in",
        "/register",
        "/forgot-password",
        "/help",
        "/join",
        "/phone",
        "/styleguide",
        "/nothing-here",
    ),
    "ana": (*EVERYBODY, *OF_THE_ASSIGNMENT, *OF_STUDENTS),
    "teacher": (*EVERYBODY, *OF_THE_ASSIGNMENT, *OF_STAFF),
    "observer": ("/courses/{course}", "/courses/{course}/library", "/assignments/{assignment}/report"),
    "admin": OF_ADMINS,
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("who", PAGES)
def test_no_page_has_a_violation(open_page, cast, who, size, scheme):
    lesson = assign_lesson(cast)
    annotate(cast.bob, lesson, "A car that brakes does not leave the road.", "Why?", motivation="questioning")
    token = None if who == "nobody" else cast.people[who].token
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    page = open_page(viewport=SIZES[size], color_scheme=scheme, extra_http_headers=headers)
    refused: list[str] = []
    page.on(
        "console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None
    )
    with unit_of_work():
        groups = factories.groups(cast.course, [cast.ana.account], [cast.bob.account]).id
    ids = {
        "course": cast.course.id,
        "assignment": lesson.id,
        "document": lesson.document_id,
        "ana": cast.ana.id,
        "bob": cast.bob.id,
        "groups": groups,
    }
    found = []
    for path in PAGES[who]:
        page.goto(path.format(**ids))
        if path.startswith("/assignments/{assignment}") and path.count("/") == 2:
            page.wait_for_selector("article.thread", state="attached")
        for violation in Axe().run(page, options=RULES).response["violations"]:
            places = [node["target"] for node in violation["nodes"]][:3]
            found.append(f"{path}: {violation['id']}: {violation['help']} at {places}")
        page.set_viewport_size(NARROW[size])
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{path}: has to be scrolled sideways at {NARROW[size]['width']} pixels")
        page.set_viewport_size(SIZES[size])
    assert found == []
    assert refused == []


def test_every_page_is_looked_at(app):
    """A new page belongs into ``PAGES``, or into ``ELSEWHERE`` where a test of its feature looks at it."""
    listed = {
        re.sub(r"\{\w+\}", "{}", path.partition("?")[0]) for paths in PAGES.values() for path in paths
    } | {re.sub(r"<\w+>", "{}", path) for path in ELSEWHERE}
    routes = {
        re.sub(r"<\w+>", "{}", rule.rule)
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.rule.startswith(("/api/", "/lti/", "/sso/"))
    }
    assert routes - listed == set()
