"""Facets over segments: one code a value for as long as the process lives, and how many hits have each.

Values whose keys are the same (`indexer.fields.key_of_facet`) are one value, shown in the spelling that
most documents of a segment have.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np

from indexer.arrays import Ints, Mask, Numbers, packed, ranges, sizes_of
from indexer.packed.segment import Segment

FEW_VALUES = 64  # values of a segment up to which each has a bitmap
NARROW = 8  # hits in less than 1/8 of a segment are counted one by one


@dataclass(frozen=True)
class SegmentFacet:
    """The values of a segment's documents: of document n the codes[starts[n]:starts[n + 1]]."""

    starts: Numbers
    codes: Ints

    @cached_property
    def docs(self) -> Ints:
        """The document of each code."""
        return np.repeat(np.arange(len(self.starts) - 1), sizes_of(self.starts))

    @cached_property
    def totals(self) -> Ints:
        return np.bincount(self.codes)

    @cached_property
    def _bitmaps(self) -> tuple[Ints, Numbers]:
        """The codes that occur, and a bitmap of the documents of each."""
        used = np.flatnonzero(self.totals)
        size = len(self.starts) - 1
        maps = []
        for code in used.tolist():
            mask = np.zeros(size, bool)
            mask[self.docs[self.codes == code]] = True
            maps.append(packed(mask))
        return used, np.stack(maps) if maps else np.zeros((0, 0), np.uint64)

    def count(self, mask: Mask, bits: Numbers, hits: int) -> Ints:
        """How many documents of `mask` (as `bits` too, `hits` of them) have each code."""
        size = len(self.starts) - 1
        if hits == size or not len(self.codes):
            return self.totals
        if hits * NARROW < size:
            docs = np.flatnonzero(mask)
            first = self.starts[docs].astype(np.int64)
            found: Ints = np.bincount(self.codes[ranges(first, self.starts[docs + 1].astype(np.int64) - first)])
            return found
        if np.count_nonzero(self.totals) <= FEW_VALUES:
            used, maps = self._bitmaps
            found = np.zeros(len(self.totals), np.int64)
            found[used] = np.bitwise_count(maps & bits).sum(axis=1, dtype=np.int64)
            return found
        if (size - hits) * NARROW < size:
            others = np.bincount(self.codes[~mask[self.docs]], minlength=len(self.totals))
            return self.totals - others
        return np.bincount(self.codes[mask[self.docs]])

    def each_once(self) -> SegmentFacet:
        """The same, where a document may have a value in two spellings: once it counts."""
        spread = self.codes.max(initial=0) + 1
        both = np.unique(self.docs * spread + self.codes)
        ends = np.bincount(both // spread, minlength=len(self.starts) - 1).cumsum()
        return SegmentFacet(np.concatenate(([0], ends)), both % spread)

    def mark(self, codes: set[int], mask: Mask) -> None:
        """Set `mask` where a document has one of `codes`."""
        wanted = np.zeros(len(self.totals), bool)
        wanted[[code for code in codes if code < len(wanted)]] = True
        mask[self.docs[wanted[self.codes]]] = True


class Facet:
    """All values of one facet that were seen: `labels` by code, `by_key`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.labels: list[str] = []
        self.by_key: dict[str, int] = {}
        self._weights: list[int] = []  # documents of the segment from which the label was taken
        self._segments: dict[str, SegmentFacet] = {}
        self._lock = Lock()

    def of(self, segment: Segment) -> SegmentFacet:
        """The values of a segment, its codes made those of the facet."""
        found = self._segments.get(segment.name)
        if found is None:
            with self._lock:
                found = self._segments.get(segment.name) or self._take(segment)
                self._segments[segment.name] = found
        return found

    def _take(self, segment: Segment) -> SegmentFacet:
        own = segment.facet(self.name)
        counts = np.bincount(own.codes, minlength=len(own.labels)).tolist()
        codes = []
        for label, key, count in zip(own.labels, own.keys, counts, strict=True):
            code = self.by_key.get(key)
            if code is None:
                code = len(self.labels)
                self.labels.append(label)
                self._weights.append(count)
                self.by_key[key] = code
            elif count > self._weights[code]:
                self.labels[code], self._weights[code] = label, count
            codes.append(code)
        found = SegmentFacet(own.starts, np.array(codes, np.int64)[own.codes])
        return found if len(set(codes)) == len(codes) else found.each_once()

    def forget(self, names: set[str]) -> None:
        """Forget the segments that are not among `names`."""
        for name in self._segments.keys() - names:
            self._segments.pop(name, None)


class Facets:
    """Every facet, for all snapshots of a process."""

    def __init__(self) -> None:
        self._known: dict[str, Facet] = {}

    def __getitem__(self, name: str) -> Facet:
        return self._known.setdefault(name, Facet(name))

    def know(self, segments: list[Segment]) -> None:
        """The segments that are in use now; what is known of others is forgotten."""
        names = {segment.name for segment in segments}
        for facet in list(self._known.values()):
            facet.forget(names)
