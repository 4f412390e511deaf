"""A student opens a reading in an LMS's frame, on another site, in a browser that blocks third-party cookies."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.lti(row=19)
@pytest.mark.lti(row=40)
def test_a_reading_opens_in_the_frame_with_third_party_cookies_blocked(strict_page, site, reading):
    frame = site.open(strict_page)
    expect(frame.get_by_text("A car that brakes does not leave the road.")).to_be_visible()
    expect(frame.get_by_role("link", name="Foreword: home")).to_be_visible()
    cookies = {cookie["name"]: cookie for cookie in strict_page.context.cookies()}
    assert cookies["__Host-foreword"]["secure"]
