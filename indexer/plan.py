"""A query as terms with weights, straight to the arrays: what every search comes down to, and the form in
which engines are compared (`tests/benchmarks`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from indexer.arrays import Ints, Mask, Numbers, at_least_best
from indexer.filters import Hits, count_values, facet_codes, hits_of
from indexer.gains import Gains, scores_of
from indexer.part import Part
from indexer.phrases import in_a_row
from indexer.snapshot import Snapshot

SPARSE = 8  # a rarest group in less than 1/8 of a part is followed document by document
Named = tuple[str, str]


@dataclass(frozen=True)
class Plan:
    """`must`: a document has at least one term of every group; `scored`: terms with their weights, each
    worth weight × idf × BM25; `phrase`: exact keys in a row; `days`: yyyymmdd, both included; `facets`:
    any of the values of each; `counted`: facets whose values are counted among the hits."""

    must: tuple[tuple[Named, ...], ...] = ()
    scored: tuple[tuple[str, str, float], ...] = ()
    phrase: tuple[str, ...] = ()
    days: tuple[int, int] | None = None
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    counted: tuple[str, ...] = ()
    limit: int = 10


@dataclass(frozen=True)
class Answer:
    """How many documents meet a plan; the best of them with their scores; counts by facet and value."""

    total: int
    docs: list[int]
    scores: list[float]
    facets: dict[str, dict[str, int]]


def evaluate(snapshot: Snapshot, plan: Plan) -> Answer:
    """Answer a plan; equal scores are ordered by document number."""
    found = [_hits(snapshot, part, plan) for part in snapshot.parts]
    numbers = [each.astype(np.int64) + part.base for part, each in zip(snapshot.parts, found, strict=True)]
    docs: Ints = np.concatenate(numbers) if numbers else np.zeros(0, np.int64)
    gains = Gains()
    for name, term, weight in plan.scored:
        gains.add(name, term, weight * snapshot.idf(name, term))
    scores = scores_of(snapshot, [gains], docs)
    best = at_least_best(scores, plan.limit)
    best = best[np.lexsort((docs[best], -scores[best]))][: plan.limit]
    mask = snapshot.none() if plan.counted else None
    counted: dict[str, dict[str, int]] = {}
    if mask is not None:
        mask[docs] = True
        hits = hits_of(snapshot, mask)
        counted = {name: _counts(snapshot, name, hits) for name in plan.counted}
    return Answer(len(docs), docs[best].tolist(), scores[best].tolist(), counted)


def _hits(snapshot: Snapshot, part: Part, plan: Plan) -> Numbers:
    """The documents of a part that meet the plan, ascending."""
    docs: Numbers | None = None
    if plan.phrase:
        docs = in_a_row(part, [("x", key) for key in plan.phrase], [], [True] * len(plan.phrase))
        if docs is None:
            return np.zeros(0, np.uint16)
    groups = sorted(
        (
            [(name, number) for name, term in group if (number := part.segment.number(name, term)) >= 0]
            for group in plan.must
        ),
        key=lambda group: sum(part.segment.frequency(*term) for term in group),
    )
    if docs is None and groups and sum(part.segment.frequency(*term) for term in groups[0]) * SPARSE < part.size:
        docs = _any(part, groups.pop(0))
    mask = part.live() if docs is None else np.zeros(0, bool)
    if docs is not None and part.segment.deleted:
        docs = docs[snapshot.live[part.within][docs]]
    for group in groups:
        if docs is not None:
            docs = docs[_have_any(part, group, docs)]
        else:
            mask &= _mask_of(part, group)
    for keep in _filters(snapshot, part, plan):
        if docs is not None:
            docs = docs[keep[docs]]
        else:
            mask &= keep
    return docs if docs is not None else np.flatnonzero(mask).astype(np.uint16)


def _any(part: Part, group: list[tuple[str, int]]) -> Numbers:
    lists = [part.segment.docs(*term) for term in group]
    if not lists:
        return np.zeros(0, np.uint16)
    if len(lists) == 1:
        return lists[0]
    merged = np.sort(np.concatenate(lists))
    return merged[np.concatenate(([True], merged[1:] != merged[:-1]))]


def _have_any(part: Part, group: list[tuple[str, int]], docs: Numbers) -> Mask:
    have = np.zeros(len(docs), bool)
    for term in group:
        have |= part.have(*term, docs)
    return have


def _mask_of(part: Part, group: list[tuple[str, int]]) -> Mask:
    mask = np.zeros(part.size, bool)
    for term in group:
        part.mark(*term, mask)
    return mask


def _filters(snapshot: Snapshot, part: Part, plan: Plan) -> list[Mask]:
    found = []
    if plan.days:
        days = part.segment.days
        found.append((days >= plan.days[0]) & (days <= plan.days[1]))
    for name, values in plan.facets.items():
        mask = np.zeros(part.size, bool)
        snapshot.facet(name).of(part.segment).mark(facet_codes(snapshot, name, values), mask)
        found.append(mask)
    return found


def _counts(snapshot: Snapshot, name: str, hits: Hits) -> dict[str, int]:
    labels = snapshot.facet(name).labels
    found = count_values(snapshot, name, hits)
    return {labels[code]: int(found[code]) for code in np.flatnonzero(found).tolist()}
