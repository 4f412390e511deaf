"""A OneRoster service (REST, 1.1 or 1.2), asked page by page for everything or for what changed.

Services differ in how pages end, so only an empty page, a missing next page where the service names next pages, or a
page that brings nothing new ends a collection; what a service says is the total is not believed alone.
"""

import base64
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode, urljoin

from app.core.addresses import Unreachable
from app.core.outbound import Answer
from app.core.outgoing import ROSTER, as_object, send

PAGE = 500
MOST_PAGES = 5_000
TRIES = 4
LONGEST_WAIT = 30
KINDS = ("orgs", "academicSessions", "classes", "users", "enrollments")
_SCOPE = "https://purl.imsglobal.org/spec/or/{version}/scope/{name}.readonly"
Record = dict[str, Any]
wait: Callable[[float], None] = time.sleep


class ServiceProblem(Exception):
    """The service cannot be read now; ``code`` has its sentence in `wording`."""

    def __init__(self, code: str, value: str = "") -> None:
        super().__init__(code)
        self.code, self.value = code, value[:100]


@dataclass
class Service:
    """Where the service is, and with what it is asked. ``hosts`` are those that it may lead to."""

    base_url: str
    token_url: str
    client_id: str
    secret: str
    hosts: list[str] = field(default_factory=list)
    token: str = ""

    def records(self, kind: str, since: str = "") -> Iterator[Record]:
        """Every record of a kind, each once; with ``since`` those that changed after it."""
        seen: set[str] = set()
        for page in self._pages(kind, since):
            new = {_key(one): one for one in page if _key(one) not in seen}
            seen.update(new)
            yield from new.values()
            if page and not new:
                return  # it knows no further pages and sends the last, or the only one, again

    def _pages(self, kind: str, since: str) -> Iterator[list[Record]]:
        offset, following, names_next = 0, "", False
        for _number in range(MOST_PAGES):
            answer = self._asked(following or self._address(kind, offset, since))
            if answer.status == 404 and offset:
                _check_total(answer, offset)
                return
            if answer.status != 200:
                raise ServiceProblem("service_status", f"{kind}: {answer.status}")
            page = _page(answer, kind)
            yield page
            offset += len(page)
            following = _next(answer)
            names_next = names_next or bool(following)
            if not page or (names_next and not following):
                return
        raise ServiceProblem("service_endless", kind)

    def _address(self, kind: str, offset: int, since: str) -> str:
        asked = {"limit": str(PAGE), "offset": str(offset)}
        if since:
            asked["filter"] = f"dateLastModified>'{since}'"
        return f"{self.base_url.rstrip('/')}/{kind}?{urlencode(asked)}"

    def _asked(self, address: str) -> Answer:
        """One page; a token that ran out is renewed, a service that stumbles is asked again."""
        renewed = False
        for number in range(TRIES):
            answer = self._sent(address)
            if answer is not None and answer.status == 401 and not renewed:
                self.token, renewed = "", True
                continue
            if answer is not None and answer.status in (401, 403):
                raise ServiceProblem("service_refuses", str(answer.status))
            if answer is not None and answer.status not in (429, 500, 502, 503, 504):
                return answer
            if number + 1 < TRIES:
                wait(_pause(answer, number))
        raise ServiceProblem("service_stumbles")

    def _sent(self, address: str) -> Answer | None:
        headers = {"Accept": "application/json", "Authorization": f"Bearer {self._token()}"}
        try:
            return send("GET", address, headers=headers, most=ROSTER, hosts=self.hosts)
        except Unreachable as error:
            if error.code in ("no_answer", "too_slow"):
                return None
            raise ServiceProblem("service_unreachable", error.code) from error

    def _token(self) -> str:
        if not self.token:
            self.token = self._new_token()
        return self.token

    def _new_token(self) -> str:
        version = "v1p2" if "v1p2" in self.base_url else "v1p1"
        scope = " ".join(_SCOPE.format(version=version, name=name) for name in ("roster-core", "roster"))
        pair = f"{quote(self.client_id, safe='')}:{quote(self.secret, safe='')}"
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
            "Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}",
        }
        body = urlencode({"grant_type": "client_credentials", "scope": scope}).encode()
        try:
            answer = send("POST", self.token_url, body=body, headers=headers, hosts=self.hosts)
            told = as_object(answer)
        except Unreachable as error:
            raise ServiceProblem("service_unreachable", error.code) from error
        token = told.get("access_token")
        if answer.status != 200 or not isinstance(token, str) or not token.isprintable() or not token:
            raise ServiceProblem("service_refuses", f"token: {answer.status}")
        return token


def _key(record: Record) -> str:
    return str(record.get("sourcedId", ""))


def _page(answer: Answer, kind: str) -> list[Record]:
    try:
        found = as_object(answer).get(kind)
    except Unreachable as error:
        raise ServiceProblem("service_strange", kind) from error
    if not isinstance(found, list) or any(not isinstance(one, dict) for one in found):
        raise ServiceProblem("service_strange", kind)
    return found


def _next(answer: Answer) -> str:
    """The address of the next page, where the service names one."""
    for part in answer.headers.get("link", "").split(","):
        address, _semicolon, about = part.strip().partition(";")
        if about.replace('"', "").replace(" ", "") == "rel=next":
            return urljoin(answer.url, address.strip("<> "))
    return ""


def _check_total(answer: Answer, count: int) -> None:
    total = answer.headers.get("x-total-count", "")
    if total.isdecimal() and int(total[:12]) > count:
        raise ServiceProblem("service_short", f"{count} / {total[:12]}")


def _pause(answer: Answer | None, number: int) -> float:
    """How long to wait; a service that wants more than half a minute is asked another time."""
    told = answer.headers.get("retry-after", "") if answer else ""
    seconds = int(told[:6]) if told.isdecimal() else 2**number
    if seconds > LONGEST_WAIT:
        raise ServiceProblem("service_later", str(seconds))
    return seconds
