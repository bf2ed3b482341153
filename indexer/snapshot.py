"""The index at one moment, as arrays over all segments: what scoring, filters and counts work on.

Documents are numbered from 0 across the segments. A snapshot never changes; a newer one shares the
decoded parts of the segments that did not change.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np
import numpy.typing as npt

from indexer.analysis import surface_key
from indexer.analysis.keys import TONES
from indexer.analysis.quantities import Bound, Quantity
from indexer.analysis.spelling import spell
from indexer.fields import key_of_facet
from indexer.vocabulary import Vocabulary
from indexer.whoosh_engine import Floats, Ints, Segment

Mask = npt.NDArray[np.bool_]
CACHED_POSTINGS = 4_096
K1, B = 1.2, 0.75  # BM25; relevance.md: flat around these, b ≤ .5 loses


@dataclass(frozen=True)
class Weighted:
    """The documents that have a term, and its BM25 weight in each without the idf factor."""

    docs: Ints
    impact: Floats
    counts: Floats


EMPTY = Weighted(np.zeros(0, np.int64), np.zeros(0, np.float32), np.zeros(0, np.float32))


@dataclass(frozen=True)
class FacetColumn:
    """Which document has which values: parallel arrays, and the values by their codes."""

    docs: Ints
    codes: Ints
    labels: list[str]
    by_key: dict[str, int]


class Snapshot:
    """See the module."""

    def __init__(self, segments: list[Segment], generation: int) -> None:
        self.generation = generation
        self.segments = segments
        sizes = [segment.size for segment in segments]
        self.bases = [sum(sizes[:n]) for n in range(len(sizes))]
        self.size = sum(sizes)
        self.live: Mask = np.concatenate([s.live() for s in segments]) if segments else np.zeros(0, bool)
        self.count = int(self.live.sum())
        self._cache: OrderedDict[tuple[str, str], Weighted] = OrderedDict()
        self._facets: dict[str, FacetColumn] = {}
        self._means: dict[str, float] = {}
        self._lock = Lock()  # threads of the server share a snapshot

    @cached_property
    def ids(self) -> list[str]:
        return [id for segment in self.segments for id in segment.ids]

    @cached_property
    def days(self) -> Ints:
        """The day of each document as the number yyyymmdd, 0 where it has none."""
        found = [str(values["day"] or "") for segment in self.segments for values in segment.stored]
        return np.array([int(day.replace("-", "")) if day else 0 for day in found], dtype=np.int64)

    def facet(self, name: str) -> FacetColumn:
        """The values of a facet (`indexer.fields.facets_of`), made at the first use."""
        if name not in self._facets:
            self._facets[name] = self._facet(name)
        return self._facets[name]

    def _facet(self, name: str) -> FacetColumn:
        key_of = key_of_facet(name)
        keys: dict[str, str] = {}
        labels: dict[int, dict[str, int]] = {}
        by_key: dict[str, int] = {}
        docs, codes = [], []
        for base, segment in zip(self.bases, self.segments, strict=True):
            for number, values in enumerate(segment.stored):
                for value in values["facets"].get(name, ()):
                    if value not in keys:
                        keys[value] = key_of(value)
                    code = by_key.setdefault(keys[value], len(by_key))
                    docs.append(base + number)
                    codes.append(code)
                    spellings = labels.setdefault(code, {})
                    spellings[value] = spellings.get(value, 0) + 1
        best = [max(labels[code], key=lambda value: labels[code][value]) for code in range(len(by_key))]
        return FacetColumn(np.array(docs, np.int64), np.array(codes, np.int64), best, by_key)

    def lengths(self, field: str) -> Floats:
        parts = [segment.lengths(field) for segment in self.segments]
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)

    def mean_length(self, field: str) -> float:
        if field not in self._means:
            lengths = self.lengths(field)[self.live]
            self._means[field] = float(lengths.mean()) if len(lengths) else 1.0
        return self._means[field] or 1.0

    def postings(self, field: str, term: str) -> Weighted:
        """The documents of a term over all segments, in ascending order; live ones only."""
        key = (field, term)
        with self._lock:
            if key in self._cache:
                self._cache.move_to_end(key)
                return self._cache[key]
        found = self._weighted(field, term)
        with self._lock:
            self._cache[key] = found
            while len(self._cache) > CACHED_POSTINGS:
                self._cache.popitem(last=False)
        return found

    def _weighted(self, field: str, term: str) -> Weighted:
        docs, counts, lengths = [], [], []
        for base, segment in zip(self.bases, self.segments, strict=True):
            if (part := segment.postings(field, term)) is not None:
                docs.append(part.docs + base)
                counts.append(part.counts)
                lengths.append(segment.lengths(field)[part.docs])
        if not docs:
            return EMPTY
        tf = np.concatenate(counts)
        norm = K1 * (1 - B + B * np.concatenate(lengths) / self.mean_length(field))
        return Weighted(np.concatenate(docs), (tf * (K1 + 1) / (tf + norm)).astype(np.float32), tf)

    def frequency(self, field: str, term: str) -> int:
        """How many live documents have the term."""
        return len(self.postings(field, term).docs)

    def idf(self, field: str, term: str) -> float:
        """Lucene's: a word of every document scores next to nothing."""
        n = self.frequency(field, term)
        return math.log(1 + (self.count - n + 0.5) / (n + 0.5)) if n else 0.0

    def positions(self, field: str, term: str, docs: Ints) -> dict[int, list[int]]:
        """Where a term stands in each of `docs` (ascending)."""
        found: dict[int, list[int]] = {}
        for base, segment in zip(self.bases, self.segments, strict=True):
            inside = docs[(docs >= base) & (docs < base + segment.size)] - base
            if len(inside):
                found |= {doc + base: at for doc, at in segment.positions(field, term, inside.tolist()).items()}
        return found

    def beginning(self, field: str, prefix: str) -> list[str]:
        """The terms of a field that begin with `prefix`, in order."""
        return sorted({term for segment in self.segments for term in segment.beginning(field, prefix)})

    def titles(self) -> Iterator[tuple[int, str]]:
        """The title of every live document."""
        for base, segment in zip(self.bases, self.segments, strict=True):
            for number, values in enumerate(segment.stored):
                if number not in segment.deleted:
                    yield base + number, values["title"]

    @cached_property
    def figures(self) -> list[tuple[int, Quantity]]:
        """Every figure of the records, with its document."""
        return [
            (base + number, Quantity(value, unit))
            for base, segment in zip(self.bases, self.segments, strict=True)
            for number, values in enumerate(segment.stored)
            for value, unit in values.get("figures", ())
        ]

    def with_figure(self, bound: Bound) -> Mask:
        """Documents with a figure within a bound."""
        mask = np.zeros(self.size, bool)
        mask[[doc for doc, figure in self.figures if bound.met_by(figure)]] = True
        return mask

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the collection, for readings."""
        counts: dict[str, int] = {}
        for segment in self.segments:
            for key, count in segment.words.items():
                counts[key] = counts.get(key, 0) + count
        return Vocabulary(counts, lambda pair: sum(segment.occurrences("bx", pair) for segment in self.segments))

    def spelling(self, key: str) -> str:
        """The spelling of an exact key; where i and y are both written, the one that is written more."""
        spelled = spell(key)
        if surface_key(spelled) is None:
            return spelled
        bare = key.rstrip(TONES)
        both = [spell(bare[:-1] + letter + key[len(bare) :]) for letter in "iy"]
        return max(both, key=lambda each: self.frequency("n", surface_key(each) or ""))
