"""Imported text: harmless, exactly what a browser shows, with blocks that keep their ids."""

import contextlib
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from annotators.errors import ExtractionError
from annotators.text.extract import Kind, extract

MARKDOWN = """---
title: "Light"
---
# Light 😀

A *ray* of e\u0301 &amp; ﬁ \u00ad שלום $x<y$ and $$\\frac{a}{b}$$ [a link](https://example.org/a) [^1]

::: challenge
A box with `code < 1`.
:::

```py

x = 1 < 2
```

| a | b |
|---|--:|
| 1 | 2 |

![A lens](fig/lens.png) ![dot](data:image/png;base64,iVBORw0KGgo=)

[^1]: A note.
"""
HOSTILE = """<script>alert(1)</script><p onclick="alert(1)" style="color:red">a</p>
<iframe src="https://e.org"></iframe>
<a href="javascript:alert(1)">b</a><a href="data:text/html,<script>alert(1)</script>">c</a>
<img src=x onerror=alert(1)>
<img src="https://e.org/x.png" alt="a &lt;b&gt; picture">
<svg><style><img src=x onerror=alert(1)></style></svg>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">
</mglyph></table></mtext></math><form action="https://e.org"><input name=a><button>d</button></form>
<table>fostered<tr><td>e</td></tr></table><p>f<div>g</p><pre>

h</pre>&#13;&#1;i\x0bj<base href="https://e.org">
<meta http-equiv=refresh content="0;url=https://e.org">
<link rel=stylesheet
href="https://e.org/a.css"><b><p>k</b>l</p>
<svg/onload=alert(1)>
<object data="x"></object>
<fw-formula n="7">m</fw-formula>"""
SAMPLES: list[tuple[str, Kind]] = [
    (MARKDOWN, "markdown"),
    (MARKDOWN, "plain"),
    (HOSTILE, "markdown"),
    (HOSTILE, "plain"),
    (HOSTILE, "web"),
    (f"<html lang=fr><body><nav>menu</nav>{'<p>Une phrase assez longue. </p>' * 30}</body>", "web"),
    ("<b><p>1</b>2</p>" * 40 + "<table><tr><p>q<td>x<table>y" * 10 + "<ruby>a<rt>b</ruby><li>x<dd>y", "web"),
    ("$\\text{<img src=x onerror=alert(1)>}$ $\\href{javascript:alert(1)}{x}$ words", "markdown"),
]


@pytest.mark.browser
@pytest.mark.parametrize(("source", "kind"), SAMPLES)
def test_the_text_is_what_a_browser_shows(source: str, kind: Kind, show: Callable[[str], Page]) -> None:
    document = extract(source.encode(), kind)
    page = show(document.html)
    assert page.evaluate("document.getElementById('document').textContent") == document.text
    bare = """() => [...function* () {
      const walker = document.createTreeWalker(document.getElementById('document'), NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) if (walker.currentNode.data.trim()) yield walker.currentNode;
    }()].filter((node) => !node.parentElement.closest('[data-block]')).map((node) => node.data)"""
    assert page.evaluate(bare) == []
    assert page.locator("#document").locator("[onclick],[onerror],[style],script,iframe,form").count() == 0


@pytest.mark.browser
def test_any_html_reads_the_same_in_a_browser(show: Callable[[str], Page]) -> None:
    parts = "<p>|</p>|<table>|<tr>|<td>|</table>|<b>|</b>|<a href=x>|<li>|<ul>|</ul>|<pre>\n\n|</pre>"
    parts += "|<math><mi>|</math>|'"
    parts += "|<svg>|</svg>|<select>|<h1>|<ruby><rt>|&amp;lt;|&nbsp;|&#13;"
    parts += "|\x0c|words |😀|<br>|<dd>|<caption>|<!--x-->|]]>"
    pieces = st.lists(st.sampled_from(parts.split("|")), max_size=30).map("".join)
    page = show("")

    @given(pieces)
    @settings(max_examples=150, deadline=None)
    def check(source: str) -> None:
        document = extract(f"<p>x</p>{source}".encode(), "web")
        shown = page.evaluate(
            "(html) => Object.assign(document.getElementById('document'), {innerHTML: html}).textContent",
            document.html,
        )
        assert shown == document.text

    check()


def test_markdown_keeps_its_structure() -> None:
    document = extract(MARKDOWN.encode(), "markdown")
    assert document.title == "Light"
    assert re.search(r"<h1 data-block=\"b\w{10}\">Light 😀</h1>", document.html)
    assert '<math display="block">' in document.html
    assert 'rel="noopener noreferrer"' in document.html
    assert "challenge" not in document.text
    assert '<img src="data:image/png;base64,iVBORw0KGgo="' in document.html
    assert '<span class="picture-alt">A lens</span>' in document.html
    assert [note["code"] for note in document.notes] == ["pictures_removed"]


def test_edit_links_of_a_wiki_are_no_words_of_the_page() -> None:
    mark = '<span class="mw-editsection-bracket">{}</span>'
    link = f'<span class="mw-editsection">{mark.format("[")}<a href="/e">edit</a>{mark.format("]")}</span>'
    page = f"<h2><span>Waves</span>{link}</h2><p>They <span>travel</span>.</p><h2>Sound{link}</h2><p>It is heard.</p>"
    assert extract(page.encode(), "web").text == "WavesThey travel.SoundIt is heard."


def test_what_was_removed_is_told() -> None:
    notes = {note["code"]: note["params"] for note in extract(HOSTILE.encode(), "web").notes}
    assert notes == {
        "scripts_removed": {"count": 2},
        "frames_removed": {"count": 2},
        "pictures_removed": {"count": 4},
    }


def test_block_ids_stay_when_another_paragraph_changes() -> None:
    before = extract(b"one\n\ntwo\n\ntwo\n\nthree", "markdown").html
    after = extract(b"ONE more\n\ntwo\n\ntwo\n\nthree", "markdown").html
    ids = [re.findall(r'data-block="([^"]+)"', html) for html in (before, after)]
    assert ids[0][1:] == ids[1][1:]
    assert ids[0][0] != ids[1][0]
    assert len(set(ids[0])) == 4


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The quick brown fox jumps over the lazy dog, and then it sleeps under a tree all day.", "en"),
        ("Der schnelle braune Fuchs springt über den faulen Hund und schläft dann unter dem Baum.", "de"),
        ("too short", None),
    ],
)
def test_the_language_is_found(text: str, language: str | None) -> None:
    assert extract(text.encode(), "plain").language == language


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encoding_it_has(encoding: str) -> None:
    assert extract("Füße\r\nzwei\rdrei".encode(encoding), "plain").text == "Füße\nzwei\ndrei"


def test_a_page_is_read_in_the_encoding_it_names() -> None:
    page = '<html><head><meta charset="iso-8859-2"></head><body><p>Łódź</p></body></html>'
    assert "Łódź" in extract(page.encode("iso-8859-2"), "web").text


@pytest.mark.parametrize(
    ("data", "kind", "code"),
    [
        (b"", "markdown", "empty"),
        (b" \n", "plain", "empty"),
        (b"a\0b", "plain", "not_text"),
        (b"<script>1</script>", "web", "no_text"),
        (b"a " * 11_000_000, "plain", "too_large"),
        (b"words " * 400_000, "plain", "too_long"),
        (b"<div>" * 100_000 + b"words", "web", "damaged_page"),
        (b"<div/>" * 100_000 + b"words", "web", "damaged_page"),
        (b"<svg><div/>" + b"<path/>" * 100_000 + b"words", "web", "damaged_page"),
        (b"<svg><title>" + b"<path/>" * 100_000 + b"words", "web", "damaged_page"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, kind: Kind, code: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        extract(data, kind)
    assert caught.value.code == code
    assert caught.value.text.endswith(".")


def test_a_long_page_with_many_drawings_is_not_a_deep_one() -> None:
    drawing = '<svg><title>Sign</title><path d="M0 0"/><circle r="1"/></svg>'
    page = "".join(
        f"<div><ul><li>Point {number}<li>{drawing}</ul><p>Words<br></div>" for number in range(3000)
    )
    assert "Point 1099" in extract(page.encode(), "web").text


@given(st.binary(max_size=300), st.sampled_from(["markdown", "plain", "web"]))
@settings(max_examples=150, deadline=None)
def test_no_bytes_break_the_reader(data: bytes, kind: Kind) -> None:
    with contextlib.suppress(ExtractionError):
        assert extract(data, kind).text.strip()


def test_formulas_of_a_page_survive() -> None:
    tex = '<annotation encoding="application/x-tex">{\\displaystyle x^{2}&lt;y}</annotation>'
    hidden = f'<div style="display: none;"><math alttext="x" display="block"><mi>gone</mi>{tex}</math></div>'
    picture = '<img class="mwe-math-fallback-image-inline" src="https://e.org/x.svg" alt="x^2">'
    words = "<p>A long enough sentence, so that this is found to be the article, and a second one. </p>" * 8
    page = (
        f"<html><body><article>{words}{hidden}{picture}{words}<dt-math>a_1</dt-math></article></body></html>"
    )
    document = extract(page.encode(), "web")
    assert '<math display="block">' in document.html
    assert "x2<y" in document.text
    assert "a1" in document.text
    assert "gone" not in document.text
    assert "x^2" not in document.text
