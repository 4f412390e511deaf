"""The guides for IT: one for each product that the form knows, with pictures that are there and are described."""

import re
from pathlib import Path

import pytest

from app.lti.guides import guides

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "lti"
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)#\s]+)(?:#[^)]*)?\)")
MOST_BYTES = 60_000


def test_every_product_of_the_form_has_a_guide():
    assert {path.stem for path in FOLDER.glob("*.md")} == {one.name.lower() for one in guides()} | {"README"}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_a_guide_leads_somewhere_shows_described_pictures_and_says_what_was_not_tried(path):
    text = path.read_text(encoding="utf-8")
    for picture, words, target in LINK.findall(text):
        assert target.startswith("https://") or (FOLDER / target).is_file(), target
        assert not picture or len(words) > 40, f"{target} is not described"
    assert "not tried on" in " ".join(text.replace(">", " ").split())


def test_pictures_are_small_and_all_are_shown():
    shown = {
        target for path in FOLDER.glob("*.md") for _picture, _words, target in LINK.findall(path.read_text())
    }
    pictures = list((FOLDER / "pictures").iterdir())
    assert {f"pictures/{one.name}" for one in pictures} <= shown
    assert [one.name for one in pictures if one.stat().st_size > MOST_BYTES] == []
