"""Why a group or a step is as it is: from codes to sentences in the reader's language."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

Reason = Mapping[str, Any]


def why_step(reason: Reason | None) -> str:
    """Why the draft proposes this kind; empty for a step that a person added."""
    params = (reason or {}).get("params", {})
    try:
        return STEPS[(reason or {}).get("code", "")](params)
    except (KeyError, TypeError, ValueError):  # a code or a form of it that this version does not know
        return ""


def why_group(reason: Reason, label_of: Callable[[str], str], option_of: Callable[[str], str]) -> str:
    """Why these people are together. Numbers, answers and topics; never a name."""
    params = reason["params"]
    match reason["code"]:
        case "answers_differ":
            sides = (f"{count} × “{option_of(key)}”" for key, count in params["positions"].items())
            return _("Different answers: %(answers)s", answers=", ".join(sides))
        case "all_lost_here":
            return _("All are lost at “%(topic)s”", topic=label_of(params["topic"]))
        case "some_lost_here":
            return _(
                "%(people)s are lost at “%(topic)s”", people=params["people"], topic=label_of(params["topic"])
            )
        case code:
            return GROUPS[code](params)


GROUPS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "by_chance": lambda _p: _("By chance"),
    "same_answer": lambda _p: _("All gave the same answer; nobody was left who disagrees"),
    "no_answers": lambda _p: _("Nobody here has answered yet"),
    "nothing_shared": lambda _p: _("Nothing that they share is known"),
    "some_right": lambda p: _("%(right)s of %(people)s had it right", **p),
    "none_right": lambda _p: _("Nobody here had it right; there were too few to go round"),
    "met_before": lambda p: ngettext(
        "%(num)s pair has worked together before", "%(num)s pairs have worked together before", p["pairs"]
    ),
    "all_new": lambda _p: _("Nobody here has worked with another before"),
    "apart_failed": lambda _p: _("Two who should not meet are together; there was no other way"),
}

STEPS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "several_small": lambda p: _("%(count)s smaller topics, one station each.", **p),
    "ends_class": lambda _p: _("What is still unclear, for the next lesson."),
    "nothing_known": lambda _p: _("No topic is known yet, so they begin with their own questions."),
    "talk_first": lambda _p: _("Everybody thinks, then explains it to a neighbour."),
    "few_right": lambda p: _("Only %(percent)s %% were right: show how it is done first.", **p),
    "votes_differ": lambda p: _(
        "%(percent)s %% were right: enough on both sides to convince each other.", **p
    ),
    "vote_again": lambda p: _("%(percent)s %% were right: a short second vote shows whether it holds.", **p),
    "two_sides": lambda p: _("%(sides)s different answers were taken by many.", **p),
    "write_it_down": lambda _p: _("There are tables: groups write their reasoning where all can see it."),
    "several_places": lambda p: _("It shows at %(places)s passages: one for each expert group.", **p),
    "connects_places": lambda p: _("It shows at %(places)s passages, and needs to be put together.", **p),
    "nobody_solved": lambda _p: _("Nobody has solved it yet: show how it is done."),
}
