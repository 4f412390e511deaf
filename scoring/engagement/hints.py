"""What would help: the one to three things that would raise a score most, by code."""

from dataclasses import dataclass

from .policy import Policy
from .score import Part, Standing

MOST = 3
LEAST_GAIN = 0.01


@dataclass(frozen=True, slots=True)
class Hint:
    """Something a student could do: ``gain`` is what it could add to the score, 0 to 1."""

    code: str
    number: float
    gain: float


def hints(standing: Standing, policy: Policy) -> list[Hint]:
    """At most three, the greatest gain first; none where full credit is reached, set by hand or excused."""
    share = standing.share or 0.0
    if standing.excused or share >= 1:
        return []
    found = [hint for part in standing.parts if not part.by_hand for hint in _of(part, policy)]
    wanted = [hint for hint in found if hint.gain >= LEAST_GAIN]
    return sorted(wanted, key=lambda hint: -hint.gain)[:MOST]


def _of(part: Part, policy: Policy) -> list[Hint]:
    left = part.weight * (1 - part.share)
    facts = part.facts
    if part.component == "annotations":
        return _of_annotations(part, policy, left)
    if part.component == "completion":
        return [Hint("read_on", round(100 * facts["read"]), left)]
    if part.component == "questions":
        open_ = facts["asked"] - facts["answered"]
        return [Hint("answer", open_, left)] if open_ else []
    if part.component in ("sittings", "active_time"):
        return [Hint(part.component, facts["wanted"], left)]
    # What others do is not a student's to change; endorsing is.
    return [Hint("endorse", facts["wanted"], left)] if part.component == "endorsing" else []


def _of_annotations(part: Part, policy: Policy, left: float) -> list[Hint]:
    facts = part.facts
    missing = facts["wanted"] - facts["counted"]
    found = [Hint("write", missing, part.weight * missing / facts["wanted"])] if missing > 0 else []
    if policy.content == "quality" and facts["shows_reading"]:
        gain = part.weight * facts["shows_reading"] * (1 - policy.level_one / 100) / facts["wanted"]
        found.append(Hint("deepen", facts["shows_reading"], gain))
    if facts["bunched"] > 0:
        found.append(Hint("spread", facts["counted"], min(left, part.weight * facts["bunched"])))
    return found
