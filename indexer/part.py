"""One segment within a snapshot: its terms' documents as arrays, and what they are worth in BM25."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

import numpy as np

from indexer.arrays import Floats, Mask, Numbers, places
from indexer.packed.segment import Segment

K1, B = 1.2, 0.75  # BM25; relevance.md: flat around these, b ≤ .5 loses
SPREAD = 16  # a term in more than 1/16 of the documents is weighed for all documents at once
GATHER = 4  # a candidate costs as much to look up in a list as GATHER of the list to be written


class Part:
    """See the module. Documents are those of the segment, from 0."""

    def __init__(self, segment: Segment, base: int, mean_length: Callable[[str], float], cache: Impacts) -> None:
        self.segment = segment
        self.base = base
        self.size = segment.size
        self.within = slice(base, base + segment.size)
        self._mean_length = mean_length
        self._cache = cache
        self._norms: dict[str, Floats] = {}
        self._deleted = np.array(sorted(segment.deleted), np.uint16)

    def live(self) -> Mask:
        mask = np.ones(self.size, bool)
        mask[self._deleted] = False
        return mask

    def frequency(self, field: str, number: int) -> int:
        """How many live documents have the term."""
        count = self.segment.frequency(field, number)
        if not len(self._deleted):
            return count
        row = self.segment.dense(field, number)
        if row is not None:
            return count - int(np.count_nonzero(row[self._deleted]))
        return count - int(np.count_nonzero(places(self.segment.docs(field, number), self._deleted)[1]))

    def mark(self, field: str, number: int, mask: Mask) -> None:
        """Set `mask` where a document has the term."""
        row = self.segment.dense(field, number)
        if row is None:
            mask[self.segment.docs(field, number)] = True
        else:
            mask |= row != 0

    def have(self, field: str, number: int, docs: Numbers) -> Mask:
        """Which of `docs` (ascending) have the term."""
        row = self.segment.dense(field, number)
        return places(self.segment.docs(field, number), docs)[1] if row is None else row[docs] != 0

    # ---- what a term is worth

    def _norm(self, field: str) -> Floats:
        if field not in self._norms:
            norm = self.segment.lengths(field) * np.float32(K1 * B / self._mean_length(field))
            norm += np.float32(K1 * (1 - B))
            self._norms[field] = norm
        return self._norms[field]

    def impact(self, field: str, number: int) -> tuple[Numbers | None, Floats]:
        """BM25 without the idf: of the listed documents, or (None) of every document."""
        key = (self.base, field, number)
        found = self._cache.get(key)
        if found is None:
            found = self._weigh(field, number)
            self._cache.keep(key, found)
        return found

    def _weigh(self, field: str, number: int) -> tuple[Numbers | None, Floats]:
        row, norm = self.segment.dense(field, number), self._norm(field)
        if row is None and self.segment.frequency(field, number) * SPREAD > self.size:
            counts = self.segment.counts(field, number)
            row = np.zeros(self.size, counts.dtype)
            row[self.segment.docs(field, number)] = counts
        if row is not None:
            worth = row.astype(np.float32)
            below = worth + norm
            docs = None
        else:
            docs = self.segment.docs(field, number).astype(np.intp)
            worth = self.segment.counts(field, number).astype(np.float32)
            below = worth + norm[docs]
        worth *= np.float32(K1 + 1)
        worth /= below
        return docs, worth

    def add(self, field: str, number: int, weight: float, scores: Floats) -> None:
        """Add the term's worth to the scores of all documents."""
        docs, worth = self.impact(field, number)
        if docs is None:
            scores += worth * np.float32(weight)
        else:
            scores[docs] += worth * np.float32(weight)

    def add_to(self, field: str, number: int, weight: float, docs: Numbers, scores: Floats) -> None:
        """Add the term's worth to `scores`, which are parallel to `docs` (ascending)."""
        row, norm = self.segment.dense(field, number), self._norm(field)
        if row is not None:
            counts = row[docs].astype(np.float32)
            scores += counts * np.float32(weight * (K1 + 1)) / (counts + norm[docs])
            return
        listed = self.segment.docs(field, number)
        if len(listed) * GATHER < len(docs):  # the shorter of the two is looked up in the longer
            mine, hit = places(docs, listed)
            theirs, mine = np.flatnonzero(hit), mine[hit]
        else:
            theirs, hit = places(listed, docs)
            mine, theirs = np.flatnonzero(hit), theirs[hit]
        if len(mine):
            counts = self.segment.counts(field, number)[theirs].astype(np.float32)
            scores[mine] += counts * np.float32(weight * (K1 + 1)) / (counts + norm[docs[mine]])

    def impact_of(self, field: str, number: int, doc: int) -> float:
        """BM25 of the term in one document, without the idf."""
        scores = np.zeros(1, np.float32)
        self.add_to(field, number, 1.0, np.array([doc], self.segment.docs(field, number).dtype), scores)
        return float(scores[0])


class Impacts:
    """The worth of recently used terms, up to a number of bytes; threads share it."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._used = 0
        self._kept: OrderedDict[tuple[int, str, int], tuple[Numbers | None, Floats]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[int, str, int]) -> tuple[Numbers | None, Floats] | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, key: tuple[int, str, int], value: tuple[Numbers | None, Floats]) -> None:
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = value
            self._used += _bytes(value)
            while self._used > self._most and len(self._kept) > 1:
                self._used -= _bytes(self._kept.popitem(last=False)[1])


def _bytes(value: tuple[Numbers | None, Floats]) -> int:
    docs, worth = value
    return worth.nbytes + (docs.nbytes if docs is not None else 0)
