"""The index at one moment: what scoring, filters and counts work on.

Documents are numbered from 0 across the segments. A snapshot never changes; a newer one shares the
segments that did not change, and what is known of their facets.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from indexer.analysis import surface_key
from indexer.analysis.keys import TONES
from indexer.analysis.quantities import Bound
from indexer.analysis.spelling import spell
from indexer.arrays import Floats, Ints, Mask
from indexer.facets import Facet, Facets
from indexer.packed.segment import Segment
from indexer.part import Impacts, Part
from indexer.vocabulary import Vocabulary

KNOWN_TERMS = 50_000  # looked-up terms that are remembered
IMPACT_BYTES = 32_000_000


@dataclass(frozen=True, slots=True)
class Term:
    """Where a term is: its number in each part that has it; how many live documents have it; its idf."""

    field: str
    numbers: dict[Part, int]
    frequency: int
    idf: float


class Snapshot:
    """See the module. Threads of the server share it."""

    def __init__(self, segments: list[Segment], generation: int, facets: Facets | None = None) -> None:
        self.generation = generation
        self._means: dict[str, float] = {}
        self._terms: dict[tuple[str, str], Term] = {}
        self._bases: list[int] = []
        self.parts: list[Part] = []
        impacts, self.size = Impacts(IMPACT_BYTES), 0
        for segment in segments:
            self._bases.append(self.size)
            self.parts.append(Part(segment, self.size, self.mean_length, impacts))
            self.size += segment.size
        self.live: Mask = np.concatenate([part.live() for part in self.parts]) if self.parts else np.zeros(0, bool)
        self.count = self.size - sum(len(segment.deleted) for segment in segments)
        self.facets = facets or Facets()
        self.facets.know(segments)

    def none(self) -> Mask:
        """A mask of no document."""
        return np.zeros(self.size, bool)

    def part_of(self, doc: int) -> tuple[Part, int]:
        """The part that has a document, and its number there."""
        n = bisect_right(self._bases, doc) - 1
        return self.parts[n], doc - self._bases[n]

    # ---- documents

    def id(self, doc: int) -> str:
        part, number = self.part_of(doc)
        return part.segment.id(number)

    @cached_property
    def days(self) -> Ints:
        """The day of each document as the number yyyymmdd, 0 where it has none."""
        found = [part.segment.days for part in self.parts]
        return np.concatenate(found).astype(np.int64) if found else np.zeros(0, np.int64)

    def titles(self) -> Iterator[tuple[int, str]]:
        """The title of every live document."""
        for part in self.parts:
            for number in np.flatnonzero(self.live[part.within]).tolist():
                yield part.base + number, part.segment.title(number)

    def facet(self, name: str) -> Facet:
        """A facet (`indexer.fields.FACETS`) that knows every value of the snapshot."""
        facet = self.facets[name]
        for part in self.parts:
            facet.of(part.segment)
        return facet

    def with_figure(self, bound: Bound) -> Mask:
        """Documents with a figure within a bound."""
        mask = self.none()
        for part in self.parts:
            figures = part.segment.figures
            values = figures.values
            inside = (
                (values > bound.low) & (values < bound.high)
                if bound.open
                else (values >= bound.low) & (values <= bound.high)
            )
            if bound.unit:
                wanted = figures.names.index(bound.unit) if bound.unit in figures.names else -1
                inside &= figures.units == wanted
            mask[figures.docs[inside].astype(np.int64) + part.base] = True
        return mask

    # ---- terms

    def mean_length(self, field: str) -> float:
        """The mean number of terms of the live documents in a field."""
        if field not in self._means:
            total = sum(
                part.segment.length(field) - int(part.segment.lengths(field)[sorted(part.segment.deleted)].sum())
                for part in self.parts
            )
            self._means[field] = total / self.count if self.count else 1.0
        return self._means[field] or 1.0

    def term(self, field: str, text: str) -> Term:
        """Where a term is; its frequency is 0 where nobody has it."""
        found = self._terms.get((field, text))
        if found is None:
            found = self._locate(field, text)
            if len(self._terms) > KNOWN_TERMS:
                self._terms = {}
            self._terms[field, text] = found
        return found

    def _locate(self, field: str, text: str) -> Term:
        numbers = {part: number for part in self.parts if (number := part.segment.number(field, text)) >= 0}
        n = sum(part.frequency(field, number) for part, number in numbers.items())
        idf = math.log(1 + (self.count - n + 0.5) / (n + 0.5)) if n else 0.0  # Lucene's
        return Term(field, numbers if n else {}, n, idf)

    def frequency(self, field: str, term: str) -> int:
        """How many live documents have the term."""
        return self.term(field, term).frequency

    def idf(self, field: str, term: str) -> float:
        """Lucene's: a word of every document scores next to nothing."""
        return self.term(field, term).idf

    def mark(self, field: str, term: str, mask: Mask) -> None:
        """Set `mask` where a document has the term (deleted ones included)."""
        for part, number in self.term(field, term).numbers.items():
            part.mark(field, number, mask[part.within])

    def docs(self, field: str, term: str) -> Ints:
        """The live documents that have the term, ascending."""
        found = [
            part.segment.docs(field, number).astype(np.int64) + part.base
            for part, number in self.term(field, term).numbers.items()
        ]
        docs: Ints = np.concatenate(found) if found else np.zeros(0, np.int64)
        return docs[self.live[docs]]

    def add(self, field: str, term: str, weight: float, scores: Floats) -> None:
        """Add what the term is worth, idf left out, to the scores of all documents."""
        for part, number in self.term(field, term).numbers.items():
            part.add(field, number, weight, scores[part.within])

    def beginning(self, field: str, prefix: str) -> list[str]:
        """The terms of a field that begin with `prefix`, in order."""
        return sorted(
            {
                part.segment.term(field, number)
                for part in self.parts
                for number in part.segment.beginning(field, prefix)
            }
        )

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the collection, for readings."""
        return Vocabulary([part.segment for part in self.parts])

    def spelling(self, key: str) -> str:
        """The spelling of an exact key; where i and y are both written, the one that is written more."""
        spelled = spell(key)
        if surface_key(spelled) is None:
            return spelled
        bare = key.rstrip(TONES)
        both = [spell(bare[:-1] + letter + key[len(bare) :]) for letter in "iy"]
        return max(both, key=lambda each: self.frequency("n", surface_key(each) or ""))
