"""Every page, for everybody who may open it: no violation that axe finds, none of the content policy.

At a desktop's and a telephone's size, light and dark; WCAG 2.0 to 2.2, A and AA.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

from .reading import annotate, assign_lesson

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
SIZES = {"desktop": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
EVERYBODY = ("/", "/account", "/help", "/join", "/courses/{course}", "/courses/{course}/people")
OF_THE_ASSIGNMENT = ("/assignments/{assignment}",)
OF_STAFF = (
    "/courses/new",
    "/courses/{course}/library",
    "/courses/{course}/settings",
    "/courses/{course}/join-code",
    "/courses/{course}/assignments/new",
    "/documents/{document}",
    "/assignments/{assignment}/edit",
    "/assignments/{assignment}/report",
    "/assignments/{assignment}/report/unanswered",
)
PAGES = {
    "nobody": (
        "/",
        "/sign-in",
        "/register",
        "/forgot-password",
        "/help",
        "/join",
        "/styleguide",
        "/nothing-here",
    ),
    "ana": (*EVERYBODY, *OF_THE_ASSIGNMENT, "/courses/{course}/settings"),
    "teacher": (*EVERYBODY, *OF_THE_ASSIGNMENT, *OF_STAFF),
    "observer": ("/courses/{course}", "/courses/{course}/library", "/assignments/{assignment}/report"),
    "admin": ("/admin",),
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
    ids = {"course": cast.course.id, "assignment": lesson.id, "document": lesson.document_id}
    found = []
    for path in PAGES[who]:
        page.goto(path.format(**ids))
        if path.startswith("/assignments/{assignment}") and path.count("/") == 2:
            page.wait_for_selector("article.thread", state="attached")
        for violation in Axe().run(page, options=RULES).response["violations"]:
            places = [node["target"] for node in violation["nodes"]][:3]
            found.append(f"{path}: {violation['id']}: {violation['help']} at {places}")
    assert found == []
    assert refused == []
