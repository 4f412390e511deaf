"""Take the pictures of the guides anew: `.venv/bin/python docs/lti/take_pictures.py`.

Needs what the browser tests need (`make test` installs it) and a built front end (`make run`). Everything happens in a
folder of its own that is deleted afterwards; nothing is asked of any LMS.
"""

import io
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app import create_app  # noqa: E402  # the repository has to be on the path first
from app.config import load_settings  # noqa: E402  # as above
from app.core.db import Model, session, unit_of_work  # noqa: E402  # as above
from app.core.web import Foreword  # noqa: E402  # as above
from app.courses.queries import viewer_of  # noqa: E402  # as above
from app.lti.guides import guides  # noqa: E402  # as above
from app.lti.operations import registering  # noqa: E402  # as above
from tests import factories, legs  # noqa: E402  # as above

PICTURES = Path(__file__).with_name("pictures")
ADDRESS = "https://read.school.example"
WIDTH, MOST_BYTES = 900, 60_000
MOODLE = {
    "name": "School Moodle",
    "platform": "moodle",
    "issuer": "https://moodle.school.example",
    "client_id": "n2kWq8Zt",
    "deployments": "1",
    "auth_url": "https://moodle.school.example/mod/lti/auth.php",
    "token_url": "https://moodle.school.example/mod/lti/token.php",
    "jwks_url": "https://moodle.school.example/mod/lti/certs.php",
}


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, str, str]]:
    """A fresh school with an admin: its address, the admin's token, and a connection's id."""
    settings = load_settings(
        instance=folder, base_url=ADDRESS, mail_url="smtp://mail.school.example", secret_key="p" * 40
    )
    app = create_app(settings, testing=True)
    token, registration = _filled(app)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", token, registration
    server.shutdown()


def _filled(app: Foreword) -> tuple[str, str]:
    with app.app_context():
        Model.metadata.create_all(app.extensions["foreword.engine"])
        with unit_of_work():
            admin = factories.account(factories.school(), "Ada Root", is_admin=True)
            token = factories.token(admin)
            registration = registering.register(viewer_of(admin), MOODLE).id
        session.remove()
    return token, registration


def keep(page: Page, name: str, *, most: int = 1100) -> None:
    """The page from its top, as a small WebP."""
    height = min(
        most, int(page.evaluate("document.querySelector('.site-main').getBoundingClientRect().bottom"))
    )
    shot = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": WIDTH, "height": height})
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    for quality in range(80, 20, -10):
        made = io.BytesIO()
        picture.save(made, "WEBP", quality=quality, method=6)
        if made.tell() < MOST_BYTES:
            break
    (PICTURES / f"{name}.webp").write_bytes(made.getvalue())
    sys.stdout.write(f"{name}.webp: {picture.width} x {picture.height}, {made.tell() / 1000:.0f} kB\n")


def take(page: Page, registration: str) -> None:
    """Every picture that the guides show."""
    page.goto("/admin/lti")
    keep(page, "overview")
    page.get_by_role("button", name="Make a link for the LMS").click()
    page.get_by_role("button", name="Close").click()
    keep(page, "link", most=700)
    for guide in guides():
        page.goto(f"/admin/lti/new?lms={guide.code}")
        keep(page, f"form-{guide.name.lower()}", most=1500)
    page.goto(f"/admin/lti/{registration}")
    keep(page, "connection", most=1250)


def main() -> None:
    """Take them all."""
    PICTURES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder)) as (address, token, registration),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=legs.chromium_path(), args=["--no-sandbox"])
        context = browser.new_context(
            base_url=address,
            viewport={"width": WIDTH, "height": 800},
            color_scheme="light",
            extra_http_headers={"Authorization": f"Bearer {token}"},
        )
        take(context.new_page(), registration)
        browser.close()


if __name__ == "__main__":
    main()
