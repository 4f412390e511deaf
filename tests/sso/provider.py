"""An OpenID Connect provider of our own that says whatever a test wants it to."""

import hashlib
import hmac
import http.server
import json
import threading
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "other", "use": "sig"})
SECRET = "the client's secret"


@dataclass
class Provider:
    """``claims`` and ``header`` change what the next token says; ``person`` is who signs in."""

    address: str = ""
    keys: list[Any] = field(default_factory=lambda: [KEY])
    sign_with: Any = field(default_factory=lambda: KEY)
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    person: dict[str, Any] = field(default_factory=lambda: {"sub": "7", "name": "Mia Rossi"})
    userinfo: dict[str, Any] = field(default_factory=dict)
    raw_token: str = ""
    nonce: str = ""
    challenge: str = ""
    asked: list[tuple[str, dict[str, str], dict[str, str]]] = field(default_factory=list)
    configuration: dict[str, Any] = field(default_factory=dict)

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "end_session_endpoint": f"{self.address}/leave",
            "jwks_uri": f"{self.address}/jwks",
        } | self.configuration

    def token(self) -> str:
        if self.raw_token:
            return self.raw_token
        moment = int(time.time())
        said = {
            "iss": self.address,
            "aud": "foreword",
            "nonce": self.nonce,
            "iat": moment,
            "exp": moment + 300,
        }
        claims = {
            key: value for key, value in (said | self.person | self.claims).items() if value is not None
        }
        header = {"alg": "RS256", "kid": "one"} | self.header
        header = {key: value for key, value in header.items() if value is not None}
        algorithms = [header["alg"]]
        return jwt.encode(header, claims, self.sign_with, algorithms=algorithms)

    def redeemed(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if urlsafe_b64encode(digest).rstrip(b"=").decode() != self.challenge or form.get("code") != "good":
            return 400, {"error": "invalid_grant"}
        return 200, {"id_token": self.token(), "access_token": "access", "token_type": "Bearer"}


class _Handler(http.server.BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        found = {
            "/.well-known/openid-configuration": self.provider.discovery,
            "/jwks": lambda: {"keys": [key.as_dict(private=False) for key in self.provider.keys]},
            "/userinfo": lambda: self.provider.userinfo,
        }.get(urlsplit(self.path).path)
        self._note({})
        self._send(*((200, found()) if found else (404, {})))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        form = {key: values[0] for key, values in parse_qs(body).items()}
        self._note(form)
        self._send(*self.provider.redeemed(form))

    def _note(self, form: dict[str, str]) -> None:
        self.provider.asked.append((urlsplit(self.path).path, form, dict(self.headers)))

    def _send(self, status: int, value: Any) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def serve() -> tuple[Provider, http.server.ThreadingHTTPServer]:
    """A provider on loopback."""
    provider = Provider()
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), type("Handler", (_Handler,), {"provider": provider})
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    provider.address = f"http://127.0.0.1:{server.server_address[1]}"
    return provider, server


def hmac_signed_with_public_key(provider: Provider) -> str:
    """A token whose “secret” is the provider's public key: what an algorithm confusion looks like.

    By hand, since no library signs like that any more.
    """
    signed = f"{_encoded({'alg': 'HS256', 'kid': 'one'})}.{_encoded(_claims(provider))}"
    mark = hmac.new(KEY.as_pem(private=False), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{urlsafe_b64encode(mark).rstrip(b'=').decode()}"


def unsigned(provider: Provider) -> str:
    """A token of algorithm ``none``."""
    return f"{_encoded({'alg': 'none'})}.{_encoded(_claims(provider))}."


def _claims(provider: Provider) -> dict[str, Any]:
    moment = int(time.time())
    said = {"iss": provider.address, "aud": "foreword", "nonce": provider.nonce, "sub": "7"}
    return said | {"iat": moment, "exp": moment + 300}


def _encoded(value: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()
