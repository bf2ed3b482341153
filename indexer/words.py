"""A run of words over a snapshot: who has enough of them, and how well they are met.

BM25 over the fields of `weights.FIELDS`, a weighted sum (BM25F without a common saturation: measured
equal); numbers of documents and days work in tiers; a synonym counts where it scores more than the
typed words themselves.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from indexer import weights
from indexer.analysis import Identifier, analyse, surface_key
from indexer.arrays import Floats, Ints, Mask
from indexer.fields import OWN
from indexer.gains import Gains
from indexer.phrases import phrase_mask
from indexer.query.lattice import Column
from indexer.query.readings import Readings, as_typed
from indexer.query.tree import Phrase, Run
from indexer.snapshot import Snapshot
from indexer.tables import table

_OPTIONAL = table("indexer.query", "optional_words")
OPTIONAL = frozenset(key for row in _OPTIONAL for key in analyse(row["words"]).exact)
QUESTIONS = tuple(
    tuple(analyse(words).folded) for row in _OPTIONAL if row["kind"] == "question" for words in row["words"].split(", ")
)


@dataclass(frozen=True)
class Met:
    """What a run gives: the documents that meet it, what they gain, their tiers (None: none has any), hints
    for the reader."""

    mask: Mask
    gains: Gains
    tiers: Ints | None
    hints: tuple[str, ...]


class Words:
    """Evaluates one run."""

    def __init__(self, snapshot: Snapshot, run: Run | Phrase, *, strict: bool = False, asks: bool = False) -> None:
        """`asks`: the run is part of a question; `strict`: all words are asked for, as an alternative must
        be met as it stands."""
        self.snapshot = snapshot
        self.strict = strict
        self.asks = asks or "?" in run.text
        self.read = run.read
        self.readings = run.readings or as_typed(run.read)
        self.synonyms = [(each, phrase_mask(snapshot, each.read)) for each in run.alternatives]
        self.best_folds = [
            max(column, key=lambda key: column[key]) if column else "" for column in self.readings.folded
        ]
        self.names = self._names_in(self.best_folds)
        self.is_question = self.asks or _asks(self.best_folds)
        self.gains = Gains()
        self.hints: list[str] = []

    def met(self) -> Met:
        """Score the run, and say who has enough of it."""
        tiers, mask, covered = self._identifiers()
        self._words()
        self._pairs()
        self._all_pairs()
        self._names()
        self._surfaces()
        mask &= self._enough(covered)
        return Met(mask, self.gains, tiers, tuple(self.hints))

    # ---- scores

    def _words(self) -> None:
        """Each word by itself; where a stretch has synonyms, the better of both."""
        stretches = {each.start: each.end for each, _ in self.synonyms}
        n = 0
        while n < len(self.read.tokens):
            end = stretches.get(n, n + 1)
            if n in stretches:
                self.gains.dense.append(self._concept(n, end))
            else:
                figure = self.read.tokens[n].text.isdecimal() and len(self.read.tokens[n].text) >= weights.DIGITS
                _add(self.snapshot, self.gains, self.readings, n, weights.FIGURE if figure else 1.0)
            n = end

    def _concept(self, start: int, end: int) -> Floats:
        """A stretch with synonyms as one thing: its idf is of who has it in any form, however rare the
        typed letters are; the form that a document uses most counts."""
        forms = [(self._have_all(start, end), self.readings.folded[start:end], 1.0)]
        for each, mask in self.synonyms:
            if each.start == start:
                forms.append((mask, as_typed(each.read).folded, each.share))
        have = self.snapshot.none()
        best = np.zeros(self.snapshot.size, np.float32)
        for mask, columns, share in forms:
            impact = np.zeros(self.snapshot.size, np.float32)
            for column in columns:
                for term in column:
                    self.snapshot.add("f", term, 1 / len(columns), impact)
            best = np.maximum(best, np.where(mask, impact * np.float32(share), np.float32(0)))
            have |= mask
        count = int(have.sum())
        idf = math.log(1 + (self.snapshot.count - count + 0.5) / (count + 0.5)) if count else 0.0
        return best * np.float32(weights.CONCEPT * idf)

    def _have_all(self, start: int, end: int) -> Mask:
        """Who has all words of a stretch, marks aside; where the query is strict, with the typed marks."""
        have = self.snapshot.live.copy()
        for place in range(start, end):
            exact = self.readings.exact[place] if self.strict and self.readings.kind != "unmarked" else {}
            have &= self._have("x", exact) if exact else self._have("f", self.readings.folded[place])
        return have

    def _pairs(self) -> None:
        fields = weights.FIELDS[self.readings.kind]
        short = len(self.read.tokens) <= weights.SHORT
        for n in self._pair_places():
            _add_column(self.snapshot, self.gains, "bx", self.readings.exact_pairs[n], fields["bx"])
            weight = weights.SHORT_PAIRS if short else fields["bf"]
            _add_column(self.snapshot, self.gains, "bf", self.readings.folded_pairs[n], weight)

    def _pair_places(self) -> list[int]:
        """The pairs that count: not those of an abbreviation, whose letters few texts have."""
        short = {each.start for each, _ in self.synonyms if each.end == each.start + 1 and len(each.read.tokens) > 1}
        return [n for n in range(len(self.readings.folded_pairs)) if n not in short and n + 1 not in short]

    def _all_pairs(self) -> None:
        """All adjacent pairs in one document: once more the weight of the words."""
        columns = [self.readings.folded_pairs[n] for n in self._pair_places()]
        pairs = [max(column, key=lambda term: column[term]) for column in columns if column]
        if not pairs or len(pairs) < len(self.read.tokens) - 1 or len(self.read.tokens) > weights.PHRASE:
            return
        words = {word for pair in pairs for word in pair.split()}
        bonus = weights.ALL_PAIRS * sum(self.snapshot.idf("f", word) for word in words)
        self.gains.together.append((tuple(("bf", pair) for pair in pairs), bonus))

    def _names(self) -> None:
        """A whole name counts more than its syllables."""
        for folded, names in (
            (self.best_folds, self.names),
            *((each, self._names_in(each)) for each in self._written_out()),
        ):
            for start, end in names:
                bonus = sum(self.snapshot.idf("f", word) for word in folded[start:end])
                self.gains.together.append(((("e", " ".join(folded[start:end])),), weights.NAME * bonus))

    def _written_out(self) -> Iterator[list[str]]:
        """The words with each abbreviation in its full form."""
        folded = self.best_folds
        for each, _ in self.synonyms:
            if len(each.read.tokens) > each.end - each.start:
                yield [*folded[: each.start], *each.read.folded, *folded[each.end :]]

    def _names_in(self, folded: list[str]) -> list[tuple[int, int]]:
        """Names of people, bodies and places among the words; of those inside one another the longest."""
        begun = [
            start
            for start in range(len(folded) - 1)
            if any(part.segment.beginning("e", f"{folded[start]} {folded[start + 1]}") for part in self.snapshot.parts)
        ]
        spans = [(start, end) for start in begun for end in range(start + 2, len(folded) + 1)]
        taken: set[int] = set()
        found = []
        for start, end in sorted(spans, key=lambda span: span[0] - span[1]):
            if self.snapshot.frequency("e", " ".join(folded[start:end])) and not taken.intersection(range(start, end)):
                taken.update(range(start, end))
                found.append((start, end))
        return found

    def _surfaces(self) -> None:
        """Vy before Vi where Vy was typed, though both have one key."""
        for token in self.read.tokens:
            if key := surface_key(token.text):
                _add_column(self.snapshot, self.gains, "n", {key: 1.0}, weights.SURFACE)

    # ---- who meets it

    def _identifiers(self) -> tuple[Ints | None, Mask, set[int]]:
        """Tiers of the numbers and days that exist here, who has them, and the tokens they are made of."""
        tiers: Ints | None = None
        mask = self.snapshot.live.copy()
        covered: set[int] = set()
        for each in self.read.identifiers:
            levels = _levels(self.snapshot, each)
            inside = {n for n, token in enumerate(self.read.tokens) if each.start <= token.start < each.end}
            if not levels.any():
                if each.kind == "document" and each.terms[0][0].isdigit() and not self.is_question:
                    self.hints.append("no_such_number")
                    mask &= False
                continue
            for term in each.terms:
                _add_column(self.snapshot, self.gains, "n", {term: 1.0}, weights.NUMBER)
            if each.kind == "document" or len(self.read.tokens) - len(inside) <= weights.DAYS_RULE:
                tiers = levels if tiers is None else tiers + levels
                mask &= levels > 0
                covered |= inside
        return tiers, mask, covered

    def _enough(self, covered: set[int]) -> Mask:
        """Who has all words (if anybody has, and they are few), else enough of their weight."""
        parts: list[tuple[Mask, float]] = []
        unknown = 0
        for have, sure in self._units(covered | self._optional(covered)):
            if count := int(have.sum()):
                idf = math.log(1 + (self.snapshot.count - count + 0.5) / (count + 0.5))
                parts.append((have, idf * (1.0 if sure else weights.GUESSED)))
            else:
                unknown += 1
        if unknown:
            self.hints.append("unknown_words")
            if (self.strict or self._lacks_a_figure(covered)) and not self.is_question:
                return self.snapshot.none()
        if not parts:
            return self.snapshot.none() if unknown else self.snapshot.live.copy()
        if (len(parts) <= weights.STRICT or self.strict) and not self.is_question:
            everyone = self.snapshot.live.copy()
            for have, _ in parts:
                everyone &= have
            few = len(parts) <= weights.FEW_WORDS or self.strict
            if self.strict or int(everyone.sum()) >= (1 if few else weights.FEW_HITS):
                return everyone
            self.hints.append("not_all_words")
        met = np.zeros(self.snapshot.size, np.float32)
        for have, idf in parts:
            met += have * np.float32(idf)
        enough = weights.ENOUGH_OF_A_QUESTION if self.is_question else weights.ENOUGH
        return met >= enough * sum(idf for _, idf in parts) - 1e-6

    def _lacks_a_figure(self, covered: set[int]) -> bool:
        """Whether a figure was typed that the collection does not have: other figures are no answer."""
        return any(
            n not in covered and token.text[0].isdigit() and len(token.text) >= weights.DIGITS
            for n, token in enumerate(self.read.tokens)
            if not any(self.snapshot.frequency("f", term) for term in self.readings.folded[n])
        )

    def _optional(self, covered: set[int]) -> set[int]:
        """Question and function words, where enough others stand beside them."""
        found = {n for n, key in enumerate(self.read.exact) if key in OPTIONAL}
        others = len(self.read.tokens) - len(found | covered)
        return found if others >= weights.CONTENT else set()

    def _units(self, covered: set[int]) -> Iterator[tuple[Mask, bool]]:
        """For each word (or stretch of words with synonyms) who has it, and whether it was typed so or
        is only what may have been meant."""
        n = 0
        while n < len(self.read.tokens):
            synonyms = [(each, mask) for each, mask in self.synonyms if each.start == n]
            name = next((end for start, end in self.names if start == n), 0)
            end = synonyms[0][0].end if synonyms else name or n + 1
            if not covered.issuperset(range(n, end)):
                have = self._have_all(n, end)
                if name and not synonyms:
                    have &= self._in_pairs(n, end)
                for _, mask in synonyms:
                    have |= mask
                sure = bool(synonyms) or self.snapshot.frequency("f", self.read.folded[n]) > 0
                yield have, sure or self.readings.kind == "keys"
            n = end

    def _in_pairs(self, start: int, end: int) -> Mask:
        """Who has the neighbours of a name side by side."""
        have = self.snapshot.live.copy()
        for column in self.readings.folded_pairs[start : end - 1]:
            have &= self._have("bf", column)
        return have

    def _have(self, name: str, column: Column) -> Mask:
        have = self.snapshot.none()
        for term in column:
            self.snapshot.mark(name, term, have)
        return have


def _asks(folded: list[str]) -> bool:
    return any(
        tuple(folded[n : n + len(words)]) == words for words in QUESTIONS for n in range(len(folded) - len(words) + 1)
    )


def _add(snapshot: Snapshot, gains: Gains, readings: Readings, place: int, factor: float) -> None:
    """Add what one word is worth in every document, in the whole text and in the title."""
    fields = weights.FIELDS[readings.kind]
    for name, column in (("x", readings.exact[place]), ("f", readings.folded[place])):
        _add_column(snapshot, gains, name, column, factor * fields[name])
        _add_column(snapshot, gains, "t" + name, column, factor * fields[name] * weights.TITLE)


def _add_column(snapshot: Snapshot, gains: Gains, name: str, column: Column, weight: float) -> None:
    for term, share in column.items():
        if idf := snapshot.idf(name, term):
            gains.add(name, term, weight * share * idf)


def _levels(snapshot: Snapshot, each: Identifier) -> Ints:
    """How exactly each document has the number or date: the most exact term gives a high level, being
    the record's own number or day the highest."""
    levels = np.zeros(snapshot.size, np.int64)
    terms = each.terms[:1] if each.kind == "day" else each.terms
    for level, term in enumerate(reversed(terms), 1):
        levels[snapshot.docs("n", term)] = level
    levels[snapshot.docs("n", OWN + terms[0])] = len(terms) + 1
    return levels


def scored_phrase(snapshot: Snapshot, phrase: Phrase) -> Met:
    """Words that must stand in a row, scored as words; where nobody has them so, words like others."""
    met = Words(snapshot, phrase).met()
    mask = phrase_mask(snapshot, phrase.read)
    if not mask.any():
        return Met(met.mask, met.gains, met.tiers, (*met.hints, "no_such_phrase"))
    met.gains.within = mask
    return Met(mask, met.gains, None if met.tiers is None else np.where(mask, met.tiers, 0), ())
