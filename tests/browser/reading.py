"""What the journeys on the reading page share: a lesson in the course, and people who are signed in."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from annotators.text.extract import extract
from app.accounts.identify import COOKIE
from app.accounts.models import SignIn
from app.accounts.queries import token_hash
from app.assignments.models import Assignment
from app.core.db import session, unit_of_work
from app.core.ids import now
from tests import factories
from tests.conftest import Cast, Person

LESSON = Path(__file__).with_name("lesson.md")
# Selects the first place of some words in the document, as a drag with the mouse would.
SELECT = """(words) => {
  const walker = document.createTreeWalker(document.getElementById("fw-document"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
    return true;
  }
  return false;
}"""


def assign_lesson(cast: Cast, **more: Any) -> Assignment:
    """A reading of some length, assigned to the cast's course."""
    lesson = extract(LESSON.read_bytes(), "markdown")
    with unit_of_work():
        document = factories.document(cast.course, lesson.text, lesson.html)
        return factories.assignment(cast.course, document, title="Refraction", **more)


def annotate(person: Person, assignment: Assignment, words: str, body: str, **more: Any) -> dict[str, Any]:
    """An annotation through the API, as if posted from another browser."""
    target = {"selector": [{"type": "TextQuoteSelector", "exact": words}]}
    answer = person.post(
        f"/v1/assignments/{assignment.id}/annotations", json={"body": body, "target": target, **more}
    )
    assert answer.status_code == 201, answer.json
    return answer.json


def sign_in(page: Page, person: Person, address: str) -> None:
    """Give the page's browser a session cookie, as signing in does."""
    secret = f"cookie-of-{person.id}"
    with unit_of_work():
        if session.query(SignIn).filter_by(token_hash=token_hash(secret)).first() is None:
            session.add(
                SignIn(
                    account_id=person.id,
                    token_hash=token_hash(secret),
                    expires_at=now() + timedelta(days=1),
                )
            )
    page.context.add_cookies([{"name": COOKIE, "value": secret, "url": address}])


def seat(
    open_page: Callable[..., Page], address: str, person: Person, assignment: Assignment, **options: Any
) -> Page:
    """A browser of its own on the reading page, with everything loaded."""
    page = open_page(**{"viewport": {"width": 1366, "height": 768}, **options})
    sign_in(page, person, address)
    page.goto(f"/assignments/{assignment.id}")
    expect(page.locator(".thread-panel")).to_be_visible()
    return page


def select(page: Page, words: str) -> None:
    """Select words of the document and wait for the bar."""
    assert page.evaluate(SELECT, words), words
    expect(page.get_by_role("toolbar", name="With these words")).to_be_visible()
