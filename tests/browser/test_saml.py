"""Signing in by SAML in a real browser: the provider's form comes from another site, without our cookies."""

import http.server
import threading
from html import escape

import pytest
from axe_playwright_python.sync_playwright import Axe

from app.core.db import session, unit_of_work
from app.sis.models import RosterService
from tests.sso.conftest import saml_provider
from tests.sso.identities import Identities, asked

from .test_axe import NARROW, RULES, SIZES

pytestmark = pytest.mark.browser


@pytest.fixture
def identities():
    """A provider on ``localhost``, which is another site than ``127.0.0.1``."""
    made = Identities()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            message, fields = asked(self.path)
            ours = message.get("AssertionConsumerServiceURL")
            values = {
                "SAMLResponse": made.answer(ours, message.get("ID")),
                "RelayState": fields["RelayState"],
            }
            inputs = "".join(
                f'<input name="{name}" value="{escape(value)}">' for name, value in values.items()
            )
            page = f'<title>Provider</title><form method="post" action="{ours}">{inputs}<button>Go</button></form>'
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.issuer = f"http://localhost:{server.server_address[1]}"
    yield made
    server.shutdown()
    server.server_close()


def test_a_browser_comes_back_from_another_site(open_page, cast, identities):
    saml_provider(cast.school.id, identities)
    page = open_page()
    page.goto("/sign-in?next=/account")
    page.get_by_role("link", name="School portal").click()
    page.get_by_role("button", name="Go").click()
    page.wait_for_url("**/account")
    assert page.locator("#field-name").input_value() == "Mia Rossi"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_pages_of_an_admin(open_page, cast, identities, size, scheme, tmp_path):
    row = saml_provider(cast.school.id, identities)
    with unit_of_work():
        fields = {"school_id": cast.school.id, "base_url": "https://sis.example", "client_id": "foreword"}
        session.add(
            RosterService(**fields, token_url="https://sis.example", secret="x", problem="service_later")
        )
    headers = {"Authorization": f"Bearer {cast.admin.token}"}
    page = open_page(viewport=SIZES[size], color_scheme=scheme, extra_http_headers=headers)
    found = []
    for name, path in (("saml", f"/admin/sign-on/{row.id}"), ("rosters", "/admin/rosters")):
        page.goto(path)
        for closed in page.locator("details.section-gap").all():
            closed.locator("summary").first.click()
        page.screenshot(path=tmp_path / f"{name}.png", full_page=True)
        found += [one["id"] for one in Axe().run(page, options=RULES).response["violations"]]
        page.set_viewport_size(NARROW[size])
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{path}: has to be scrolled sideways")
        page.set_viewport_size(SIZES[size])
    assert found == []
