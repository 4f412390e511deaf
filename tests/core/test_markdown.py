"""What people write, as HTML that can do no harm."""

import pytest

from app.core.markdown import blanked, excerpt, render, tags_in, words


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "![x](https://spy.example/pixel.png)",
        r"$\text{<script>alert(1)</script>}$",
        r"$\href{javascript:alert(1)}{x}$",
        '<span class="formula">0</span> $x$',
        "<a href='x' onclick=alert(1)>*x*</a>",
        "$" + "{" * 2_000 + "$",
    ],
)
def test_nothing_runs_and_nothing_is_fetched(source):
    made = render(source)
    for bad in ("<script", "<img", "onerror=alert(1)>", 'href="javascript', "<a href='x'"):
        assert bad not in made.replace("&lt;img src=x onerror=alert(1)&gt;", "")


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("a *b* c", "<em>b</em>"),
        ("one\ntwo\n\nthree", "<p>one<br>\ntwo</p>\n<p>three</p>"),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
        ("$x^2$", "<msup>"),
        ("costs $5 and $6", "costs $5 and $6"),
        ("see https://a.b", "https://a.b"),
        ("[y](https://a.b)", 'rel="noopener noreferrer nofollow"'),
        ("a #tag here", '<span class="tag">#tag</span>'),
        ("hi @Ana O'Hara.", '<span class="mention">@Ana O\'Hara</span>'),
        ("`@Ana O'Hara #tag`", "<code>@Ana O'Hara #tag</code>"),
    ],
)
def test_it_says_what_was_meant(source, part):
    assert part in render(source, ["Ana O'Hara"])


def test_tags_are_found_once_and_in_lower_case():
    assert tags_in("#Light and #light, not a#b, #7, https://x/#y #straße") == ["light", "straße"]


@pytest.mark.parametrize(
    ("source", "heard"),
    [
        ("Why does *light* bend?", "Why does light bend?"),
        ("**Because** its `speed` _changes_.", "Because its speed changes."),
        ("(*before*) and ~~not~~ after", "(before) and not after"),
        ("# Title\n> quoted", "Title\nquoted"),
        ("See [this page](https://a.example/b_c).", "See this page."),
        ("2 * 3 * 4, a*b*c, snake_case_name, x_1", "2 * 3 * 4, a*b*c, snake_case_name, x_1"),
    ],
)
def test_words_are_heard_without_signs(source, heard):
    assert words(source) == heard
    assert len(blanked(source)) == len(source)
    at = blanked(source).find("light")
    assert at < 0 or source[at : at + 5] == "light"


@pytest.mark.parametrize(
    ("text", "length", "said"),
    [
        ("I can't predict the *class*.", 40, "I can't predict the class."),
        ("**Two** words\nand more", 9, "Two words…"),
        ("**Two** words", 8, "Two…"),
        ("Donaudampfschifffahrt", 5, "Donau…"),
        ("", 5, ""),
    ],
)
def test_an_excerpt_ends_between_words(text, length, said):
    assert excerpt(text, length) == said
