"""The frame of pages and the style guide, rendered by the application with the files of the last build."""

import re

import pytest
from flask import render_template

from app.core import assets
from app.core.web import Foreword


@pytest.fixture
def guide(app: Foreword) -> str:
    """The style guide as a browser gets it."""
    with app.test_request_context("/styleguide"):
        return render_template("styleguide.html")


def test_every_file_that_a_page_names_was_built(app: Foreword, guide: str) -> None:
    addresses = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', guide))
    assert len(addresses) >= 5
    client = app.test_client()
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "immutable" in answer.headers["Cache-Control"], address


def test_every_icon_that_a_page_draws_is_in_the_sprite(app: Foreword, guide: str) -> None:
    sprite = re.search(r'href="(/static/[^"#]+)#', guide)
    assert sprite
    drawn = set(re.findall(r'<use href="[^"#]+#([\w-]+)"', guide))
    symbols = set(re.findall(r'<symbol id="([\w-]+)"', app.test_client().get(sprite[1]).text))
    assert len(drawn) > 20
    assert drawn <= symbols


def test_a_page_needs_no_inline_script_style_or_handler(guide: str) -> None:
    scripts = re.findall(r"<script\b([^>]*)>", guide)
    assert scripts
    assert all("src=" in attributes or "application/json" in attributes for attributes in scripts)
    assert not re.search(r"<style|\sstyle=|\son\w+=", guide)


def test_ids_are_unique_and_what_names_them_finds_them(guide: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', guide)
    assert len(ids) == len(set(ids))
    named = re.findall(r'aria-(?:describedby|labelledby|controls)="([^"]+)"', guide)
    assert named
    assert {name for names in named for name in names.split()} <= set(ids)
    assert set(re.findall(r'<label[^>]* for="([^"]+)"', guide)) <= set(ids)


def test_a_name_with_markup_in_it_stays_a_name(app: Foreword) -> None:
    with app.test_request_context("/"):
        page = render_template(
            "errors/error.html", title="<b>&", sentence="<script>alert(1)</script>", status=404
        )
        drawn = assets.icon("check", label='"><script>')
    assert "<b>" not in page
    assert "<script>alert" not in page
    assert "<script>" not in drawn


def test_an_unknown_icon_is_noticed_in_tests(app: Foreword) -> None:
    with app.test_request_context("/"), pytest.raises(KeyError):
        assets.icon("no-such-icon")


def test_english_needs_no_catalogue_and_german_brings_only_what_code_says(app: Foreword) -> None:
    with app.test_request_context("/"):
        assert assets.browser_messages() == {"locale": "en", "messages": {}}
    with app.test_request_context("/", headers={"Accept-Language": "de"}):
        found = assets.browser_messages()
        said = {message[0] for message in assets.manifest()["messages"]}
    assert isinstance(found["messages"], dict)
    assert set(found["messages"]) <= said
