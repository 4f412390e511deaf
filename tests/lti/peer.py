"""A platform that pip installs (``lti1p3platform``), on loopback: the well-behaved leg beside our own LMS.

What the package decides stays with it: the form of login and launch, what a token request must hold, which scopes
open which service, media types and statuses. Here are only its storage, and the way from HTTP to it.
"""

import json
import threading
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from joserfc.jwk import RSAKey
from lti1p3platform.exceptions import LineItemNotFoundException
from lti1p3platform.ltiplatform import LTI1P3PlatformConfAbstract
from lti1p3platform.membership import Context
from lti1p3platform.message_launch import LTIAdvantageMessageLaunchAbstract
from lti1p3platform.oidc_login import OIDCLoginAbstract
from lti1p3platform.registration import Registration
from lti1p3platform.request import Request
from lti1p3platform.score import UpdateScoreStatus
from lti1p3platform.service_connector import AssignmentsGradesService, NamesRoleProvisioningService

from .lms import Call, Reply, listen, reply

KEY = RSAKey.generate_key(2048, private=True)
ROLE = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
OURS = "http://localhost/lti"


class _Config(LTI1P3PlatformConfAbstract):
    def init_platform_config(self, **kwargs: Any) -> None:
        self._registration = kwargs["registration"]

    def get_registration_by_params(self, **_kwargs: Any) -> Any:
        return self._registration


class _Asked(Request):
    """A request as the package reads it."""

    def build_metadata(self, request: Call) -> Any:
        numbers = {"page", "limit"}
        query = {name: values[0] for name, values in request.query.items()}
        return {
            "method": request.method,
            "form_data": dict(parse_qsl(request.body.decode())) if "/token" in request.path else {},
            "get_data": {name: int(one) if name in numbers else one for name, one in query.items()},
            "headers": {name.title(): value for name, value in request.headers.items()},
            "content_type": request.headers.get("content-type"),
            "path": request.path,
            "json": json.loads(request.body) if "json" in request.headers.get("content-type", "") else None,
        }


class _Login(OIDCLoginAbstract):
    def set_lti_message_hint(self, **kwargs: Any) -> None:
        self._lti_message_hint = kwargs["hint"]

    def get_redirect(self, url: str) -> str:
        return url


class _Message(LTIAdvantageMessageLaunchAbstract):
    def render_launch_form(self, launch_data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        return launch_data


class _Roster(NamesRoleProvisioningService):
    members: list[dict[str, Any]]

    def get_context_by_id(self) -> Context:
        return Context("7", "OPT7B", "Optics 7B")

    def get_member_data_page(self, page: int = 1, limit: int | None = None, **_more: Any) -> Any:
        size = min(limit or len(self.members), PAGE)
        start = (page - 1) * size
        return {"content": self.members[start : start + size], "has_next": start + size < len(self.members)}


class _Book(AssignmentsGradesService):
    columns: dict[str, dict[str, Any]]
    scores: dict[str, dict[str, dict[str, Any]]]

    def find_lineitems(self, **wanted: Any) -> Any:
        names = {"resource_link_id": "resourceLinkId", "resource_id": "resourceId", "tag": "tag"}
        rows = [
            row
            for row in self.columns.values()
            if all(row.get(names[name]) == value for name, value in wanted.items() if name in names)
        ]
        return {"content": rows, "has_next": False}

    def find_lineitem(self, line_item_id: str) -> Any:
        if line_item_id not in self.columns:
            raise LineItemNotFoundException
        return self.columns[line_item_id]

    def create_lineitem(self, creation_data: Any) -> Any:
        number = str(len(self.columns) + 1)
        self.columns[number] = dict(creation_data) | {"id": f"{self.ags.lineitems_url}/{number}"}
        return self.columns[number]

    def update_lineitem(self, update_data: Any) -> Any:
        self.columns[update_data["id"]] |= update_data
        return update_data

    def delete_lineitem(self, line_item_id: str) -> None:
        del self.columns[line_item_id]

    def update_score(self, line_item_id: str, score: Any) -> UpdateScoreStatus:
        self.find_lineitem(line_item_id)
        held = self.scores.setdefault(line_item_id, {})
        before = held.get(score["userId"])
        if before and before["timestamp"] >= score["timestamp"]:
            return UpdateScoreStatus.OLD_TIMESTAMP
        held[score["userId"]] = score
        return UpdateScoreStatus.CREATED

    def get_results(self, line_item_id: str, **_more: Any) -> Any:
        self.find_lineitem(line_item_id)
        rows = [
            {"userId": who, "resultScore": one["scoreGiven"], "resultMaximum": one["scoreMaximum"]}
            for who, one in self.scores.get(line_item_id, {}).items()
        ]
        return {"content": rows, "has_next": False}


PAGE = 40


class Peer:
    """The platform: its registration of us, its class, and its grade book."""

    def __init__(self) -> None:
        self.server = listen(self)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        public, private = (KEY.as_pem(private=one).decode() for one in (False, True))
        self.registration = (
            Registration()
            .set_iss(self.address)
            .set_client_id("peer-client")
            .set_deployment_id("peer-deployment")
            .set_oidc_login_url(f"{OURS}/login")
            .set_launch_url(f"{OURS}/launch")
            .set_deeplink_launch_url(f"{OURS}/deep-link")
            .set_platform_public_key(public)
            .set_platform_private_key(private)
        )
        self.config = _Config(registration=self.registration)
        self.members: list[dict[str, Any]] = []
        self.columns: dict[str, dict[str, Any]] = {}
        self.scores: dict[str, dict[str, dict[str, Any]]] = {}
        self.calls: list[str] = []
        self.lock = threading.Lock()

    def values(self) -> dict[str, str]:
        """What its admin page shows."""
        ids = {"issuer": self.address, "client_id": "peer-client", "deployments": "peer-deployment"}
        urls = {f"{name}_url": f"{self.address}/{name}" for name in ("auth", "token", "jwks")}
        return {"name": "Peer", "platform": "", **ids, **urls}

    def launch(self, client: Any, user: str, roles: list[str], **more: Any) -> Any:
        """A whole launch in the browser ``client``; returns our answer to it."""
        login = _Login(None, self.config)
        login.set_lti_message_hint(hint="link-1")
        if "picker" in more:
            login.set_deeplinking_launch_url()
        begun = client.get(login.initiate_login(user))
        asked = dict(parse_qsl(urlsplit(begun.headers["Location"]).query))
        message = _Message(
            _Asked(Call("GET", "/auth", {k: [v] for k, v in asked.items()}, {}, b"")), self.config
        )
        self._describe(message, user, roles, more)
        sent = message.lti_launch()
        return client.post(sent.pop("launch_url"), data=sent)

    def _describe(self, message: _Message, user: str, roles: list[str], more: dict[str, Any]) -> None:
        message.set_user_data(user, [ROLE + role for role in roles], user.title(), f"{user}@school.example")
        context = more.get("context", "7")
        message.set_launch_context_claim(context, context_title=f"Optics {context}")
        message.set_launch_presentation_claim("iframe", f"{self.address}/course")
        message.set_custom_parameters_claim(more.get("custom", {}))
        message.set_ags(f"{self.address}/columns")
        message.set_nrps(f"{self.address}/members")
        if "picker" in more:
            message.set_dl(f"{self.address}/return", "Choose", extra_data=more["picker"])
        else:
            message.set_resource_link_claim(more.get("link", "link-1"), title="Refraction")

    def chosen(self, form: dict[str, str]) -> list[dict[str, Any]]:
        """The content items of an answer of ours, checked by the package with our published keys."""
        return self.config.validate_deeplinking_resp(form)

    def answer(self, call: Call) -> Reply:
        """Answer one request of ours."""
        with self.lock:
            self.calls.append(f"{call.method} {call.path}")
            asked = _Asked(call)
            if call.path == "/jwks":
                return reply(self.config.get_jwks())
            if call.path == "/token":
                return reply(self.config.get_access_token(asked.form_data))
            return self._served(asked)

    def _served(self, asked: _Asked) -> Reply:
        roster = _Roster(asked, self.config, f"{self.address}/members")
        roster.members = self.members
        book = _Book(asked, self.config, f"{self.address}/columns")
        book.columns, book.scores = self.columns, self.scores
        head, _slash, rest = asked.path.strip("/").partition("/")
        number, _slash, kind = rest.partition("/")
        if head == "members":
            done = roster.handle_resp(roster.handle_get_members)
        elif not number:
            deed = book.handle_create_lineitem if asked.method == "POST" else book.handle_get_lineitems
            done = book.handle_resp(deed)
        else:
            deed = {"scores": book.handle_update_score, "results": book.handle_get_results}[kind]
            done = book.handle_resp(deed, line_item_id=number)
        return self._as_http(done)

    def _as_http(self, done: Any) -> Reply:
        """Lists travel as arrays, with the next page in a Link header, as the specifications have it."""
        result, headers = done.result, {"Content-Type": done.media_type}
        if isinstance(result, dict) and result.get("next"):
            headers["Link"] = f'<{result.pop("next")}>; rel="next"'
        body = result["content"] if isinstance(result, dict) and "content" in result else result
        return done.code, headers, json.dumps(body).encode() if body is not None else b""
