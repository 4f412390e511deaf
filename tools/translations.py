"""Keep the translations in step with the words in Python, templates and TypeScript."""

from pathlib import Path

from console import say
from environment import PYTHON, run
from prepare import TRANSLATIONS, compile_messages

TEMPLATE = TRANSLATIONS / "messages.pot"
FUNCTIONS = ["_", "_l", "t", "nt:1,2", "gettext", "ngettext:1,2", "lazy_gettext"]


def refresh_messages() -> None:
    """Extract the words anew, merge them into each language, compile."""
    TRANSLATIONS.mkdir(exist_ok=True)
    say("Collecting the words of the interface")
    keywords = [part for function in FUNCTIONS for part in ("-k", function)]
    about = ["--project", "Foreword", "--copyright-holder", "Foreword contributors", "--no-location"]
    babel(
        "extract",
        "-F",
        "babel.cfg",
        *keywords,
        *about,
        "--sort-output",
        "-o",
        TEMPLATE,
        "app",
        "scoring",
        "annotators",
    )
    if any(TRANSLATIONS.rglob("*.po")):
        babel("update", "-i", TEMPLATE, "-d", TRANSLATIONS, "--no-fuzzy-matching", "--ignore-obsolete")
    compile_messages()


def babel(*arguments: str | Path) -> None:
    run([PYTHON, "-m", "babel.messages.frontend", *arguments], f"running babel {arguments[0]}")
