"""Near-identical reports of one event don't crowd the first page: the best stays, the others come after it.

Two reports are near-identical where they are of one day and share most of their pairs of words.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from indexer.snapshot import Snapshot

DEPTH = 30  # hits looked at
SHARED = 0.6  # share of common pairs (Jaccard) from which two texts say the same
LIKELY = 0.3  # share of equal minima (of 16) from which the texts themselves are compared


def spread(snapshot: Snapshot, order: list[int], pairs_of: Callable[[int], frozenset[str]]) -> list[int]:
    """The order with near-identical ones moved behind the first DEPTH others; nothing is left out."""
    kept: list[int] = []
    moved: list[int] = []
    for doc in order[:DEPTH]:
        day = int(snapshot.days[doc])
        twins = [other for other in kept if day and int(snapshot.days[other]) == day and _likely(snapshot, doc, other)]
        if any(_alike(pairs_of(doc), pairs_of(other)) for other in twins):
            moved.append(doc)
        else:
            kept.append(doc)
    return kept + moved + order[DEPTH:]


def _likely(snapshot: Snapshot, one: int, other: int) -> bool:
    """Whether the sketches of two documents agree often enough to look at their texts."""
    (first, n), (second, m) = snapshot.part_of(one), snapshot.part_of(other)
    return float(np.mean(first.segment.sketches[n] == second.segment.sketches[m])) >= LIKELY


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    together = len(one | other)
    return together > 0 and len(one & other) / together >= SHARED
