"""Which paragraph of a hit shows best why it was found, told by the index: no text is read for it.

The segment keeps the words of every document in their order; a table of what each word is worth to the query
turns them into weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.arrays import Floats, Numbers
from indexer.part import Part
from indexer.snapshot import Snapshot
from indexer.sought import Sought


@dataclass(frozen=True)
class Passage:
    """The paragraph (None where no word stands in any), and the folded keys of the words that the record has
    as they were typed, so that only those count."""

    paragraph: int | None
    strict: frozenset[str]


class Passages:
    """Finds the passages of one query."""

    def __init__(self, snapshot: Snapshot, sought: Sought) -> None:
        self._snapshot = snapshot
        self._sought = sought
        self._folds = sorted(sought.folded.keys() | {fold for _, fold in sought.typed})
        self._tables: dict[int, tuple[Numbers, Floats, Floats]] = {}

    def best(self, doc: int, paragraphs: int) -> Passage:
        """The passage of a document that has so many paragraphs."""
        part, own = self._snapshot.part_of(doc)
        which, exact, folded = self._table(part)
        words, sizes = part.segment.stream(own)
        fold = which[words]
        at = np.flatnonzero(fold)
        if not len(at):
            return Passage(None, frozenset())
        ends = np.cumsum(sizes)
        inside = np.searchsorted(ends, at, "right") - 1  # part 0 is the title
        kept = (inside >= 0) & (inside < paragraphs)
        at, inside = at[kept], inside[kept].tolist()
        numbers = words[at]
        folds, as_typed = fold[at].tolist(), exact[numbers].tolist()
        strict = {each for each, weight in zip(folds, as_typed, strict=True) if weight}
        best, value = None, 0.0
        seen: dict[int, float] = {}
        beside, paragraph, before = 0.0, -1, -2
        rows = zip(at.tolist(), inside, folds, as_typed, folded[numbers].tolist(), strict=True)
        for place, where, each, typed, other in rows:
            weight = typed or (0.0 if each in strict else other)
            if not weight:
                continue
            if where != paragraph:
                seen, beside, paragraph = {}, 0.0, where
            elif place == before + 1:
                beside += weight / 4
            seen[each] = weight
            before = place
            if (worth := sum(seen.values()) + beside) > value:
                best, value = where, worth
        return Passage(best, frozenset(self._folds[each - 1] for each in strict))

    def _table(self, part: Part) -> tuple[Numbers, Floats, Floats]:
        """For each word of a part: which folded key of the query it has (from 1), its weight as it stands, and
        by its folded key."""
        table = self._tables.get(part.base)
        if table is None:
            size = part.segment.count("x")
            table = np.zeros(size, np.uint16), np.zeros(size, np.float32), np.zeros(size, np.float32)
            for n, fold in enumerate(self._folds, 1):
                number = part.segment.number("f", fold)
                if number >= 0:
                    words = part.segment.exact_of(number)
                    table[0][words] = n
                    table[2][words] = self._sought.folded.get(fold, 0.0)
            for key, _ in self._sought.typed:
                number = part.segment.number("x", key)
                if number >= 0:
                    table[1][number] = self._sought.exact[key]
            self._tables[part.base] = table
        return table
