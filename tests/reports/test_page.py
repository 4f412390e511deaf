"""The report's page: it stays small however many annotations stand behind a topic."""

import pytest

from app.reports.pages.report import VOICES_EACH

from .asking import ask, reported, topic


@pytest.fixture
def many(cast):
    """A topic behind which more annotations stand than the page shows at first; its id."""
    url = f"/v1/assignments/{cast.assignment.id}"
    ids = [
        ask(cast.ana, url, body=f"Why does it turn there, number {n}?")["id"] for n in range(VOICES_EACH + 3)
    ]
    return reported(cast, topic("speed", *ids) | {"representatives": ids[-1:]})[0]


def voices(page):
    return page.count('class="voice"')


def test_the_page_shows_the_first_voices_of_a_topic_and_says_how_many_more_there_are(cast, many):
    page = cast.teacher.get(f"/assignments/{cast.assignment.id}/report").get_data(as_text=True)
    assert voices(page) == VOICES_EACH
    assert f"number {VOICES_EACH + 2}?" in page  # the one that speaks for the topic, though it came last
    assert "Show 3 more" in page
    assert f"Show the {VOICES_EACH + 3} annotations behind it" in page


def test_all_voices_of_one_topic_are_one_click_away(cast, many):
    page = cast.teacher.get(f"/assignments/{cast.assignment.id}/report?topic={many}").get_data(as_text=True)
    assert voices(page) == VOICES_EACH + 3
    assert "more</a>" not in page


def test_data_for_programs_holds_them_all(cast, many):
    found = cast.teacher.get(f"/v1/assignments/{cast.assignment.id}/confusion-report").get_json()
    assert len(found["topics"][0]["members"]) == VOICES_EACH + 3
    assert found["topics"][0]["unread"] == 0
