"""Read Markdown, plain text and saved web pages: a title, a language, harmless HTML and the text it shows."""

import codecs
import html
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Literal

from readability import Document

from annotators.errors import ExtractionError
from annotators.text.depth import depth
from annotators.text.formulas import lift_formulas, lower_formulas
from annotators.text.language import detect_language
from annotators.text.markdown import render_markdown
from annotators.text.mathml import Formula
from annotators.text.sanitise import Sanitised, sanitise

MAX_BYTES = 20_000_000
MAX_LENGTH = 2_000_000
"""Code points of text; a long novel has one million."""

MAX_DEPTH = 2_000
"""Elements inside each other; most pages of the web have some thirty."""

Kind = Literal["markdown", "plain", "web"]

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([a-zA-Z0-9_-]{2,20})""", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"""<html[^>]{0,2000}?\slang\s*=\s*["']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)""", re.IGNORECASE
)
_SCRIPTS = re.compile(r"<script\b", re.IGNORECASE)
_FRAMES = re.compile(r"<(?:iframe|frame|object|embed|applet)\b", re.IGNORECASE)
_PICTURES = re.compile(r"<img\b(?![^>]{0,200}\bsrc\s*=\s*[\"']?data:)", re.IGNORECASE)
# The “[edit]” beside each heading of a wiki page: a machine for its readers there, noise in a text to be discussed.
_EDIT_LINKS = re.compile(
    r"""<span\b[^>]{0,200}\bclass=["']?mw-editsection["']?[^>]{0,200}>"""
    r"""(?:<span\b[^>]{0,200}>[^<]{0,20}</span>|(?!</?span\b)[^\0]){0,2000}</span>""",
    re.IGNORECASE,
)
_AROUND = ("nav", "aside", "footer")
_BODY = re.compile(r"<body\b[^>]{0,2000}>(.*)", re.IGNORECASE | re.DOTALL)
_NOTES = {
    "scripts_removed": "Scripts removed from this page: {count}.",
    "frames_removed": "Frames and embedded objects removed from this page: {count}.",
    "pictures_removed": "Pictures on other sites, shown by their descriptions: {count}.",
}


@dataclass(frozen=True)
class Extracted:
    """A text document. ``text`` is letter by letter the ``textContent`` of ``html`` in a browser.

    ``language`` is a BCP 47 tag or None; ``notes`` are ``{code, params, text}`` of what was left out.
    """

    title: str | None
    language: str | None
    text: str
    html: str
    medium: Literal["text"] = "text"
    notes: list[dict[str, object]] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        """Return the document as plain JSON."""
        return asdict(self)


def extract(data: bytes, kind: Kind) -> Extracted:
    """Read a file's bytes; raises ExtractionError with one sentence if that is not possible."""
    if len(data) > MAX_BYTES:
        raise ExtractionError("too_large", {"limit": f"{MAX_BYTES // 1_000_000} MB"})
    source = decode(data, kind)
    if not source.strip():
        raise ExtractionError("empty")
    return _READERS[kind](source)


def decode(data: bytes, kind: Kind = "plain") -> str:
    """Return the text of a file, with LF at line ends: by its byte order mark, as UTF-8, by what the page
    says.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _lines(data.decode(encoding, "replace").removeprefix("\ufeff"))
    if b"\0" in data:
        raise ExtractionError("not_text")
    try:
        return _lines(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _lines(data.decode(_declared(data) if kind == "web" else "cp1252", "replace"))


def _declared(data: bytes) -> str:
    found = _CHARSET.search(data[:4_096])
    name = found[1].decode("ascii") if found else "cp1252"
    try:
        return name if codecs.lookup(name)._is_text_encoding else "cp1252"
    except LookupError:
        return "cp1252"


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _markdown(source: str) -> Extracted:
    rendered, formulas, title = render_markdown(source)
    return _extracted(sanitise(rendered, formulas), title, None, _notes(rendered))


def _plain(source: str) -> Extracted:
    paragraphs = re.split(r"\n(?:[ \t]*\n)+", source.strip("\n"))
    lines = (html.escape(paragraph, quote=False).replace("\n", "<br>\n") for paragraph in paragraphs)
    return _extracted(sanitise("\n".join(f"<p>{line}</p>" for line in lines)), None, None, [])


def _web(source: str) -> Extracted:
    if depth(source) > MAX_DEPTH:
        raise ExtractionError("damaged_page")
    language = _LANGUAGE.search(source[:100_000])
    source = _EDIT_LINKS.sub("", source)
    lifted, formulas = lift_formulas(source)
    body = _BODY.search(lifted)
    everything = sanitise(lower_formulas(_without_margins(body[1] if body else lifted)), formulas)
    title, main = _main_content(lifted, formulas)
    # a page of lists or of many short parts has no “main” content that a rule could find
    chosen = main if main and len(main.text) > 0.4 * len(everything.text) else everything
    return _extracted(chosen, title, language[1] if language else None, _notes(source))


def _without_margins(source: str) -> str:
    """Leave out menus, side columns and footers."""
    for tag in _AROUND:
        # looking for an end that is nowhere would take long on a page that is made for it
        if f"</{tag}" in source.lower():
            source = re.sub(
                rf"<{tag}\b.{{0,200000}}?</{tag}\s*>", "", source, flags=re.IGNORECASE | re.DOTALL
            )
    return source


def _main_content(source: str, formulas: list[Formula]) -> tuple[str | None, Sanitised | None]:
    try:
        page = Document(source)
        return page.short_title() or None, sanitise(lower_formulas(page.summary(html_partial=True)), formulas)
    except Exception:
        # readability raises what lxml raises on broken pages; the whole page is then taken
        return None, None


def _extracted(
    clean: Sanitised, title: str | None, language: str | None, notes: list[dict[str, object]]
) -> Extracted:
    if not clean.text.strip():
        raise ExtractionError("no_text")
    if len(clean.text) > MAX_LENGTH:
        raise ExtractionError("too_long", {"limit": f"{MAX_LENGTH:,}"})
    named = " ".join((title or _first_heading(clean.html) or "").split())[:200]
    return Extracted(
        named or None, language or detect_language(clean.text), clean.text, clean.html, notes=notes
    )


def _first_heading(clean: str) -> str | None:
    found = re.search(r"<h[1-3]\b[^>]*>(.{1,2000}?)</h[1-3]>", clean, re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", "", found[1])) if found else None


def _notes(source: str) -> list[dict[str, object]]:
    counts = {
        "scripts_removed": len(_SCRIPTS.findall(source)),
        "frames_removed": len(_FRAMES.findall(source)),
        "pictures_removed": len(_PICTURES.findall(source)),
    }
    return [
        {"code": code, "params": {"count": count}, "text": _NOTES[code].format(count=count)}
        for code, count in counts.items()
        if count
    ]


_READERS: dict[Kind, Callable[[str], Extracted]] = {"markdown": _markdown, "plain": _plain, "web": _web}
