"""The query tree over a snapshot: which documents meet it, and how well.

Each clause gives a mask (who meets it) and adds to the scores. Words are scored by BM25 over the
fields of `FIELD_WEIGHTS`, a weighted sum (BM25F without a common saturation: measured equal).
Document numbers and days work in tiers: who has the very number stands above all who do not.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from indexer.analysis import Analysed, Identifier, exact_key, folded_key
from indexer.analysis.keys import TONES
from indexer.query import AnyOf, Clause, Phrase, Prefix, Run, Without
from indexer.query.lattice import Column
from indexer.query.readings import Readings, as_typed
from indexer.snapshot import Mask, Snapshot
from indexer.whoosh_engine import Floats, Ints

# Weights of the fields x, f, bx, bf (relevance.md); pairs of folded keys count double in short queries.
FIELD_WEIGHTS = {
    "marked": {"x": 2.0, "f": 1.0, "bx": 1.0, "bf": 0.5},
    "unmarked": {"x": 1.0, "f": 1.0, "bx": 0.5, "bf": 0.5},
    "keys": {"x": 2.0, "f": 1.0, "bx": 1.0, "bf": 0.5},
}
SHORT = 3  # syllables up to which the folded pairs weigh 1
TITLE = 0.3  # of the weight in the whole text
NAME = 0.5  # of the idf of its syllables, for a whole name of a body or a person
SURFACE = 0.1
STRICT = 6  # up to so many words all of them are asked for, if any document has them all
ENOUGH = 0.25  # else so much of their weight
MAX_EXPANSIONS = 200


@dataclass
class Match:
    """The documents that meet a query and their scores; `tiers` are added at the end."""

    mask: Mask
    scores: Floats
    tiers: Ints
    hints: list[str] = field(default_factory=list)

    def total(self) -> Floats:
        """Scores with the tiers built in: each lifts a document above all scores without it."""
        if not self.tiers.any():
            return self.scores
        return self.scores + self.tiers.astype(np.float32) * (float(self.scores.max(initial=0.0)) + 1.0)


def any_of(masks: list[Mask]) -> Mask:
    """The documents that are in any of the masks."""
    met = masks[0].copy()
    for mask in masks[1:]:
        met |= mask
    return met


class Scorer:
    """Evaluates clauses over one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.match = Match(snapshot.live.copy(), np.zeros(snapshot.size, np.float32), np.zeros(snapshot.size, np.int64))

    def every(self, clauses: tuple[Clause, ...]) -> Mask:
        """The documents that meet all clauses."""
        mask = self.snapshot.live.copy()
        for clause in clauses:
            mask &= self._clause(clause)
        return mask

    def _clause(self, clause: Clause) -> Mask:
        if isinstance(clause, Run):
            return self.run(clause.read, clause.readings or as_typed(clause.read))
        if isinstance(clause, Phrase):
            return self.phrase(clause.read)
        if isinstance(clause, Prefix):
            return self.prefix(clause.text)
        if isinstance(clause, AnyOf):
            met = [self.every(choice) for choice in clause.choices]
            return any_of(met)
        if isinstance(clause, Without):
            return ~self._phrase_mask(clause.clause.read)
        return self.snapshot.live.copy()

    # ---- words

    def run(self, read: Analysed, readings: Readings) -> Mask:
        """Score a run of words; who has all of them (if anybody has), else most of their weight."""
        weights = FIELD_WEIGHTS[readings.kind]
        short = len(read.tokens) <= SHORT
        for name, columns in (("x", readings.exact), ("f", readings.folded)):
            self._add(name, columns, weights[name])
            self._add("t" + name, columns, weights[name] * TITLE)
        self._add("bx", readings.exact_pairs, weights["bx"])
        self._add("bf", readings.folded_pairs, 1.0 if short else weights["bf"])
        self._names(read.folded)
        self._phrase_bonus(readings)
        return self._enough(read, readings)

    def _add(self, name: str, columns: list[Column], weight: float) -> None:
        for column in columns:
            for term, share in column.items():
                found = self.snapshot.postings(name, term)
                if len(found.docs):
                    factor = weight * share * self.snapshot.idf(name, term)
                    self.match.scores[found.docs] += np.float32(factor) * found.impact

    def _phrase_bonus(self, readings: Readings) -> None:
        """All adjacent pairs in one document: once more the weight of the words."""
        pairs = [max(column, key=lambda term: column[term]) for column in readings.folded_pairs if column]
        if not 1 <= len(pairs) <= 9 or len(pairs) < len(readings.folded) - 1:
            return
        docs = self.snapshot.postings("bf", pairs[0]).docs
        for pair in pairs[1:]:
            docs = np.intersect1d(docs, self.snapshot.postings("bf", pair).docs, assume_unique=True)
        if len(docs):
            words = {word for pair in pairs for word in pair.split()}
            self.match.scores[docs] += np.float32(sum(self.snapshot.idf("f", word) for word in words))

    def _names(self, folded: list[str]) -> None:
        """Whole names of people and bodies among the words, the longest ones first."""
        taken = 0
        for length in range(len(folded), 0, -1):
            for start in range(len(folded) - length + 1):
                docs = self.snapshot.postings("e", " ".join(folded[start : start + length])).docs
                if len(docs) and length > 1 and length >= taken:
                    taken = length
                    weight = sum(self.snapshot.idf("f", word) for word in folded[start : start + length])
                    self.match.scores[docs] += np.float32(NAME * weight)

    def _enough(self, read: Analysed, readings: Readings) -> Mask:
        """The mask of a run: identifiers that exist are musts; words all, or enough of their weight."""
        mask = self.snapshot.live.copy()
        covered: set[int] = set()
        for each in read.identifiers:
            levels = self._levels(each)
            if levels.any():
                self.match.tiers += levels
                mask &= levels > 0
                covered |= {n for n, token in enumerate(read.tokens) if each.start <= token.start < each.end}
        columns = [column for n, column in enumerate(readings.folded) if n not in covered]
        return mask & self._words(columns)

    def _levels(self, each: Identifier) -> Ints:
        """How exactly each document has the number or date: the most exact term gives the highest level."""
        levels = np.zeros(self.snapshot.size, np.int64)
        terms = each.terms[:1] if each.kind == "day" else each.terms
        for level, term in enumerate(reversed(terms), 1):
            levels[self.snapshot.postings("n", term).docs] = level
        return levels

    def _words(self, columns: list[Column]) -> Mask:
        parts: list[tuple[Mask, float]] = []
        for column in columns:
            have = np.zeros(self.snapshot.size, bool)
            for term in column:
                have[self.snapshot.postings("f", term).docs] = True
            if count := int(have.sum()):
                parts.append((have, math.log(1 + (self.snapshot.count - count + 0.5) / (count + 0.5))))
        if not parts:
            return np.zeros(self.snapshot.size, bool) if columns else self.snapshot.live.copy()
        if len(parts) < len(columns):
            self.match.hints.append("unknown_words")
        if len(parts) <= STRICT:
            everyone = ~any_of([~have for have, _ in parts])
            if everyone.any():
                return everyone
            self.match.hints.append("not_all_words")
        weight = sum((have * np.float32(idf) for have, idf in parts), np.zeros(self.snapshot.size, np.float32))
        return weight >= ENOUGH * sum(idf for _, idf in parts) - 1e-6

    # ---- phrases and prefixes

    def phrase(self, read: Analysed) -> Mask:
        """Who has the words in a row; they score as words do."""
        mask = self._phrase_mask(read)
        before = self.match.scores.copy()
        self.run(read, as_typed(read))
        self.match.scores = np.where(mask, self.match.scores, before)
        return mask

    def _phrase_mask(self, read: Analysed) -> Mask:
        mask = np.zeros(self.snapshot.size, bool)
        terms = [
            ("f", fold) if exact == fold else ("x", exact) for exact, fold in zip(read.exact, read.folded, strict=True)
        ]
        docs = self.snapshot.postings(*terms[0]).docs
        for name, term in terms[1:]:
            docs = np.intersect1d(docs, self.snapshot.postings(name, term).docs, assume_unique=True)
        for n in range(len(read.folded) - 1):
            if read.tokens[n + 1].joined and len(docs):
                pair = self.snapshot.postings("bf", f"{read.folded[n]} {read.folded[n + 1]}").docs
                docs = np.intersect1d(docs, pair, assume_unique=True)
        if len(terms) > 1 and len(docs):
            docs = self._in_a_row(terms, docs)
        mask[docs] = True
        return mask

    def _in_a_row(self, terms: list[tuple[str, str]], docs: Ints) -> Ints:
        places = [self.snapshot.positions(name, term, docs) for name, term in terms]
        return np.array(
            [
                doc
                for doc in docs.tolist()
                if set.intersection(*({at - n for at in found[doc]} for n, found in enumerate(places)))
            ],
            dtype=np.int64,
        )

    def prefix(self, stem: str) -> Mask:
        """Who has a word that begins so; marks and a tone that were typed must be there."""
        key = exact_key(stem.lower())
        bare = key.rstrip(TONES)
        tone, name = key[len(bare) :], "f" if key == folded_key(key) else "x"
        terms = [term for term in self.snapshot.beginning(name, bare) if term.endswith(tone)]
        if len(terms) > MAX_EXPANSIONS:
            self.match.hints.append("too_many_expansions")
        mask = np.zeros(self.snapshot.size, bool)
        for term in terms[:MAX_EXPANSIONS]:
            mask[self.snapshot.postings(name, term).docs] = True
            self._add(name, [{term: 1.0}], 1.0)
        return mask
