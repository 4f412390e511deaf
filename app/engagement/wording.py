"""Scores in words: what each part is, whom it rewards, what is there, and what would help."""

from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext

from scoring.engagement import Hint, Part


class Words(NamedTuple):
    """A component's name, what earns it, and (where it matters) whom it rewards."""

    name: str
    what: str
    rewards: str = ""


def components() -> dict[str, Words]:
    """Every component in words, in the order of the pages."""
    return {
        "annotations": Words(_("Annotations"), _("Comments, questions and replies. The best ones count.")),
        "completion": Words(
            _("Reading to the end"), _("How much of it was on screen or played; nine tenths are all of it.")
        ),
        "questions": Words(_("Questions in the material"), _("The questions that the teacher put inside.")),
        "sittings": Words(
            _("Several sittings"),
            _("Coming back on another occasion, two hours later or more."),
            _("Rewards who can spread work over days; who has one free evening a week loses."),
        ),
        "active_time": Words(
            _("Active time"),
            _("Minutes with the page in front and a hand that moves."),
            _("Rewards who reads slowly; a quick reader loses without having done less."),
        ),
        "replies": Words(
            _("Replies received"),
            _("How many different people replied."),
            _("Rewards who is well known in class, and who writes early."),
        ),
        "endorsed": Words(
            _("Endorsements received"),
            _("How many different people found something helpful, or had the same question."),
            _("Rewards who has friends in class."),
        ),
        "endorsing": Words(
            _("Endorsements given"),
            _("How many different people's annotations they endorsed."),
            _("Rewards pressing a button; it says little about reading."),
        ),
    }


def presets() -> dict[str, Words]:
    """The starting points in words."""
    return {
        "participation": Words(
            _("Participation"),
            _("Writing, reading to the end, answering. How well it is written is feedback."),
        ),
        "balanced": Words(_("Balanced"), _("The same, and thoughtful annotations count more.")),
        "annotations": Words(_("Annotations only"), _("Only what they write, by how thoughtful it is.")),
        "reading": Words(_("Reading and watching"), _("Only how much of it they read or watched.")),
        "questions": Words(
            _("Questions only"), _("Only the questions inside; a wrong answer is worth half.")
        ),
    }


def modes() -> dict[str, Words]:
    """How a course can score, in words."""
    return {
        "automatic": Words(
            _("By these rules"), _("Foreword works the points out; you can change each of them.")
        ),
        "manual": Words(_("By hand"), _("You give the points. The figures are there to help.")),
        "ungraded": Words(
            _("No points, only figures"), _("You and each student see what was done; nobody gets a score.")
        ),
        "none": Words(
            _("Nothing at all"), _("No points, and nothing is recorded of what is opened, read or watched.")
        ),
    }


def state_of(part: Part) -> str:
    """What is there of a part, in numbers with their words."""
    facts = {name: f"{value:g}" for name, value in part.facts.items()}
    if part.component == "annotations":
        return _("%(counted)s of %(wanted)s annotations count", **facts)
    if part.component == "completion":
        return _("%(read)s %% read or played", read=round(100 * part.facts["read"]))
    if part.component == "questions":
        return _("%(answered)s of %(asked)s questions answered", **facts)
    if part.component == "sittings":
        return _("%(sittings)s of %(wanted)s sittings", **facts)
    if part.component == "active_time":
        return _("%(minutes)s of %(wanted)s minutes", **facts)
    return _("%(people)s of %(wanted)s people", **facts)


def why(part: Part, shows_quality: bool) -> list[str]:
    """What made a part what it is, beyond its plain number."""
    if part.by_hand:
        return [_("Your teacher set this by hand.")]
    if part.component == "annotations":
        return _why_annotations(part, shows_quality)
    wrong = int(part.facts.get("wrong", 0))
    return [ngettext("%(num)s is not right yet", "%(num)s are not right yet", wrong)] if wrong else []


def _why_annotations(part: Part, shows_quality: bool) -> list[str]:
    facts, said = part.facts, []
    if shows_quality and facts["thoughtful"]:
        number = int(facts["thoughtful"])
        said.append(ngettext("%(num)s is thoughtful", "%(num)s are thoughtful", number))
    if shows_quality and facts["shows_reading"]:
        number = int(facts["shows_reading"])
        said.append(ngettext("%(num)s shows reading", "%(num)s show reading", number))
    if facts["late"]:
        late = int(facts["late"])
        said.append(ngettext("%(num)s came late and counts less", "%(num)s came late and count less", late))
    if shows_quality and facts.get("as_it_was"):
        number = int(facts["as_it_was"])
        said.append(
            ngettext(
                "%(num)s was changed after the deadline and counts as it stood before",
                "%(num)s were changed after the deadline and count as they stood before",
                number,
            )
        )
    if facts["bunched"]:
        percent = f"{100 * facts['bunched']:g}"
        said.append(_("they stand close together: %(percent)s %% less", percent=percent))
    return said


def advice(hint: Hint) -> str:
    """What would help, as a sentence to the student."""
    number = int(hint.number)
    sentences = {
        "write": lambda: ngettext(
            "Write %(num)s more annotation: a question you really have, or a thought about a passage.",
            "Write %(num)s more annotations: questions you really have, or thoughts about a passage.",
            number,
        ),
        "deepen": lambda: _("Take one of your annotations further: say why, or what follows from it."),
        "spread": lambda: _("Say something about another part too; your annotations stand close together."),
        "read_on": lambda: _("Read on: %(number)s %% was on your screen so far.", number=number),
        "answer": lambda: ngettext(
            "Answer the question that is still open.",
            "Answer the %(num)s questions that are still open.",
            number,
        ),
        "sittings": lambda: _("Come back to it on another day."),
        "active_time": lambda: _("Take your time with it: %(number)s minutes are wanted.", number=number),
        "endorse": lambda: _("Where somebody's annotation helped you, press “helpful”."),
    }
    return str(sentences[hint.code]())
