"""Which places of the material a topic comes from, also where its remarks were anchored elsewhere."""

import re
from bisect import bisect_right
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from scoring.causes import Material
from scoring.confusion import Judged
from scoring.embeddings import Vectors, embed
from scoring.evidence import Document
from scoring.gathering import Group, span_of
from scoring.moments import moment_in
from scoring.places import POINT, Span, merged, touching

MOST_SENTENCES = 1500  # of a longer document, stretches of several sentences are looked at
MOST_PASSAGES = 5
ANCHORED = 1.0  # what a place gains where every remark of the topic is anchored
STANDS_OUT = 2.5  # standard deviations above the document's sentences that meaning alone must reach

_SENTENCE = re.compile(r"[^.!?\n\f]*[^\s.!?][^.!?\n\f]*[.!?]*")


@dataclass(frozen=True)
class Sources:
    """A material sentence by sentence, ready to be compared."""

    spans: list[Span]
    material: Material
    timed: bool = False  # the axis is seconds

    def of_topic(self, topic: Group) -> list[Span]:
        """At most five places, the likeliest source first: where remarks are anchored, each place as much as
        it holds of them and as it is like them, and where the material speaks of the same without an anchor.
        """
        anchors = [span for j in topic.members if (span := self._named(j) or span_of(j))]
        places = merged(anchors)
        if not self.spans or not topic.vectors.any():
            return places[:MOST_PASSAGES]
        alike = self._likeness(topic)
        share, best = _held(places, anchors), self._best(places, alike)
        found = [
            (ANCHORED * held / len(topic.members) + near / 10, place)
            for held, near, place in zip(share, best, places, strict=True)
        ]
        elsewhere = ~np.asarray(touching(self.spans, places)) & (alike >= STANDS_OUT)
        found += [(float(alike[row]) / 10, self.spans[row]) for row in np.flatnonzero(elsewhere)]
        found.sort(key=lambda pair: (-pair[0], pair[1]))
        return [place for _, place in found[:MOST_PASSAGES]]

    def _named(self, judged: Judged) -> Span | None:
        """The line of a transcript heard at the moment that a remark names, wherever the remark is anchored."""
        moment = moment_in(judged.annotation.text) if self.timed else None
        return None if moment is None else next((s for s in self.spans if s[0] <= moment < s[1]), None)

    def _likeness(self, topic: Group) -> Vectors:
        """How much each sentence is like the topic's remarks, in standard deviations over all sentences."""
        texts = [j.annotation.text for j in topic.members if not j.foreign]
        scores = self.material.likeness_to_all(texts, topic.vectors[: len(texts)])
        spread: Vectors = (scores - scores.mean()) / max(1e-6, float(scores.std()))
        return spread

    def _best(self, places: Sequence[Span], alike: Vectors) -> list[float]:
        """For each place the likeness of the sentence there that is most alike; 0 where there is none."""
        starts, ends = np.array(self.spans, float).T
        here = [alike[(starts < max(end, start + POINT)) & (ends > start)] for start, end in places]
        return [float(found.max()) if len(found) else 0.0 for found in here]


def _held(places: Sequence[Span], anchors: Sequence[Span]) -> list[int]:
    """How many anchors lie in each place; the places are the anchors joined, so each lies in one."""
    order = sorted(range(len(places)), key=lambda at: places[at])
    starts = [places[at][0] for at in order]
    held = [0] * len(places)
    for start, _end in anchors:
        held[order[bisect_right(starts, start) - 1]] += 1
    return held


def sources_of(document: Document, cache: MutableMapping[str, Any] | None = None) -> Sources:
    """The material's sentences, or a transcript's lines; of the last few documents the process remembers them."""
    return _read(document) if cache is None else _read.__wrapped__(document, cache)


@lru_cache(maxsize=8)
def _read(document: Document, cache: MutableMapping[str, Any] | None = None) -> Sources:
    pieces = [((cue.start, cue.end), cue.text) for cue in document.cues] or [
        ((float(m.start()), float(m.end())), m.group()) for m in _SENTENCE.finditer(document.text)
    ]
    pieces = _joined([(span, " ".join(text.split())) for span, text in pieces if text.strip()])
    texts = [text for _, text in pieces]
    return Sources([span for span, _ in pieces], Material.of(texts, embed(texts, cache)), bool(document.cues))


def _joined(pieces: list[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """Neighbours put together until there are few enough to look at."""
    width = -(-len(pieces) // MOST_SENTENCES)
    groups = [pieces[at : at + width] for at in range(0, len(pieces), max(1, width))]
    return [((g[0][0][0], g[-1][0][1]), " ".join(text for _, text in g)) for g in groups]
