"""The query tree over a snapshot: which documents meet it, and how well.

Each clause gives a mask (who meets it) and adds to scores and tiers. Who is in a tier (has the very
number of a document, the very day) stands above all who are not, whatever the other words say.
"""

from __future__ import annotations

import numpy as np

from indexer.analysis import exact_key, folded_key
from indexer.analysis.keys import TONES
from indexer.arrays import Floats, Ints, Mask
from indexer.gains import Gains, scores_of
from indexer.phrases import phrase_mask
from indexer.query import AnyOf, Clause, Compare, Phrase, Prefix, Run, Without
from indexer.snapshot import Snapshot
from indexer.words import Met, Words, scored_phrase

MAX_EXPANSIONS = 200


class Scorer:
    """Evaluates clauses over one snapshot; `hints` are for the reader."""

    def __init__(self, snapshot: Snapshot, *, asks: bool = False) -> None:
        """`asks`: a question was typed, in which `hoặc` is a word more than an operator."""
        self.snapshot = snapshot
        self.asks = asks
        self.gains: list[Gains] = []
        self.tiers: Ints | None = None
        self.hints: list[str] = []

    def scores(self, docs: Ints) -> Floats:
        """The scores of `docs` (ascending) with the tiers built in: each lifts a document above all scores
        without it."""
        scores = scores_of(self.snapshot, self.gains, docs)
        if self.tiers is None or not len(docs):
            return scores
        return scores + self.tiers[docs].astype(np.float32) * (float(scores.max()) + 1.0)

    def tier(self, doc: int) -> int:
        return 0 if self.tiers is None else int(self.tiers[doc])

    def every(self, clauses: tuple[Clause, ...], *, strict: bool = False) -> Mask:
        """The documents that meet all clauses; `strict`: one of several alternatives, met as it stands."""
        mask = self.snapshot.live.copy()
        for clause in clauses:
            mask &= self._clause(clause, strict)
        return mask

    def _clause(self, clause: Clause, strict: bool) -> Mask:
        if isinstance(clause, Run):
            return self._take(Words(self.snapshot, clause, strict=strict, asks=self.asks).met())
        if isinstance(clause, Phrase):
            return self._take(scored_phrase(self.snapshot, clause))
        if isinstance(clause, Prefix):
            return self._prefix(clause.text)
        if isinstance(clause, Compare):
            return self.snapshot.with_figure(clause.bound)
        if isinstance(clause, Without):
            return ~phrase_mask(self.snapshot, clause.clause.read)
        if isinstance(clause, AnyOf):
            mask = self.snapshot.none()
            for choice in clause.choices:
                mask |= self.every(choice, strict=not self.asks)
            return mask
        return self.snapshot.live.copy()

    def _take(self, met: Met) -> Mask:
        self.gains.append(met.gains)
        if met.tiers is not None:
            self.tiers = met.tiers if self.tiers is None else self.tiers + met.tiers
        self.hints += met.hints
        return met.mask

    def _prefix(self, stem: str) -> Mask:
        """Who has a word that begins so; marks and a tone that were typed must be there."""
        key = exact_key(stem.lower())
        bare = key.rstrip(TONES)
        tone, name = key[len(bare) :], "f" if key == folded_key(key) else "x"
        terms = [term for term in self.snapshot.beginning(name, bare) if term.endswith(tone)]
        if len(terms) > MAX_EXPANSIONS:
            self.hints.append("too_many_expansions")
        mask = self.snapshot.none()
        gains = Gains()
        for term in terms[:MAX_EXPANSIONS]:
            self.snapshot.mark(name, term, mask)
            gains.add(name, term, self.snapshot.idf(name, term))
        self.gains.append(gains)
        return mask
