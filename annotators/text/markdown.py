"""Markdown as lessons are written: CommonMark with tables, formulas, footnotes, fenced divs, front matter."""

import re

from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from annotators.text.mathml import Formula, formula
from annotators.text.sanitise import FORMULA_TAG

_TITLE = re.compile(r"^title\s*:\s*(.+?)\s*$", re.MULTILINE)


def render_markdown(source: str) -> tuple[str, list[Formula], str | None]:
    """Return HTML that is not yet safe, the formulas that its places stand for, and a title if one is
    written.
    """
    formulas: list[Formula] = []

    def keep(tex: str, options: dict[str, bool]) -> str:
        formulas.append(formula(tex, block=options["display_mode"]))
        return f'<{FORMULA_TAG} n="{len(formulas) - 1}"></{FORMULA_TAG}>'

    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.use(front_matter_plugin).use(attrs_plugin).use(attrs_block_plugin).use(footnote_plugin)
    parser.use(deflist_plugin).use(dollarmath_plugin, renderer=keep, double_inline=True)
    # pandoc's fenced divs (“::: challenge”) are boxes, whatever they are called
    parser.use(container_plugin, "box", validate=lambda *_: True)
    tokens = parser.parse(source)
    front = next((token.content for token in tokens if token.type == "front_matter"), "")
    headings = (tokens[at + 1].content for at, token in enumerate(tokens) if token.type == "heading_open")
    written = _TITLE.search(front)
    title = written[1].strip("\"'") if written else next(headings, None)
    return parser.renderer.render(tokens, parser.options, {}), formulas, title
