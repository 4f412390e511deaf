"""The library in a browser: what is sent by script is sent once."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from app.core.db import session
from app.documents.models import Document

pytestmark = pytest.mark.browser


def test_a_double_click_adds_a_file_once(open_page, cast):
    page = open_page(extra_http_headers={"Authorization": f"Bearer {cast.teacher.token}"})
    before = session.scalar(select(func.count()).select_from(Document))
    page.goto(f"/courses/{cast.course.id}/library")
    file = {"name": "waves.md", "mimeType": "text/markdown", "buffer": b"# Waves of sound"}
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Add to the library").dblclick()
    expect(page.get_by_role("link", name="waves")).to_be_visible()
    page.wait_for_load_state("networkidle")
    session.expire_all()
    assert session.scalar(select(func.count()).select_from(Document)) == before + 1


def test_a_refused_file_can_be_sent_again(open_page, cast):
    page = open_page(extra_http_headers={"Authorization": f"Bearer {cast.teacher.token}"})
    page.goto(f"/courses/{cast.course.id}/library")
    file = page.get_by_label("File", exact=True)
    file.set_input_files({"name": "Handout.docx", "mimeType": "application/zip", "buffer": b"PK"})
    page.get_by_role("button", name="Add to the library").click()
    expect(page.get_by_text("Save it as a PDF in its own program")).to_be_visible()
    file.set_input_files({"name": "waves.md", "mimeType": "text/markdown", "buffer": b"# Waves of sound"})
    page.get_by_role("button", name="Add to the library").click()
    expect(page.get_by_role("link", name="waves")).to_be_visible()
