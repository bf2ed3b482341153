"""The query tree over a snapshot: which documents meet it, and how well.

Each clause gives a mask (who meets it) and adds to scores and tiers. Who is in a tier (has the very
number of a document, the very day) stands above all who are not, whatever the other words say.
"""

from __future__ import annotations

import numpy as np

from indexer.analysis import exact_key, folded_key
from indexer.analysis.keys import TONES
from indexer.phrases import phrase_mask
from indexer.query import AnyOf, Clause, Compare, Phrase, Prefix, Run, Without
from indexer.snapshot import Mask, Snapshot
from indexer.whoosh_engine import Floats
from indexer.words import Met, Words, scored_phrase

MAX_EXPANSIONS = 200


class Scorer:
    """Evaluates clauses over one snapshot; `hints` are for the reader."""

    def __init__(self, snapshot: Snapshot, *, asks: bool = False) -> None:
        """`asks`: a question was typed, in which `hoặc` is a word more than an operator."""
        self.snapshot = snapshot
        self.asks = asks
        self.scores = np.zeros(snapshot.size, np.float32)
        self.tiers = np.zeros(snapshot.size, np.int64)
        self.hints: list[str] = []

    def total(self) -> Floats:
        """Scores with the tiers built in: each lifts a document above all scores without it."""
        if not self.tiers.any():
            return self.scores
        return self.scores + self.tiers.astype(np.float32) * (float(self.scores.max(initial=0.0)) + 1.0)

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
            mask = np.zeros(self.snapshot.size, bool)
            for choice in clause.choices:
                mask |= self.every(choice, strict=not self.asks)
            return mask
        return self.snapshot.live.copy()

    def _take(self, met: Met) -> Mask:
        self.scores += met.scores
        self.tiers += met.tiers
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
        mask = np.zeros(self.snapshot.size, bool)
        for term in terms[:MAX_EXPANSIONS]:
            found = self.snapshot.postings(name, term)
            mask[found.docs] = True
            self.scores[found.docs] += np.float32(self.snapshot.idf(name, term)) * found.impact
        return mask
