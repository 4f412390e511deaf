"""Ratings in words, in the reader's language: `scoring` speaks in codes, people in sentences."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from .schemas import Wording

LEVELS = {0: _("not yet"), 1: _("shows reading"), 2: _("thoughtful")}
LEVEL_CODES: dict[int, Wording] = {0: "not_yet", 1: "shows_reading", 2: "thoughtful"}

REASONS = {
    "gives_reason": _(
        "You say why: “%(words)s”. Going one step further, to what follows from it, would add more."
    ),
    "compares": _("You set things beside each other: “%(words)s”. Saying why they differ would add more."),
    "gives_example": _("You bring in an example: “%(words)s”. Saying what it shows would add more."),
    "names_things": _("You name what you mean: %(words)s. Saying how they hang together would add more."),
    "asks_precisely": _(
        "Your question says what it is about: “%(words)s”. "
        "Adding what you already tried would help others to answer."
    ),
    "add_reason": _("It does not say why yet. One “because …” would show how you think."),
    "add_specifics": _("It could stand under many texts. Name the word, the step or the line that you mean."),
    "add_question_detail": _(
        "It is not clear yet what you ask. Say up to where you can follow and where it stops."
    ),
    "copied_from_passage": _(
        "These words are in the text already. Say in your own words what they tell you."
    ),
    "copied_from_peer": _("A classmate wrote this already. Add what you see differently."),
    "gibberish": _("We could not read this as words. A plain sentence is enough."),
    "off_topic": _("We see no link to the passage. Say what in it made you think of this."),
    "too_short": _("It is very short. One sentence on what you noticed would do."),
    "unknown_language": _("We do not rate this language by machine. Your teacher reads it."),
}

SIGNS = {
    "in_one_piece": _("Arrived in one piece. Dictation, translation and pasting look alike."),
    "copied_from_passage": _("Many of its words are in the passage."),
    "copied_from_peer": _("Much like what a classmate had written before."),
    "off_topic": _("We see no link to the passage."),
}


def sentence(reason: dict[str, Any]) -> str:
    """One reason in the reader's language; a code that is not known yet keeps its English sentence."""
    template = REASONS.get(reason["code"])
    if template is None:
        return str(reason["text"])
    words = reason["params"].get("words", "")
    shown = ", ".join(words) if isinstance(words, list) else words
    return str(template) % {"words": shown}


def level_in_words(level: int) -> tuple[Wording, str]:
    """Code and words of a level."""
    return LEVEL_CODES[level], str(LEVELS[level])


def read_by(reader: str) -> tuple[Wording, str]:
    """What the model could not judge is read by ``reader``, the teacher."""
    words = gettext("read by %(teacher)s", teacher=reader) if reader else gettext("read by your teacher")
    return "read_by_teacher", words


SURE_ENOUGH = 0.1
"""Below this certainty nothing was judged: another language, mostly."""
