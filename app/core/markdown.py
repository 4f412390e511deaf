"""Markdown that people write, as safe HTML: no raw HTML, no pictures, formulas as MathML.

The words themselves are never changed; `@Name` and `#tag` are marked up, links get a safe ``rel``.
"""

import html
import re
from collections.abc import Iterable, Sequence
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from annotators.text.mathml import formula

# Signs around words (not between them: a*b), before a line, and the address of a link.
_SIGNS = re.compile(
    r"(?<!\w)(?:\*{1,3}|_{1,3})(?=\S)|(?<=\S)(?:\*{1,3}|_{1,3})(?!\w)|`+|~~|^[ \t]*(?:#{1,6}|>)[ \t]+"
    r"|!?\[(?=[^\]\n]*\]\()|\]\([^)\s]*\)",
    re.M,
)
_TAG = re.compile(r"(?<![\w&#/])#([^\W\d_][\w-]{0,39})")
_TAGS = {
    *("p", "br", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "hr", "a", "span"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
_CLASSES = {"mention", "tag", "formula"}
# Without any of these a text is plain paragraphs, and the parser (0.7 ms) need not be asked.
_MARKED_UP = re.compile(r"[*_`\[\]<>$&\\|~]|^[ \t]*(?:[-+=#]|\d+[.)]|[ ]{4}|\t)|[ ]\n", re.M)


def render(text: str, names: Iterable[str] = ()) -> str:
    """Return Markdown as HTML that may be put into a page as it is.

    ``names`` are the people who were mentioned: ``@Name`` of theirs is marked up, any other `@` is text.
    """
    names = sorted(filter(None, names), key=len, reverse=True)
    if not _MARKED_UP.search(text):
        return _plain_paragraphs(text, names)
    formulas: list[str] = []
    env: dict[str, Any] = {"formulas": formulas, "names": names}
    unsafe = _MARKDOWN.render(text, env)
    safe = nh3.clean(
        unsafe,
        tags=_TAGS,
        attributes={"a": {"href", "title"}, "span": {"class"}, "ol": {"start"}, "code": set()},
        attribute_filter=_only_our_classes,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return _PLACE.sub(lambda match: formulas[int(match[1])], safe) if formulas else safe


def _plain_paragraphs(text: str, names: Sequence[str]) -> str:
    """What the parser would make of a text without any mark-up."""
    paragraphs = (part.strip() for part in re.split(r"\n\s*\n", text))
    drawn = ("<br>\n".join(_draw(line, names) for line in part.split("\n")) for part in paragraphs if part)
    return "".join(f"<p>{part}</p>\n" for part in drawn)


def words(text: str) -> str:
    """Markdown without its signs: what a person hears when it is read out."""
    return _SIGNS.sub("", text)


def excerpt(text: str, length: int) -> str:
    """The beginning of Markdown without its signs, cut between words, at most ``length`` characters and an ellipsis."""
    plain = " ".join(words(text).split())
    if len(plain) <= length:
        return plain
    start, gap, _rest = plain[: length + 1].rpartition(" ")
    return (start if gap else plain[:length]).rstrip() + "…"


def blanked(text: str) -> str:
    """The same words at the same offsets: signs become spaces, so that places in it are places in ``text``."""
    return _SIGNS.sub(lambda sign: " " * len(sign[0]), text)


def tags_in(text: str) -> list[str]:
    """The `#tags` of a text, each once, in lower case and in their order."""
    return list(dict.fromkeys(tag.lower() for tag in _TAG.findall(text)))[:20]


_PLACE = re.compile(r'<span class="formula">(\d+)</span>')


def _only_our_classes(tag: str, attribute: str, value: str) -> str | None:
    return value if attribute != "class" or (tag == "span" and value in _CLASSES) else None


def _draw_formula(_self: Any, tokens: list[Token], index: int, _options: Any, env: dict[str, Any]) -> str:
    token = tokens[index]
    env["formulas"].append(formula(token.content, block=token.type != "math_inline").html)
    place = f'<span class="formula">{len(env["formulas"]) - 1}</span>'
    return f"<p>{place}</p>\n" if token.type.startswith("math_block") else place


def _draw_text(_self: Any, tokens: list[Token], index: int, _options: Any, env: dict[str, Any]) -> str:
    return _draw(tokens[index].content, env["names"])


def _draw(text: str, names: Sequence[str]) -> str:
    """Text with its mentions and tags marked up."""
    drawn = html.escape(text, quote=False)
    for name in names:
        mention = html.escape(f"@{name}", quote=False)
        drawn = drawn.replace(mention, f'<span class="mention">{mention}</span>')
    return _TAG.sub(r'<span class="tag">#\1</span>', drawn)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 20})
    parser.enable(["table", "strikethrough"]).disable(["image", "html_inline", "html_block", "reference"])
    parser.use(dollarmath_plugin, allow_space=False, double_inline=True)
    parser.add_render_rule("text", _draw_text)
    for kind in ("math_inline", "math_inline_double", "math_block", "math_block_label"):
        parser.add_render_rule(kind, _draw_formula)
    return parser


_MARKDOWN = _parser()
