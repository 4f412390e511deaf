"""Counting what was done near a place without words. Plain Python: it runs where no model is loaded."""

from collections.abc import Iterable, Sequence
from typing import Any

from scoring.evidence import Id, Signal
from scoring.places import Span, touching

ENOUGH_PEOPLE = 2  # one lost tap is a slip, two are a place
PARTS = 100  # of the axis
STANDS_OUT = 1.5  # times the usual number of people, where nearly every part has some
FEW_VOICES = 4  # times as many people with signs as with words


def near(signals: Sequence[Signal], spans: Sequence[Span]) -> list[Signal]:
    """The signals that share a place with one of the spans."""
    here = touching([(s.start, s.end) for s in signals], spans)
    return [signal for signal, inside in zip(signals, here, strict=True) if inside]


def signal_counts(signals: Iterable[Signal]) -> dict[str, int]:
    """Distinct people for each kind of sign; who was sure but wrong was wrong, too."""
    people: dict[str, set[Id]] = {}
    for signal in signals:
        people.setdefault(signal.kind, set()).add(signal.author)
    sure = people.get("sure_but_wrong", set())
    return {
        "marks": len(people.get("mark", ())),
        "wrong_answers": len(people.get("wrong", set()) | sure),
        "sure_but_wrong": len(sure),
        "rereads": len(people.get("reread", ())),
    }


def silent_places(
    signals: Sequence[Signal], spoken: Sequence[tuple[float, float, Id]], length: float
) -> list[dict[str, Any]]:
    """Places where people were stuck and hardly anybody said a word, the most people first.

    ``spoken``: where (start, end) who asked. Signs are counted as people in equal parts of the axis, so that
    a second reading from cover to cover is not one place; parts where many speak are not silent.
    """
    parts: dict[int, set[Id]] = {}
    for signal in signals:
        for part in _parts(signal.start, signal.end, length):
            parts.setdefault(part, set()).add(signal.author)
    voices: dict[int, set[Id]] = {}
    for start, end, author in spoken:
        for part in _parts(start, end, length):
            voices.setdefault(part, set()).add(author)
    usual = sorted(map(len, parts.values()))[len(parts) // 2] if len(parts) > PARTS // 4 else 0
    least = max(ENOUGH_PEOPLE, STANDS_OUT * usual)
    quiet = [
        part
        for part, people in sorted(parts.items())
        if len(people - voices.get(part, set())) >= max(least, FEW_VOICES * len(voices.get(part, ())))
    ]
    found = [_silent(run, signals, length) for run in _runs(quiet)]
    return sorted(found, key=lambda place: (-place["students"], place["start"]))


def _parts(start: float, end: float, length: float) -> range:
    width = (length or 1.0) / PARTS
    first = min(PARTS - 1, max(0, int(start / width)))
    last = min(PARTS - 1, max(first, -int(-end // width) - 1))
    return range(first, last + 1)


def _overlap(parts: range, run: tuple[int, int]) -> bool:
    return parts[0] <= run[1] and parts[-1] >= run[0]


def _runs(parts: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for part in parts:
        if runs and part == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], part)
        else:
            runs.append((part, part))
    return runs


def _silent(run: tuple[int, int], signals: Sequence[Signal], length: float) -> dict[str, Any]:
    """A run of parts as one place: no wider than what was done there."""
    width = (length or 1.0) / PARTS
    whole = (run[0] * width, (run[1] + 1) * width)
    # Found by the same parts that were counted: a sign may lie on their edge, or past the end of a new version.
    here = [s for s in signals if _overlap(_parts(s.start, s.end, length), run)]
    start = min(whole[1], max(whole[0], min(s.start for s in here)))
    end = max(start, min(whole[1], max(s.end for s in here)))
    people = {s.author for s in here}
    return {"start": start, "end": end, "students": len(people), "signals": signal_counts(here)}
