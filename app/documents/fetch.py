"""Fetch a page from the web for the library; `app.core.outbound` keeps it out of the school's own network.

Each redirect is a step of its own and checked anew.
"""

import io
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from app.core.addresses import Unreachable
from app.core.outbound import Answer, Reach, ask

from . import kinds
from .problems import ImportProblem

MAX_BYTES = 10_000_000
MAX_REDIRECTS = 5
SECONDS = 10.0
_SUFFIX = {"text/html": "html", "text/plain": "txt", "text/markdown": "md", "application/pdf": "pdf"}
_MOVED = frozenset({301, 302, 303, 307, 308})
_WEB = Reach(plain_http=True)
_ACCEPT = {
    "User-Agent": "Foreword (page import)",
    "Accept": "text/html, text/markdown, text/plain, application/pdf;q=0.9",
}


@dataclass(frozen=True)
class Page:
    """What an address gave: its bytes, its kind, and where it was really found."""

    url: str
    body: bytes
    media_type: str

    @property
    def suffix(self) -> str:
        """A file name's ending for this kind."""
        return _SUFFIX[self.media_type]

    def stream(self) -> io.BytesIO:
        """The bytes as a file."""
        return io.BytesIO(self.body)


def fetch(url: str) -> Page:
    """Get a page within ten seconds and ten megabytes; raises ImportProblem with what stood in the way."""
    deadline = time.monotonic() + SECONDS
    for _step in range(MAX_REDIRECTS + 1):
        answer = _asked(url, deadline)
        if not _is_moved(answer.status, answer.headers):
            return Page(url, answer.body, _kind(answer.headers))
        url = urljoin(url, answer.headers["location"])
    raise ImportProblem("too_many_redirects")


def _asked(url: str, deadline: float) -> Answer:
    try:
        return ask("GET", url, _WEB, deadline=deadline, headers=_ACCEPT, most=MAX_BYTES, look=_look)
    except Unreachable as problem:
        raise _in_words_of_an_import(problem) from problem


def _in_words_of_an_import(problem: Unreachable) -> ImportProblem:
    if problem.code == "too_slow":
        return ImportProblem("page_too_slow", seconds=int(SECONDS))
    if problem.code == "too_large":
        return ImportProblem("page_too_large", **problem.params)
    return ImportProblem("no_answer" if problem.code == "bad_certificate" else problem.code, **problem.params)


def _is_moved(status: int, headers: Mapping[str, str]) -> bool:
    return status in _MOVED and bool(headers.get("location"))


def _look(status: int, headers: Mapping[str, str]) -> None:
    """Is it a page, before its bytes are read?"""
    if _is_moved(status, headers):
        return
    if status != 200:
        raise ImportProblem("refused", status=status)
    _kind(headers)


def _kind(headers: Mapping[str, str]) -> str:
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    kind = kinds.BY_MEDIA_TYPE.get(media_type)
    if kind is None:
        raise ImportProblem("not_a_page", type=media_type[:80] or "?")
    return kind.media_type
