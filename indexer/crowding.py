"""Near-identical reports of one event don't crowd the first page: the best stays, the others come after it.

Two reports are near-identical where they are of one day and share most of their pairs of words.
"""

from __future__ import annotations

from collections.abc import Callable

from indexer.snapshot import Snapshot
from indexer.whoosh_engine import Ints

DEPTH = 30  # hits looked at
SHARED = 0.6  # share of common pairs (Jaccard) from which two texts say the same


def spread(snapshot: Snapshot, order: Ints, pairs_of: Callable[[int], frozenset[str]]) -> Ints:
    """The order with near-identical ones moved behind the first DEPTH others; nothing is left out."""
    head = order[:DEPTH].tolist()
    kept: list[int] = []
    moved: list[int] = []
    for doc in head:
        day = int(snapshot.days[doc])
        twins = [other for other in kept if day and int(snapshot.days[other]) == day]
        if any(_alike(pairs_of(doc), pairs_of(other)) for other in twins):
            moved.append(doc)
        else:
            kept.append(doc)
    order = order.copy()
    order[: len(head)] = kept + moved
    return order


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    together = len(one | other)
    return together > 0 and len(one & other) / together >= SHARED
