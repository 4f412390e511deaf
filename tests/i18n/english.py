"""Finds English in what a person gets to read: text, names for screen readers, hints, titles."""

import re
from html.parser import HTMLParser

from .pseudo import date_words

_SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-confirm", "data-copied", "label")
_SILENT = {"script", "style", "template", "code", "kbd"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_WORD = re.compile(r"[A-Za-z]{2,}")
# Names stay names in every language, and “Aa” stands for letters.
_NAMES = {"Foreword", "Suomi", "Firefox", "Chrome", "Safari", "Edge", "UTC", "Aa", "LMS"} | {
    *("Moodle", "Canvas", "Brightspace", "Blackboard", "Sakai"),
}


class Page(HTMLParser):
    """What a page says, and where its links lead.

    Left out: scripts; what people wrote (elements with a ``lang`` of their own) and their initials; time zones.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.links: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(html)

    @property
    def _is_silent(self) -> bool:
        return any(silent for _, silent in self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        written = ("lang" in given and tag != "html") or "avatar" in given.get("class", "").split()
        silent = tag in _SILENT or written or given.get("name") == "timezone"
        if not (silent or self._is_silent):
            self.said += [given[name] for name in _SPOKEN if name in given]
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag not in _VOID:
            self._open.append((tag, silent))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            continue

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._is_silent:
            self.said.append(data.strip())


def english_in(said: list[str], known: list[str]) -> list[str]:
    """Those texts that hold a word of English, once what people called things (``known``) is taken out."""
    return [text for text in said if _WORD.search(_without(text, known))]


def _without(text: str, known: list[str]) -> str:
    for name in sorted(known, key=len, reverse=True):
        text = text.replace(name, "")
    text = re.sub(r"https?://\S*|localhost\S*|[\w.-]+@[\w.-]+|/\w[\w/-]*|\b[\w-]*\d[\w-]*\b", "", text)
    return " ".join(word for word in re.split(r"[^\w]+", text) if word not in _NAMES | date_words())
