"""The German catalogue: complete, fresh, and with everything in its place that the code fills in."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from .pseudo import german

ROOT = Path(__file__).parents[2]
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}")
_Pair = tuple[str, str]


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    return german()


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What the code says today."""
    sys.path.insert(0, str(ROOT / "tools"))
    from translations import extraction

    target = tmp_path_factory.mktemp("words") / "messages.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", *map(str, extraction(target))]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with target.open("rb") as file:
        return read_po(file)


def pairs(catalogue: Catalog) -> list[_Pair]:
    """Each English text with its translation; of plurals, the form for one and the form for many."""
    found: list[_Pair] = []
    for message in catalogue:
        if not message.id:
            continue
        if isinstance(message.id, str):
            found.append((message.id, str(message.string)))
        else:
            found += zip(message.id, message.string, strict=True)
    return found


def test_german_says_all_that_the_code_says_and_nothing_else(catalogue, extracted):
    ids = {message.id for message in extracted if message.id}
    translated = {message.id for message in catalogue if message.id}
    assert (ids - translated, translated - ids) == (set(), set()), "run `make messages` and translate"


def test_nothing_is_untranslated_or_a_guess(catalogue):
    assert not [english for english, said in pairs(catalogue) if not said]
    assert not [message.id for message in catalogue if message.id and message.fuzzy]


def test_what_the_code_fills_in_is_there_in_german(catalogue):
    def filled(text: str) -> list[str]:
        return sorted(_PLACEHOLDER.findall(text))

    assert not [(english, said) for english, said in pairs(catalogue) if filled(english) != filled(said)]


def test_blanks_and_line_ends_around_a_text_are_kept(catalogue):
    def edges(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    assert not [(english, said) for english, said in pairs(catalogue) if edges(english) != edges(said)]


def test_german_says_du_and_avoids_the_words_we_avoid(catalogue):
    avoided = re.compile(
        r"\b(Sie (haben|können|sind|müssen)|Ihre[nrms]?\b.*\bSie\b|User|Submit\w*|ungültig\w*)\b"
    )
    assert not [said for _, said in pairs(catalogue) if avoided.search(said) or "!" in said]


def test_the_browsers_code_says_only_what_can_be_collected():
    """`t(…)` takes the text itself: one in a variable would reach nobody who translates."""
    calls = re.compile(r"(?<![\w.])n?t\(\s*([^\s])")
    for path in (ROOT / "app/frontend/src").rglob("*.ts*"):
        if path.name.endswith(".test.ts") or path.name == "messages.ts":
            continue
        assert set(calls.findall(path.read_text())) <= {'"', "'"}, path
