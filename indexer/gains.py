"""What documents gain from a query, kept as a list until it is known which documents are asked about.

Scores are worth their while only for documents that meet the query: where those are few, each term is
looked up for them; where they are many, the worth of each term is added for all documents at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from indexer.arrays import Floats, Ints, Mask
from indexer.part import Part
from indexer.snapshot import Snapshot

MANY = 6  # documents asked about are many from 1/6 of a part on

Named = tuple[str, str]  # a field and a term of it


@dataclass
class Gains:
    """`terms`: weight of each (its idf included); `together`: what a document gains that has all of some
    terms; `dense`: scores of all documents. `within`: the documents that gain, where not all do."""

    terms: dict[Named, float] = field(default_factory=dict)
    together: list[tuple[tuple[Named, ...], float]] = field(default_factory=list)
    dense: list[Floats] = field(default_factory=list)
    within: Mask | None = None

    def add(self, name: str, term: str, weight: float) -> None:
        """A term counts with `weight` × BM25."""
        self.terms[name, term] = self.terms.get((name, term), 0.0) + weight


def scores_of(snapshot: Snapshot, gains: Iterable[Gains], docs: Ints) -> Floats:
    """The scores of `docs` (ascending numbers of the snapshot)."""
    gains = list(gains)
    scores = np.zeros(len(docs), np.float32)
    cuts = np.searchsorted(docs, [part.base for part in snapshot.parts] + [snapshot.size]).tolist()
    for part, start, end in zip(snapshot.parts, cuts, cuts[1:], strict=False):
        if start < end:
            inside = (docs[start:end] - part.base).astype(np.uint16)
            for each in gains:
                scores[start:end] += _of_part(snapshot, part, each, inside)
    return scores


def _of_part(snapshot: Snapshot, part: Part, gains: Gains, docs: np.typing.NDArray[np.uint16]) -> Floats:
    numbers = [
        (name, number, weight)
        for (name, term), weight in gains.terms.items()
        if (number := _number(snapshot, part, name, term)) >= 0
    ]
    if len(docs) * MANY > part.size:
        whole = np.zeros(part.size, np.float32)
        for name, number, weight in numbers:
            part.add(name, number, weight, whole)
        scores: Floats = whole[docs] if len(docs) < part.size else whole
    else:
        scores = np.zeros(len(docs), np.float32)
        for name, number, weight in numbers:
            part.add_to(name, number, weight, docs, scores)
    for terms, value in gains.together:
        found = [(name, _number(snapshot, part, name, term)) for name, term in terms]
        if all(number >= 0 for _, number in found):
            have = np.ones(len(docs), bool)
            for name, number in found:
                have &= part.have(name, number, docs)
            scores[have] += np.float32(value)
    for each in gains.dense:
        scores += each[part.within][docs]
    if gains.within is not None:
        scores = np.where(gains.within[part.within][docs], scores, np.float32(0))
    return scores


def _number(snapshot: Snapshot, part: Part, name: str, term: str) -> int:
    return snapshot.term(name, term).numbers.get(part, -1)
