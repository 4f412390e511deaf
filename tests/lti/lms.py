"""A well-behaved LMS for the tests: a small web server with keys, tokens, a roster and a grade book.

It is written from the specifications, and speaks two dialects where running products differ (Moodle, Canvas).
"""

import base64
import http.server
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
ROLE = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
AGS = "https://purl.imsglobal.org/spec/lti-ags/"
KEY = RSAKey.generate_key(2048, {"use": "sig"}, private=True)


@dataclass
class Call:
    """A request that the LMS was sent."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        """What was sent, as JSON."""
        return json.loads(self.body)


Reply = tuple[int, dict[str, str], bytes]


def reply(value: Any, status: int = 200, **headers: str) -> Reply:
    """An answer in JSON."""
    return status, {"Content-Type": "application/json", **headers}, json.dumps(value).encode()


@dataclass
class Lms:
    """The LMS: its address, its keys, and what it holds. Tests change the fields as they need."""

    address: str = ""
    client_id: str = "client-1"
    deployment_id: str = "deployment-1"
    keys: list[RSAKey] = field(default_factory=list)
    members: list[dict[str, Any]] = field(default_factory=list)
    line_items: dict[str, dict[str, Any]] = field(default_factory=dict)
    scores: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    results: dict[str, dict[str, float]] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    dialect: str = "moodle"
    page_size: int = 0
    behave: Callable[[Call], Reply | None] = lambda _call: None
    registered: dict[str, Any] = field(default_factory=dict)
    tool_keys: Callable[[], dict[str, Any]] = dict
    asked_for: list[str] = field(default_factory=list)

    @property
    def key(self) -> RSAKey:
        """The key that signs."""
        return self.keys[-1]

    def values(self) -> dict[str, str]:
        """What its admin page shows, as the form of Foreword wants it."""
        return {
            "name": "School Moodle",
            "platform": self.dialect,
            "issuer": self.address,
            "client_id": self.client_id,
            "deployments": self.deployment_id,
            "auth_url": f"{self.address}/auth",
            "token_url": f"{self.address}/token",
            "jwks_url": f"{self.address}/jwks",
        }

    # What it says about somebody who launches.

    def claims(self, nonce: str, /, **changes: Any) -> dict[str, Any]:
        """The claims of a launch by Ana into the first link; ``changes`` by short or full names, None to leave out."""
        now = int(time.time())
        said: dict[str, Any] = {
            "iss": self.address,
            "aud": self.client_id,
            "sub": "ana-7",
            "iat": now,
            "exp": now + 60,
            "nonce": nonce,
            "name": "Ana Pires",
            "email": "ana@school.example",
            f"{CLAIM}message_type": "LtiResourceLinkRequest",
            f"{CLAIM}version": "1.3.0",
            f"{CLAIM}deployment_id": self.deployment_id,
            f"{CLAIM}target_link_uri": "http://localhost/lti/launch",
            f"{CLAIM}roles": [f"{ROLE}Learner"],
            f"{CLAIM}context": {"id": "7", "title": "Optics 7B", "label": "OPT7B"},
            f"{CLAIM}resource_link": {"id": "link-1", "title": "Refraction"},
            f"{CLAIM}tool_platform": {"product_family_code": self.dialect, "name": "School", "guid": "g"},
            f"{CLAIM}launch_presentation": {
                "document_target": "iframe",
                "return_url": f"{self.address}/course/view.php?id=7",
            },
            "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice": {
                "context_memberships_url": f"{self.address}/members",
                "service_versions": ["2.0"],
            },
            f"{AGS}claim/endpoint": {
                "lineitems": f"{self.address}/lineitems?type_id=1",
                "scope": [f"{AGS}scope/lineitem", f"{AGS}scope/score", f"{AGS}scope/result.readonly"],
            },
        }
        for name, value in changes.items():
            said[name if "/" in name or name in said or name in PLAIN else CLAIM + name] = value
        return {name: value for name, value in said.items() if value is not None}

    def token(self, claims: dict[str, Any], key: RSAKey | None = None, **header: Any) -> str:
        """The claims, signed."""
        key = key or self.key
        return jwt.encode({"alg": "RS256", "kid": key.kid, **header}, claims, key)

    # What it serves.

    def answer(self, call: Call) -> Reply:
        """Answer one request."""
        self.calls.append(call)
        odd = self.behave(call)
        if odd is not None:
            return odd
        served = {
            "/jwks": self._jwks,
            "/token": self._token,
            "/members": self._members,
            "/lineitems": self._line_items,
            "/openid": self._openid,
            "/register": self._register,
        }
        if call.path in served:
            return served[call.path](call)
        if call.path.startswith("/lineitem/"):
            return self._line_item(call)
        return reply({"error": "not found"}, 404)

    def _jwks(self, _call: Call) -> Reply:
        return reply({"keys": [key.as_dict(private=False) | {"alg": "RS256"} for key in self.keys]})

    def _token(self, call: Call) -> Reply:
        sent = {name: values[0] for name, values in parse_qs(call.body.decode()).items()}
        assert sent["grant_type"] == "client_credentials"
        assert sent["client_assertion_type"].endswith("jwt-bearer")
        self.asked_for.append(sent["scope"])
        claims = jwt.decode(sent["client_assertion"], _key_set(self.tool_keys())).claims
        if claims["iss"] != self.client_id or claims["aud"] != f"{self.address}/token":
            return reply({"error": "invalid_client"}, 400)
        return reply({"access_token": "t-" + self.client_id, "token_type": "Bearer", "expires_in": 3600})

    def _is_known(self, call: Call) -> bool:
        return call.headers.get("authorization") == f"Bearer t-{self.client_id}"

    def _members(self, call: Call) -> Reply:
        if not self._is_known(call):
            return reply({}, 401)
        start, size = int(call.query.get("from", ["0"])[0]), self.page_size or len(self.members) or 1
        page = self.members[start : start + size]
        headers = {}
        if start + size < len(self.members):
            headers["Link"] = f'<{self.address}/members?from={start + size}>; rel="next"'
        container = {"id": f"{self.address}/members", "context": {"id": "7"}, "members": page}
        return reply(container, 200, **headers)

    def _line_items(self, call: Call) -> Reply:
        if not self._is_known(call):
            return reply({}, 401)
        if call.method == "POST":
            made = call.json() | {"id": f"{self.address}/lineitem/{len(self.line_items) + 1}?type_id=1"}
            self.line_items[made["id"]] = made
            return reply(made, 201)
        tags = {name: values[0] for name, values in call.query.items() if name != "type_id"}
        names = {"resource_id": "resourceId", "resource_link_id": "resourceLinkId", "tag": "tag"}
        found = [
            item
            for item in self.line_items.values()
            if all(item.get(names[name]) == value for name, value in tags.items() if name in names)
        ]
        return reply(found)

    def _line_item(self, call: Call) -> Reply:
        if not self._is_known(call):
            return reply({}, 401)
        base = f"{self.address}{call.path.removesuffix('/scores').removesuffix('/results')}?type_id=1"
        if base not in self.line_items:
            return reply({}, 404)
        if call.path.endswith("/scores"):
            return self._score(base, call.json())
        if call.path.endswith("/results"):
            wanted = call.query.get("user_id", [None])[0]
            held = self.results.get(base, {})
            return reply(
                [
                    {"userId": user, "resultScore": points, "resultMaximum": 100, "id": base, "scoreOf": base}
                    for user, points in held.items()
                    if wanted in (None, user)
                ]
            )
        if call.method == "PUT":
            self.line_items[base] = call.json() | {"id": base}
        return reply(self.line_items[base])

    def _score(self, item: str, score: dict[str, Any]) -> Reply:
        held = self.scores.setdefault(item, {})
        before = held.get(score["userId"])
        if before and before["timestamp"] >= score["timestamp"]:
            return reply({}, 409)
        if self.members and score["userId"] not in {member["user_id"] for member in self.members}:
            return 400, {}, b"[]"
        held[score["userId"]] = score
        points = score.get("scoreGiven")
        if score["gradingProgress"] != "FullyGraded":
            self.results.setdefault(item, {}).pop(score["userId"], None)
        elif points is not None:
            share = min(points / score["scoreMaximum"], 1)
            self.results.setdefault(item, {})[score["userId"]] = share * 100
        return 204, {}, b""

    def _openid(self, _call: Call) -> Reply:
        return reply(
            {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/auth",
                "token_endpoint": f"{self.address}/token",
                "jwks_uri": f"{self.address}/jwks",
                "registration_endpoint": f"{self.address}/register",
                "id_token_signing_alg_values_supported": ["RS256"],
                "https://purl.imsglobal.org/spec/lti-platform-configuration": {
                    "product_family_code": self.dialect,
                    "version": "4.5",
                    "messages_supported": [
                        {"type": "LtiResourceLinkRequest"},
                        {"type": "LtiDeepLinkingRequest"},
                    ],
                },
            }
        )

    def _register(self, call: Call) -> Reply:
        self.registered = call.json()
        made = self.registered | {"client_id": "dynamic-1"}
        made["https://purl.imsglobal.org/spec/lti-tool-configuration"] = made[
            "https://purl.imsglobal.org/spec/lti-tool-configuration"
        ] | {"deployment_id": "dep-9"}
        return reply(made)


PLAIN = {"azp", "given_name", "family_name", "locale", "nbf"}


def _key_set(jwks: dict[str, Any]) -> Any:
    from joserfc.jwk import KeySet  # noqa: PLC0415  # beside its only use

    return KeySet.import_key_set(jwks)


class _Handler(http.server.BaseHTTPRequestHandler):
    lms: Lms

    def _any(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        parts = urlsplit(self.path)
        call = Call(
            self.command,
            parts.path,
            parse_qs(parts.query),
            {name.lower(): value for name, value in self.headers.items()},
            self.rfile.read(length),
        )
        try:
            status, headers, body = self.lms.answer(call)
        except ConnectionAbortedError:
            self.close_connection = True
            self.connection.close()
            return
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = _any

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def listen(answering: Any) -> http.server.ThreadingHTTPServer:
    """A web server on loopback that has ``answering.answer`` answer each call."""
    handler = type("Handler", (_Handler,), {"lms": answering})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def serve() -> tuple[Lms, http.server.ThreadingHTTPServer]:
    """An LMS on loopback."""
    lms = Lms(keys=[KEY])
    KEY.ensure_kid()
    server = listen(lms)
    lms.address = f"http://127.0.0.1:{server.server_address[1]}"
    return lms, server


class Launching:
    """Somebody's browser between the LMS and Foreword."""

    def __init__(self, app: Any, lms: Lms) -> None:
        self.lms, self.client = lms, app.test_client()

    def login(self, **changes: str | None) -> Any:
        """The LMS sends the browser to our login address."""
        sent = {
            "iss": self.lms.address,
            "login_hint": "7",
            "target_link_uri": "http://localhost/lti/launch",
            "client_id": self.lms.client_id,
            "lti_message_hint": "hint",
            **changes,
        }
        sent = {name: value for name, value in sent.items() if value is not None}
        return self.client.post("/lti/login", data=sent)

    def asked(self, **changes: str | None) -> dict[str, str]:
        """What we ask the LMS with: state and nonce among it."""
        answer = self.login(**changes)
        assert answer.status_code == 302, answer.get_data(as_text=True)
        return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))

    def post(self, form: dict[str, str], **headers: str) -> Any:
        """The LMS has the browser post its answer."""
        return self.client.post("/lti/launch", data=form, headers=headers)

    def launch(self, headers: dict[str, str] | None = None, **changes: Any) -> Any:
        """A whole launch."""
        asked = self.asked()
        token = self.lms.token(self.lms.claims(asked["nonce"], **changes))
        return self.post({"state": asked["state"], "id_token": token}, **(headers or {}))

    def as_teacher(self, **changes: Any) -> Any:
        """A launch by Ms Lee, who teaches the course."""
        who = {
            "sub": "lee-1",
            "name": "Ms Lee",
            "email": "lee@school.example",
            "roles": [f"{ROLE}Instructor"],
        }
        return self.launch(**who | changes)

    def get(self, path: str, **options: Any) -> Any:
        """Ask for a page in this browser."""
        return self.client.get(path, **options)


def unsigned(claims: dict[str, Any]) -> str:
    """A token with ``alg: none``."""
    parts = [json.dumps({"alg": "none", "typ": "JWT"}), json.dumps(claims)]
    return ".".join(base64.urlsafe_b64encode(part.encode()).rstrip(b"=").decode() for part in parts) + "."


__all__ = [
    "AGS",
    "CLAIM",
    "ROLE",
    "Call",
    "Launching",
    "Lms",
    "Reply",
    "listen",
    "reply",
    "serve",
    "unsigned",
    "urlencode",
]
