"""Somebody follows an old link: the page says so, leads on, and works for everybody."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser
WIDTHS = [1366, 390, 320]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_unknown_address_gets_a_page_that_leads_on(open_page, width, scheme):
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    answer = page.goto("/nothing-is-here")
    assert answer.status == 404
    assert page.get_by_role("heading", level=1).inner_text().strip()
    assert page.get_by_role("main").get_by_role("link").count() >= 1
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert [text for text in complaints if "404" not in text] == []
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
