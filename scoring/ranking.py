"""Which topic comes first, and why, in words."""

from collections.abc import Mapping, Sequence
from typing import Any

OPEN, PARTLY, SOLVED = 1.0, 0.8, 0.6  # what a student counts in a topic all of whose questions are so
SURE_BUT_WRONG = 0.5  # what each of them adds: they will not ask
SPREAD = 0.1  # what being met in every group adds, over being met in one
LEAD = 1.1  # a topic overtakes one that stood above it in the last report when it has so much more weight

Shape = dict[str, Any]


def weight(shape: Mapping[str, Any]) -> float:
    """Distinct students, less where their questions are solved, more where they are sure but wrong."""
    open_share, partly = shape["open_share"], shape["partly_share"]
    state = OPEN * open_share + PARTLY * partly + SOLVED * (1 - open_share - partly)
    spread = 1 + SPREAD * (shape["groups"] / max(1, shape["of_groups"]))
    return float(shape["students"] * state * spread + SURE_BUT_WRONG * shape["signals"]["sure_but_wrong"])


def ranked(shapes: Sequence[Shape], before: Sequence[str] = ()) -> list[Shape]:
    """The topics, the weightiest first. Those of the last report (``before``, ids in their order) keep their
    order until one has clearly more weight, so that nothing jumps while somebody reads.
    """
    place = {name: number for number, name in enumerate(before)}
    found = sorted(shapes, key=lambda s: (-weight(s), s["members"]))
    known = sorted((s for s in found if s["id"] in place), key=lambda s: place[s["id"]])
    for _ in known:
        for at in range(len(known) - 1):
            if weight(known[at + 1]) > LEAD * weight(known[at]):
                known[at], known[at + 1] = known[at + 1], known[at]
    for shape in found:
        if shape["id"] not in place:
            at = next((n for n, other in enumerate(known) if weight(other) < weight(shape)), len(known))
            known.insert(at, shape)
    return known


def reasons(shape: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Why a topic stands where it stands: ``{"code", "params", "text"}``, the weightiest first."""
    students, share = shape["students"], round(100 * shape["share"])
    found = [_reason("students", f"{students} of the class ({share} %)", students=students, share=share)]
    if shape["of_groups"] > 1:
        groups, all_groups = shape["groups"], shape["of_groups"]
        found.append(_reason("groups", f"in {groups} of {all_groups} groups", groups=groups, of=all_groups))
    if still := len(shape["open"]):
        found.append(_reason("open", f"{still} still without an answer", count=still))
    elif shape["partly_share"]:
        found.append(_reason("by_peers", "answered by peers, not yet confirmed"))
    else:
        found.append(_reason("solved", "solved"))
    if sure := shape["signals"]["sure_but_wrong"]:
        found.append(_reason("sure_but_wrong", f"{sure} sure but wrong", count=sure))
    return found


def _reason(code: str, text: str, **params: int) -> dict[str, Any]:
    return {"code": code, "params": params, "text": text}
