"""An LMS as a browser sees it: a course page on another site than ours, with Foreword in a frame."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, Page
from sqlalchemy import select

from annotators.text.extract import extract
from app.core.db import session, unit_of_work
from app.courses.models import Course
from app.lti.models import ResourceLink
from tests import factories
from tests.browser.reading import LESSON
from tests.lti.conftest import lms, registration  # noqa: F401  # fixtures that tests ask for by name
from tests.lti.lms import Launching, Lms

# What an LMS's page does for the frames of its tools: keeps values for them, and gives them the height they ask for.
HOUSEKEEPING = Path(__file__).with_name("housekeeping.js").read_text(encoding="utf-8")


@dataclass
class Site:
    """Where the LMS's pages are, and whether they offer LTI Platform Storage."""

    address: str
    keeps_values: bool = False

    def open(self, page: Page) -> FrameLocator:
        """Open the course page; returns the frame with Foreword."""
        page.goto(f"{self.address}/course")
        return page.frame_locator("iframe")


@pytest.fixture
def app(lms: Lms, app: Any) -> Any:  # noqa: F811  # the fixture, not the function
    """The application, which may ask the LMS."""
    return app


@pytest.fixture
def site(lms: Lms, address: str, registration: Any) -> Iterator[Site]:  # noqa: F811  # a fixture by that name
    """The LMS on 127.0.0.1; we are on localhost, which is another site."""
    ours = address.replace("127.0.0.1", "localhost")
    made = Site(lms.address)

    def served(call: Any) -> Any:
        if call.path == "/course":
            return _html(_course_page(lms, ours, made.keeps_values))
        if call.path == "/auth":
            return _html(_answer(lms, ours, {name: values[0] for name, values in call.query.items()}))
        return None

    lms.behave = served
    yield made
    lms.behave = lambda _call: None


def _html(page: str) -> Any:
    return 200, {"Content-Type": "text/html"}, page.encode()


def _course_page(lms: Lms, ours: str, keeps_values: bool) -> str:  # noqa: F811  # a fixture by that name
    login = f"{ours}/lti/login?iss={lms.address}&login_hint=7&client_id={lms.client_id}"
    login += f"&target_link_uri={ours}/lti/launch" + ("&lti_storage_target=_parent" if keeps_values else "")
    frame = f'<iframe title="Foreword" width=1200 height=600 src="{login}"></iframe>'
    around = f'<h1>Optics 7B</h1><button id="before">Before</button>{frame}<button id="after">After</button>'
    return f"<html><body>{around}<script>{HOUSEKEEPING}</script>"


def _answer(lms: Lms, ours: str, asked: dict[str, str]) -> str:  # noqa: F811  # a fixture by that name
    claims = lms.claims(asked["nonce"], target_link_uri=f"{ours}/lti/launch")
    form = "".join(
        f'<input type="hidden" name="{name}" value="{value}">'
        for name, value in {"state": asked["state"], "id_token": lms.token(claims)}.items()
    )
    sent = f'<form method="post" action="{asked["redirect_uri"]}">{form}</form>'
    return f'<body onload="document.forms[0].submit()">{sent}'


@pytest.fixture
def link(app: Any, lms: Lms, registration: Any) -> Callable[[str], str]:  # noqa: F811  # fixtures by those names
    """Lets the link of the course page open the reading or the course; returns the assignment's id."""
    Launching(app, lms).as_teacher()

    def opens(what: str) -> str:
        with unit_of_work():
            row = session.scalars(select(ResourceLink)).one()
            course = session.get_one(Course, row.course_id)
            lesson = extract(LESSON.read_bytes(), "markdown")
            document = factories.document(course, lesson.text, lesson.html)
            made = factories.assignment(course, document, title="Refraction")
            row.opens, row.assignment_id = what, made.id if what == "assignment" else None
        return made.id

    return opens


@pytest.fixture
def reading(link: Callable[[str], str]) -> str:
    """What the link opens: an assignment in the course that the teacher's launch made."""
    return link("assignment")


@pytest.fixture
def strict_page(open_page: Callable[..., Page]) -> Page:
    """A page of a browser that blocks third-party cookies."""
    page = open_page(viewport={"width": 1366, "height": 768})
    page.context.new_cdp_session(page).send(
        "Network.setCookieControls", {"enableThirdPartyCookieRestriction": True}
    )
    return page


@pytest.fixture
def no_cookies_in_frames(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser that keeps no cookie of a frame, not even a Partitioned one: they get lost on their way to it."""
    inner = app.wsgi_app

    def outer(environ: Any, start_response: Any) -> Any:
        at_top = environ.get("HTTP_SEC_FETCH_DEST") == "document"

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            kept = [pair for pair in headers if at_top or pair[0].lower() != "set-cookie"]
            return start_response(status, kept, *more)

        return inner(environ, start)

    monkeypatch.setattr(app, "wsgi_app", outer)
