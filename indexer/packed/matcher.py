"""The postings of a term, one after another, as Whoosh's queries walk them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from copy import copy
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.formats import Format
from whoosh.matching.mcore import LeafMatcher, ReadTooFar
from whoosh.system import pack_uint

BLOCK = 128  # postings of which the best possible score is known together
Numbers = npt.NDArray[Any]


class PostingsMatcher(LeafMatcher):
    """Walks parallel arrays: `docs` (at least one, ascending), `counts`, `lengths` of the field in those
    documents; `positions` gives the places of all of them, `counts` each."""

    def __init__(
        self,
        docs: Numbers,
        counts: Numbers,
        lengths: Numbers,
        positions: Callable[[], Numbers],
        format_: Format,
        term: tuple[str, bytes],
        scorer: Any,
    ) -> None:
        self.format = format_
        self.scorer = scorer
        self._term = term
        self._docs: list[int] = docs.tolist()
        self._counts = counts
        self._lengths = lengths
        self._positions = positions
        self._at = 0
        self._ended = False

    # ---- moving

    def is_active(self) -> bool:
        return not self._ended

    def reset(self) -> None:
        self._at, self._ended = 0, False

    def copy(self) -> PostingsMatcher:
        return copy(self)

    def next(self) -> bool:
        """Go to the next posting; whether another block begins there."""
        self._go(self._at + 1)
        return self._ended or self._at % BLOCK == 0

    def skip_to(self, id: int) -> None:
        self._go(bisect_left(self._docs, id, self._at))

    def skip_to_quality(self, minquality: float) -> int:
        skipped = 0
        while self.is_active() and self.block_quality() <= minquality:
            self._go((self._at // BLOCK + 1) * BLOCK)
            skipped += 1
        return skipped

    def _go(self, at: int) -> None:
        """Stands still at the end, as some of Whoosh's matchers look at a posting after it."""
        if self._ended:
            raise ReadTooFar
        self._ended = at >= len(self._docs)
        if not self._ended:
            self._at = at

    # ---- the posting

    def id(self) -> int:
        return self._docs[self._at]

    def all_ids(self) -> Iterator[int]:
        return iter(self._docs)

    def weight(self) -> float:
        return float(self._counts[self._at])

    def value(self) -> bytes | None:
        """The posting as the field's format encodes it; None where that has no values."""
        if self.format.supports("positions"):
            encoded: bytes = self.format.encode(self._places())
            return encoded
        return pack_uint(int(self._counts[self._at])) if self.format.posting_size else None

    def value_as(self, astype: str) -> Any:
        return self._places() if astype == "positions" and self.supports(astype) else super().value_as(astype)

    @cached_property
    def _all_places(self) -> tuple[Numbers, Numbers]:
        return self._positions(), np.cumsum(self._counts, dtype=np.int64)

    def _places(self) -> list[int]:
        places, ends = self._all_places
        end = int(ends[self._at])
        found: list[int] = places[end - int(self._counts[self._at]) : end].tolist()
        return found

    # ---- its block

    @cached_property
    def _starts(self) -> Numbers:
        return np.arange(0, len(self._docs), BLOCK)

    @cached_property
    def _best(self) -> tuple[list[float], list[int], list[int]]:
        """Of each block the most occurrences, the shortest and the longest field."""
        return (
            np.maximum.reduceat(self._counts, self._starts).astype(float).tolist(),
            np.minimum.reduceat(self._lengths, self._starts).tolist(),
            np.maximum.reduceat(self._lengths, self._starts).tolist(),
        )

    def _block(self) -> int:
        return self._at // BLOCK

    def block_max_weight(self) -> float:
        return self._best[0][self._block()]

    def block_min_length(self) -> int:
        return self._best[1][self._block()]

    def block_max_length(self) -> int:
        return self._best[2][self._block()]

    def block_min_id(self) -> int:
        return self._docs[self._block() * BLOCK]

    def block_max_id(self) -> int:
        return self._docs[min((self._block() + 1) * BLOCK, len(self._docs)) - 1]
