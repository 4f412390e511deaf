"""The nine kinds of activity, in words: name, what it is good for, what the class does, what it needs."""

from typing import NamedTuple

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from scoring.planning import KINDS as ORDER
from scoring.planning import Kind


class Words(NamedTuple):
    """A kind for people. ``prompt`` speaks to the class, ``purpose`` to the teacher."""

    name: LazyString
    purpose: LazyString
    prompt: LazyString
    materials: LazyString


KINDS: dict[Kind, Words] = {
    "vote": Words(
        _l("Vote, talk, vote again"),
        _l("About half are right: they convince each other."),
        _l(
            "Vote alone first. Then find somebody who voted differently, and each say why. "
            "After that we vote again."
        ),
        _l("Phones, or hands"),
    ),
    "pairs": Words(
        _l("Think, pair, share"),
        _l("Everybody has said it once before anybody says it to all."),
        _l("Think for a minute, alone and in silence. Explain it to your neighbour. Then we hear a few of you."),
        _l("Nothing"),
    ),
    "jigsaw": Words(
        _l("Jigsaw"),
        _l("Several passages belong together: each group becomes expert in one."),
        _l(
            "Your group works on one part until each of you can explain it. Then you form new groups, with one "
            "of you from each part, and teach each other."
        ),
        _l("The passages, one for each group"),
    ),
    "worked_example": Words(
        _l("Worked example"),
        _l("Few know how yet: they see each step with its reason, then do the next one themselves."),
        _l("Follow the example. At each step, say why it is done. Then do the second one with your neighbour."),
        _l("An example with its steps, and a second one without"),
    ),
    "debate": Words(
        _l("Debate"),
        _l("Two sides were really taken: each is put as strongly as it can be."),
        _l(
            "Each side collects its best two reasons, and the best reason of the other side. Speak in turn. "
            "At the end, say what would change your mind."
        ),
        _l("A place for each side"),
    ),
    "stations": Words(
        _l("Stations"),
        _l("Several small topics: groups walk from one to the next."),
        _l("There is one question at each station. Answer it, read what the group before you wrote, and add to it."),
        _l("A sheet of paper for each station, pens"),
    ),
    "whiteboard": Words(
        _l("Problem on the whiteboard"),
        _l("Groups show their reasoning, not only the result."),
        _l(
            "Solve it together where everybody can see it. Write down each step. One of you explains, not the "
            "one who wrote."
        ),
        _l("Whiteboards or large paper, pens"),
    ),
    "concept_map": Words(
        _l("Concept map"),
        _l("The parts are known, what connects them is not."),
        _l(
            "Write each idea on its own card. Join two cards with an arrow, and write on the arrow how they "
            "belong together."
        ),
        _l("Cards, tape or magnets, pens"),
    ),
    "exit_ticket": Words(
        _l("Exit ticket"),
        _l("The lesson ends with what is still unclear."),
        _l("Write down, without your name: one thing that you can explain now, and one that is still unclear."),
        _l("A slip of paper for everybody"),
    ),
}  # fmt: skip
assert tuple(KINDS) == ORDER
