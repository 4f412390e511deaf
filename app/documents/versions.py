"""When a corrected version replaces a document, what was attached to the old one moves along.

Features above (annotations, questions) register how theirs move. First each *plans*: it reads and anchors,
which takes long and writes nothing. Then all plans are carried out in the transaction that shows the new one.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from .models import Document, DocumentVersion
from .queries import version_of
from .reading import Report


@dataclass(frozen=True)
class Outcome:
    """What became of one attached thing; ``quote`` is the passage it was about."""

    kind: Literal["annotation", "mark", "question"]
    id: str
    assignment_id: str
    became: Literal["kept", "moved", "lost"]
    quote: str = ""


@dataclass(frozen=True)
class Plan:
    """What will happen to a feature's things, and the function that makes it so (in one unit of work)."""

    outcomes: list[Outcome] = field(default_factory=list)
    apply: Callable[[], None] = lambda: None


Reanchorer = Callable[[Document, DocumentVersion], Plan]
"""From the document and its new version (text, pages loaded): a plan for what is still on an older one."""

REANCHORERS: list[Reanchorer] = []

_LISTED = 200


def reanchors(function: Reanchorer) -> Reanchorer:
    """Register how a feature's things move to a new version. It must cope with being asked twice."""
    REANCHORERS.append(function)
    return function


def plan_moves(document: Document, version: DocumentVersion, report: Report) -> list[Plan]:
    """Ask every feature for its plan; nothing is attached to a first version."""
    if version.number == 1:
        return []
    report("anchoring", 0.97)
    whole = version_of(document, version.number)
    return [reanchor(document, whole) for reanchor in REANCHORERS] if whole else []


def carry_out(plans: list[Plan]) -> dict[str, Any]:
    """Carry out the plans in the current unit of work; returns what the document page tells of them."""
    for plan in plans:
        plan.apply()
    outcomes = [outcome for plan in plans for outcome in plan.outcomes]
    changed = [outcome for outcome in outcomes if outcome.became != "kept"]
    return {
        "kept": len(outcomes) - len(changed),
        "moved": sum(outcome.became == "moved" for outcome in changed),
        "lost": sum(outcome.became == "lost" for outcome in changed),
        "listed": [vars(outcome) for outcome in sorted(changed, key=_worst_first)[:_LISTED]],
    }


def _worst_first(outcome: Outcome) -> tuple[bool, str]:
    return outcome.became != "lost", outcome.id


def move_left_behind(document: Document, version: DocumentVersion) -> None:
    """Move what was attached to an older version while the new one was being prepared."""
    for plan in plan_moves(document, version, lambda *_said: None):
        plan.apply()
