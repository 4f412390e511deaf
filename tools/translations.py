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
    babel(*extraction(TEMPLATE))
    if any(TRANSLATIONS.rglob("*.po")):
        # Without guesses and dates, so that the files change only where the words did.
        quiet = ["--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date"]
        babel("update", "-i", TEMPLATE, "-d", TRANSLATIONS, *quiet)
    compile_messages()


def extraction(target: Path) -> list[str | Path]:
    """Return the arguments with which babel collects the words of the code into ``target``."""
    keywords = [part for function in FUNCTIONS for part in ("-k", function)]
    about = ["--project", "Foreword", "--version", "1", "--copyright-holder", "Foreword contributors"]
    plain: list[str | Path] = ["--no-location", "--sort-output", "-o", target]
    return ["extract", "-F", "babel.cfg", *keywords, *about, *plain, "app", "scoring", "annotators"]


def babel(*arguments: str | Path) -> None:
    run([PYTHON, "-m", "babel.messages.frontend", *arguments], f"running babel {arguments[0]}")
