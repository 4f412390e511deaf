"""A browser without scripts: it keeps cookies, and sends forms with their hidden token."""

import re
from typing import Any

from flask.testing import FlaskClient

from app.core.web import Foreword

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Browser:
    """One person at one computer."""

    def __init__(self, app: Foreword, address: str = "10.0.0.1") -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.environ = {"REMOTE_ADDR": address}

    def get(self, path: str, **options: Any) -> Any:
        with self.app.app_context():  # an own one for each request, as on a server
            return self.client.get(path, environ_overrides=self.environ, **options)

    def post(self, path: str, **options: Any) -> Any:
        with self.app.app_context():
            return self.client.post(path, environ_overrides=self.environ, **options)

    def send(self, path: str, form: str | None = None, **fields: Any) -> Any:
        """Open the page with the form (default: the same address), then send it."""
        page = self.get(form or path)
        token = _TOKEN.search(page.get_data(as_text=True))
        data = {"csrf_token": token.group(1) if token else "", **fields}
        return self.post(path, data=data)

    def sign_in(self, name: str, password: str, **fields: str) -> Any:
        return self.send("/sign-in", name=name, password=password, **fields)

    @property
    def is_signed_in(self) -> bool:
        return self.get("/account").status_code == 200
