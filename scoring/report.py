"""The confusion report: what a class does not understand, how many, where, and how sure that is."""

from collections import Counter
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scoring.confusion import ASKING, Judged, judge, still_open
from scoring.embeddings import Vectors, embed
from scoring.evidence import Document, Evidence, Id, Signal
from scoring.places import Span, heat, length_of, merged, overlaps, silent_places, touching, words_at
from scoring.reading import Reading
from scoring.remark import MODEL_VERSION, ModelName, Remark
from scoring.topics import cluster, label, phrase_counts
from scoring.wording import Wording

ENOUGH = 12  # confusions; with fewer a list says more than groups of it
SMALLEST_TOPIC = 2
MOST_PASSAGES = 5
REPRESENTATIVES = 3
SUMMARY = 180  # characters


@dataclass(frozen=True)
class _Whole:
    """What every topic is seen against, worked out once."""

    evidence: Evidence
    openness: dict[Id, bool]
    phrases: Counter[str]  # in how many confusions each phrase stands
    texts: int
    staff: set[Id]
    people: int  # the class, or everyone seen where its size is not known


@dataclass
class _Topic:
    members: list[Judged]
    vectors: Vectors
    spans: list[Span]


def report(
    evidence: Evidence, model: ModelName = "licensed", cache: MutableMapping[str, Any] | None = None
) -> dict[str, Any]:
    """The report of one assignment, in the shape of the package's documentation; plain values only.

    ``cache``: see ``embeddings.embed``. Deterministic: the same evidence gives the same report.
    """
    judged = judge(evidence, model, cache)
    confused = sorted((j for j in judged if j.counts), key=lambda j: str(j.annotation.id))
    openness, length = still_open(judged), length_of(evidence)
    topics, left, sure = _grouped(confused, length, cache)
    whole = _whole(evidence, openness, topics)
    shapes = [_shape(topic, whole) for topic in topics]
    shapes.sort(key=lambda shape: (-shape["students"], -shape["open_share"], shape["members"]))
    where = [_span(j) for j in confused]
    return {
        "topics": shapes,
        "silent": silent_places(evidence.signals, [span for span in where if span], length),
        "unclustered": [j.annotation.id for j in left],
        "heat": heat([*_spots(confused), *((s.author, s.start, s.end) for s in evidence.signals)], length),
        "method": _method(len(confused), len(topics), sure),
    }


def _span(judged: Judged) -> Span | None:
    a = judged.annotation
    return None if a.start is None or a.end is None else (a.start, a.end)


def _spots(confused: Sequence[Judged]) -> list[tuple[Id, float, float]]:
    return [(j.annotation.author, *span) for j in confused if (span := _span(j))]


def _grouped(
    confused: list[Judged], length: float, cache: MutableMapping[str, Any] | None
) -> tuple[list[_Topic], list[Judged], float]:
    """Topics, what belongs to none of them, and how well apart they lie (0 to 1)."""
    if len(confused) < ENOUGH:
        return [], confused, 0.0
    readable = [j for j in confused if not j.foreign]
    topics: list[_Topic] = []
    left: list[Judged] = []
    sure = 0.0
    if len(readable) >= 3:
        vectors = embed([_own_text(j) for j in readable], cache)
        labels, sure = cluster(vectors, [_span(j) for j in readable], length)
        topics, left = _split(readable, vectors, labels)
    elif readable:
        left = readable
    topics, homeless = _with_foreign(topics, [j for j in confused if j.foreign])
    return topics, [*left, *homeless], max(0.0, sure)


def _own_text(judged: Judged) -> str:
    return Reading(Remark("", judged.annotation.text)).said or judged.annotation.text[:2000]


def _split(readable: list[Judged], vectors: Vectors, labels: np.ndarray) -> tuple[list[_Topic], list[Judged]]:
    topics: list[_Topic] = []
    left: list[Judged] = []
    for name in np.unique(labels):
        rows = np.flatnonzero(labels == name)
        members = [readable[row] for row in rows]
        if len(rows) < SMALLEST_TOPIC:
            left += members
        else:
            topics.append(_Topic(members, vectors[rows], merged([s for j in members if (s := _span(j))])))
    return topics, left


def _with_foreign(topics: list[_Topic], foreign: list[Judged]) -> tuple[list[_Topic], list[Judged]]:
    """Questions that we cannot read go by their passage: to the topic there, or to one of their own."""
    homeless = []
    for judged in foreign:
        span = _span(judged)
        home = next((t for t in topics if span and overlaps(span, t.spans)), None)
        if home:
            home.members.append(judged)
            home.vectors = np.vstack([home.vectors, home.vectors.mean(axis=0, keepdims=True)])
        else:
            homeless.append(judged)
    own = merged([span for j in homeless if (span := _span(j))])
    made = [(place, [j for j in homeless if (s := _span(j)) and overlaps(s, [place])]) for place in own]
    new = [
        _Topic(m, np.zeros((len(m), 384), np.float32), [place])
        for place, m in made
        if len(m) >= SMALLEST_TOPIC
    ]
    housed = {id(j) for topic in new for j in topic.members}
    return [*topics, *new], [j for j in homeless if id(j) not in housed]


def _whole(evidence: Evidence, openness: dict[Id, bool], topics: list[_Topic]) -> _Whole:
    texts = [j.annotation.text for topic in topics for j in topic.members if not j.foreign]
    staff = {a.author for a in evidence.annotations if a.by_staff}
    seen = {a.author for a in evidence.annotations} | {s.author for s in evidence.signals}
    people = max(evidence.document.students, len(seen - staff), 1)
    return _Whole(evidence, openness, phrase_counts(texts), len(texts), staff, people)


def _shape(topic: _Topic, whole: _Whole) -> dict[str, Any]:
    """One topic as the report gives it."""
    signals = whole.evidence.signals
    here = touching([(s.start, s.end) for s in signals], topic.spans)
    near = [s for s, inside in zip(signals, here, strict=True) if inside]
    people = _students(topic, near) - whole.staff
    order = _by_centrality(topic)
    is_open = [whole.openness.get(j.annotation.id, True) for j in topic.members]
    summary = _summary(order[0], topic, whole.evidence.document)
    return {
        "label": _name(topic, whole),
        "summary": summary["text"],
        "summary_parts": {"code": summary["code"], "params": summary["params"]},
        "members": [j.annotation.id for j in sorted(topic.members, key=lambda j: str(j.annotation.id))],
        "students": len(people),
        "share": round(len(people) / whole.people, 4),
        "open_share": round(sum(is_open) / len(is_open), 4),
        "passages": [list(span) for span in topic.spans[:MOST_PASSAGES]],
        "representatives": [j.annotation.id for j in order[:REPRESENTATIVES]],
        "signals": _signal_counts(topic, near),
    }


def _students(topic: _Topic, near: list[Signal]) -> set[Id]:
    """Everyone who asked, seconded, marked or answered wrongly here, each once."""
    asked = {j.annotation.author for j in topic.members}
    seconded = {author for j in topic.members for author in j.annotation.me_too}
    return asked | seconded | {s.author for s in near if s.kind != "reread"}


def _by_centrality(topic: _Topic) -> list[Judged]:
    """Members, the one that speaks best for all first: central, endorsed, readable, of handy length."""
    centre = topic.vectors.mean(axis=0)

    def worth(pair: tuple[Judged, Any]) -> tuple[float, str]:
        judged, vector = pair
        words = len(Wording(judged.annotation.text).words)
        handy = 0.1 if 6 <= words <= 40 else 0.0
        seconds = 0.05 * min(4, len(judged.annotation.me_too))
        return -(float(vector @ centre) + handy + seconds - 0.5 * judged.foreign), str(judged.annotation.id)

    return [judged for judged, _ in sorted(zip(topic.members, topic.vectors, strict=True), key=worth)]


def _signal_counts(topic: _Topic, near: list[Signal]) -> dict[str, int]:
    def people(*kinds: str) -> int:
        return len({s.author for s in near if s.kind in kinds})

    return {
        "questions": sum(j.question >= ASKING for j in topic.members),
        "me_too": len({author for j in topic.members for author in j.annotation.me_too}),
        "marks": people("mark"),
        "wrong_answers": people("wrong", "sure_but_wrong"),
        "sure_but_wrong": people("sure_but_wrong"),
        "rereads": people("reread"),
    }


def _name(topic: _Topic, whole: _Whole) -> str:
    document = whole.evidence.document
    own = [j.annotation.text for j in topic.members if not j.foreign]
    passages = [words for span in topic.spans[:1] if (words := words_at(document, span))]
    known = {word for phrase in phrase_counts([document.title, *passages]) for word in phrase.split()}
    found = label(own, whole.phrases, whole.texts, known) or label(
        passages, phrase_counts(passages), 1, known
    )
    return found or (
        _shortened(passages[0], 60) if passages else _shortened(topic.members[0].annotation.text, 60)
    )


def _summary(best: Judged, topic: _Topic, document: Document) -> dict[str, Any]:
    """One sentence: what they ask, in the words of one of them, and at which words of the document."""
    asked = _shortened(_asking_sentence(best.annotation.text), SUMMARY)
    passage = best.annotation.quote or (words_at(document, topic.spans[0]) if topic.spans else "")
    if not passage:
        return {"code": "they_ask", "params": {"question": asked}, "text": f"One of them: “{asked}”"}
    short = _shortened(passage, 90)
    text = f"At “{short}”, one of them: “{asked}”"
    return {"code": "they_ask_at", "params": {"question": asked, "passage": short}, "text": text}


def _asking_sentence(text: str) -> str:
    wording = Wording(text)
    asking = [s for s in wording.sentences if "?" in wording.text[s.start : s.end]]
    chosen = max(asking or wording.sentences, key=lambda s: min(len(s.words), 30), default=None)
    return wording.text[chosen.start : chosen.end].strip() if chosen else text.strip()


def _shortened(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


def _method(confusions: int, topics: int, sure: float) -> dict[str, Any]:
    """What was done and how sure it is, by code."""
    base = {"confusions": confusions, "model": MODEL_VERSION, "certainty": round(min(1.0, 2.5 * sure), 2)}
    if topics == 0:
        text = f"Not enough to say: {confusions} questions or doubts; they are listed one by one."
        return base | {
            "name": "list",
            "code": "not_enough_to_say",
            "params": {"count": confusions},
            "text": text,
        }
    text = f"{confusions} questions and doubts, put together by what they say and where they stand."
    params = {"count": confusions, "topics": topics}
    return base | {"name": "topics", "code": "grouped_by_meaning_and_place", "params": params, "text": text}
