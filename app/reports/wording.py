"""The report's own sentences, by the codes that the core gives."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

Params = Mapping[str, Any]


def reason_in_words(reason: Mapping[str, Any]) -> str:
    """One reason for a topic's place, in the reader's language."""
    say = _REASONS.get(reason["code"])
    return say(reason["params"]) if say else str(reason["text"])


def _still_open(params: Params) -> str:
    return ngettext("%(num)s still without an answer", "%(num)s still without an answer", params["count"])


_REASONS: dict[str, Callable[[Params], str]] = {
    "students": lambda params: _("%(share)s %% of the class", share=params["share"]),
    "groups": lambda params: _("in %(groups)s of %(of)s groups", groups=params["groups"], of=params["of"]),
    "open": _still_open,
    "by_peers": lambda _params: _("answered by peers, not yet confirmed"),
    "solved": lambda _params: _("solved"),
    "sure_but_wrong": lambda params: ngettext(
        "%(num)s sure but wrong", "%(num)s sure but wrong", params["count"]
    ),
}


def summary_in_words(topic: Mapping[str, Any]) -> str:
    """The one-sentence summary, in the reader's language around the student's own words."""
    parts = topic.get("summary_parts")
    if not parts:
        return str(topic.get("summary", ""))
    params = parts["params"]
    if parts["code"] == "they_ask_at":
        return _(
            "At “%(passage)s”, one of them: “%(question)s”",
            passage=params["passage"],
            question=params["question"],
        )
    return _("One of them: “%(question)s”", question=params["question"])


MEASURED = {  # what `bench/topics.py` measures, by the keys of its table
    "ari_given": _l(
        "Groups as people made them, their number given (adjusted Rand index; 1 is the same, 0 is chance)"
    ),
    "ari_free": _l("The same, the number of groups not given"),
    "top5": _l("Notes whose topic is among the first five"),
    "label": _l("Topics whose name among people stands in our name or summary"),
    "stable_1": _l("Grouping kept when 1 % more arrive"),
    "stable_5": _l("Grouping kept when 5 % more arrive"),
    "stable_10": _l("Grouping kept when 10 % more arrive"),
    "anew_10": _l("The same, were everything grouped anew"),
    "cause1": _l("The sentence that caused a question comes first"),
    "cause3": _l("The sentence that caused a question is among the first three"),
}
