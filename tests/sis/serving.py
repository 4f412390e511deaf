"""A OneRoster service of our own, with the quirks of others."""

import http.server
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

BASE = "/ims/oneroster/v1p1"


@dataclass
class Roster:
    """``records`` by kind. What the service does otherwise than others stands in the rest."""

    address: str = ""
    records: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    most: int = 1000
    total: int | None = None
    links: bool = False
    knows_pages: bool = True
    after_end: int = 200
    expires_after: int = 0
    stumbles: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    body: Callable[[str, list[Any]], Any] = lambda kind, page: {kind: page}
    next_host: str = ""
    tokens: int = 0
    token_status: int = 200
    asked: list[str] = field(default_factory=list)

    def token(self) -> tuple[int, dict[str, Any]]:
        self.tokens += 1
        return self.token_status, {"access_token": f"t{self.tokens}", "token_type": "bearer"}

    def page(self, target: str, authorization: str) -> tuple[int, Any, dict[str, str]]:
        self.asked.append(target)
        if self.stumbles:
            status, headers = self.stumbles.pop(0)
            return status, {}, headers
        if self.expires_after and len(self.asked) > self.expires_after and self.tokens < 2:
            return 401, {}, {}
        if authorization != f"Bearer t{self.tokens}":
            return 401, {}, {}
        parts = urlsplit(target)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        kind = parts.path.rpartition("/")[2]
        return self._part(kind, query)

    def _part(self, kind: str, query: dict[str, str]) -> tuple[int, Any, dict[str, str]]:
        every = self.records.get(kind, [])
        if "filter" in query:
            since = query["filter"].split("'")[1]
            every = [one for one in every if one.get("dateLastModified", "") > since]
        offset = int(query["offset"]) if self.knows_pages else 0
        page = every[offset : offset + min(int(query["limit"]), self.most)]
        if not page and offset and self.after_end != 200:
            return self.after_end, {}, self._headers(kind, offset, every)
        return 200, self.body(kind, page), self._headers(kind, offset + len(page), every)

    def _headers(self, kind: str, offset: int, every: list[Any]) -> dict[str, str]:
        headers = {"X-Total-Count": str(self.total if self.total is not None else len(every))}
        if self.links and offset < len(every):
            following = f"{self.next_host or self.address}{BASE}/{kind}?limit=500&offset={offset}"
            headers["Link"] = (
                f'<{self.address}{BASE}/{kind}?offset=0>; rel="first", <{following}>; rel="next"'
            )
        return headers


class _Handler(http.server.BaseHTTPRequestHandler):
    roster: Roster

    def do_GET(self) -> None:
        self._send(*self.roster.page(self.path, self.headers.get("Authorization", "")))

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._send(*self.roster.token(), {})

    def _send(self, status: int, value: Any, headers: dict[str, str]) -> None:
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(status)
        for name, words in {"Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, words)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def serve() -> tuple[Roster, http.server.ThreadingHTTPServer]:
    """A service on loopback."""
    roster = Roster(records=school())
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), type("Handler", (_Handler,), {"roster": roster})
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    roster.address = f"http://127.0.0.1:{server.server_address[1]}"
    return roster, server


LONG_AGO = "2020-01-01T00:00:00.000Z"


def person(key: str, given: str, role: str = "student", **more: Any) -> dict[str, Any]:
    told = {"sourcedId": key, "status": "active", "dateLastModified": LONG_AGO, "enabledUser": True}
    return told | {"givenName": given, "familyName": "Reed", "role": role, "username": key} | more


def enrolled(key: str, person_id: str, class_id: str = "c1", role: str = "student") -> dict[str, Any]:
    told = {"sourcedId": key, "status": "active", "dateLastModified": LONG_AGO, "role": role}
    return told | {"user": {"sourcedId": person_id, "type": "user"}, "class": {"sourcedId": class_id}}


def school(pupils: int = 3) -> dict[str, list[dict[str, Any]]]:
    """A teacher and some pupils in one class."""
    people = [person(f"p{number}", f"Pupil{number}") for number in range(pupils)]
    return {
        "orgs": [{"sourcedId": "o1", "status": "active", "name": "Hill School", "type": "school"}],
        "academicSessions": [
            {"sourcedId": "t1", "status": "active", "title": "2099", "endDate": "2099-07-01"}
        ],
        "classes": [
            {
                "sourcedId": "c1",
                "status": "active",
                "dateLastModified": LONG_AGO,
                "title": "Optics 7B",
                "terms": [{"sourcedId": "t1"}],
                "course": {"sourcedId": "k1"},
            }
        ],
        "users": [person("t", "Tess", "teacher"), *people],
        "enrollments": [
            enrolled("e", "t", role="teacher"),
            *(enrolled(f"e{number}", f"p{number}") for number in range(pupils)),
        ],
    }
