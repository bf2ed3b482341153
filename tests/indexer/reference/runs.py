"""A run of words over a library: who has enough of them, and how well they are met (`indexer.words`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from indexer import weights
from indexer.analysis import Identifier, analyse, surface_key
from indexer.fields import OWN
from indexer.query import Phrase, Run
from indexer.query.readings import as_typed
from indexer.query.synonyms import Alternative
from indexer.tables import table
from tests.indexer.reference.library import Library

_ROWS = table("indexer.query", "optional_words")
OPTIONAL = {key for row in _ROWS for key in analyse(row["words"]).exact}
QUESTIONS = [
    " ".join(analyse(each).folded) for row in _ROWS if row["kind"] == "question" for each in row["words"].split(", ")
]
Column = dict[str, float]


@dataclass
class Met:
    """Who meets a clause; what each book gains, whether it meets it or not; tiers; hints."""

    who: set[int]
    gains: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    tiers: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    hints: list[str] = field(default_factory=list)


def met_run(library: Library, run: Run | Phrase, *, strict: bool = False, asks: bool = False) -> Met:
    """`strict`: all words are asked for; `asks`: the run is part of a question."""
    return _Run(library, run, strict=strict, asks=asks).met()


def met_phrase(library: Library, phrase: Phrase) -> Met:
    """Words in a row, scored as words; where nobody has them so, words like others."""
    met = met_run(library, phrase)
    who = library.who_says(phrase.read)
    if not who:
        return Met(met.who, met.gains, met.tiers, [*met.hints, "no_such_phrase"])
    return Met(who, {n: met.gains[n] for n in who}, {n: met.tiers[n] for n in who})


class _Run:
    def __init__(self, library: Library, run: Run | Phrase, *, strict: bool, asks: bool) -> None:
        self.library = library
        self.strict = strict
        self.read = run.read
        self.size = len(run.read.tokens)
        self.readings = run.readings or as_typed(run.read)
        self.synonyms: dict[int, list[Alternative]] = {}
        for each in run.alternatives:
            self.synonyms.setdefault(each.start, []).append(each)
        self.best = [max(column, key=lambda key: column[key]) if column else "" for column in self.readings.folded]
        self.names = self._names_in(self.best)
        padded = f" {' '.join(self.best)} "
        self.is_question = asks or "?" in run.text or any(f" {words} " in padded for words in QUESTIONS)
        self.result = Met(set(library.everybody))

    def met(self) -> Met:
        covered = self._identifiers()
        self._score_words()
        self._score_pairs()
        self._score_all_pairs()
        self._score_names()
        for token in self.read.tokens:
            if key := surface_key(token.text):
                self._add("n", {key: 1.0}, weights.SURFACE)
        self.result.who &= self._enough(covered)
        return self.result

    # ---- scores

    def _add(self, name: str, column: Column, weight: float) -> None:
        """weight × share × idf × BM25 of every term of a column, for every book."""
        for term, share in column.items():
            idf = self.library.idf(name, term)
            for n in self.library.who(name, term):
                self.result.gains[n] += weight * share * idf * self.library.worth(name, term, n)

    def _score_words(self) -> None:
        n = 0
        while n < self.size:
            if found := self.synonyms.get(n):
                self._score_concept(found)
                n = found[0].end
                continue
            text = self.read.tokens[n].text
            factor = weights.FIGURE if text.isdecimal() and len(text) >= weights.DIGITS else 1.0
            for name, column in (("x", self.readings.exact[n]), ("f", self.readings.folded[n])):
                weight = factor * weights.FIELDS[self.readings.kind][name]
                self._add(name, column, weight)
                self._add("t" + name, column, weight * weights.TITLE)
            n += 1

    def _score_concept(self, synonyms: list[Alternative]) -> None:
        """The best form of a stretch that a book has, its idf that of whoever has any of them."""
        library, (start, end) = self.library, (synonyms[0].start, synonyms[0].end)
        forms = [(self._who_has_all(start, end), self.readings.folded[start:end], 1.0)]
        forms += [(library.who_says(each.read), as_typed(each.read).folded, each.share) for each in synonyms]
        who = set().union(*(having for having, _, _ in forms))
        for n in who:
            best = max(
                share * sum(library.worth("f", term, n) for column in columns for term in column) / len(columns)
                for having, columns, share in forms
                if n in having
            )
            self.result.gains[n] += weights.CONCEPT * library.idf_of(len(who)) * best

    def _who_has_all(self, start: int, end: int) -> set[int]:
        """Who has all words of a stretch, marks aside; where the query is strict, with the typed marks."""
        who = set(self.library.everybody)
        for n in range(start, end):
            exact = self.readings.exact[n] if self.strict and self.readings.kind != "unmarked" else {}
            name, column = ("x", exact) if exact else ("f", self.readings.folded[n])
            who &= self.library.who_has_any(name, column)
        return who

    def _pair_places(self) -> list[int]:
        """Where pairs begin that count: none with the letters of an abbreviation."""
        letters = {
            start
            for start, found in self.synonyms.items()
            for each in found
            if each.end - start == 1 and len(each.read.tokens) > 1
        }
        return [n for n in range(self.size - 1) if not letters & {n, n + 1}]

    def _score_pairs(self) -> None:
        fields = weights.FIELDS[self.readings.kind]
        for n in self._pair_places():
            self._add("bx", self.readings.exact_pairs[n], fields["bx"])
            short = weights.SHORT_PAIRS if self.size <= weights.SHORT else fields["bf"]
            self._add("bf", self.readings.folded_pairs[n], short)

    def _score_all_pairs(self) -> None:
        """Once more the weight of the words, where all the pairs are there."""
        columns = [self.readings.folded_pairs[n] for n in self._pair_places() if self.readings.folded_pairs[n]]
        pairs = [max(column, key=lambda pair: column[pair]) for column in columns]
        if not pairs or len(pairs) < self.size - 1 or self.size > weights.PHRASE:
            return
        bonus = sum(self.library.idf("f", word) for word in set(" ".join(pairs).split()))
        for n, book in enumerate(self.library.books):
            if all(book.has("bf", pair) for pair in pairs):
                self.result.gains[n] += weights.ALL_PAIRS * bonus

    def _score_names(self) -> None:
        """A whole name counts more than its syllables; also once for each abbreviation written out."""
        written = [(self.best, self.names)]
        for start, found in sorted(self.synonyms.items()):
            for each in found:
                if len(each.read.tokens) > each.end - start:
                    full = [*self.best[:start], *each.read.folded, *self.best[each.end :]]
                    written.append((full, self._names_in(full)))
        for folded, names in written:
            for start, end in names:
                bonus = sum(self.library.idf("f", word) for word in folded[start:end])
                for n in self.library.who("e", " ".join(folded[start:end])):
                    self.result.gains[n] += weights.NAME * bonus

    def _names_in(self, folded: list[str]) -> list[tuple[int, int]]:
        """Names among the words; of those inside one another the longest."""
        found: list[tuple[int, int]] = []
        for length in range(len(folded), 1, -1):
            for start in range(len(folded) - length + 1):
                apart = all(end <= start or start + length <= begin for begin, end in found)
                if apart and self.library.frequency("e", " ".join(folded[start : start + length])):
                    found.append((start, start + length))
        return found

    # ---- who meets it

    def _identifiers(self) -> set[int]:
        """Tiers of numbers and days that are here; the tokens that need not be met as words."""
        covered: set[int] = set()
        for each in self.read.identifiers:
            inside = {n for n, token in enumerate(self.read.tokens) if each.start <= token.start < each.end}
            levels = self._levels(each)
            if not levels:
                if each.kind == "document" and each.terms[0][0].isdigit() and not self.is_question:
                    self.result.hints.append("no_such_number")
                    self.result.who.clear()
                continue
            for term in each.terms:
                self._add("n", {term: 1.0}, weights.NUMBER)
            if each.kind == "document" or self.size - len(inside) <= weights.DAYS_RULE:
                self.result.who &= levels.keys()
                covered |= inside
                for n, level in levels.items():
                    self.result.tiers[n] += level
        return covered

    def _levels(self, each: Identifier) -> dict[int, int]:
        """How exactly each book has it: its own, the most exact term, a less exact one."""
        terms = each.terms[:1] if each.kind == "day" else each.terms
        levels = {}
        for n, book in enumerate(self.library.books):
            found = [len(terms) - at for at, term in enumerate(terms) if book.has("n", term)]
            if book.has("n", OWN + terms[0]):
                found.append(len(terms) + 1)
            if found:
                levels[n] = max(found)
        return levels

    def _enough(self, covered: set[int]) -> set[int]:
        """Who has all words (if anybody has, and they are few), else enough of their weight."""
        everybody = self.library.everybody
        units = list(self._units(covered | self._optional(covered)))
        known = [(who, sure) for who, sure in units if who]
        if len(known) < len(units):
            self.result.hints.append("unknown_words")
            if (self.strict or self._lacks_a_figure(covered)) and not self.is_question:
                return set()
        if not known:
            return set() if units else set(everybody)
        if (len(known) <= weights.STRICT or self.strict) and not self.is_question:
            all_of_them = everybody.intersection(*(who for who, _ in known))
            few = len(known) <= weights.FEW_WORDS or self.strict
            if self.strict or len(all_of_them) >= (1 if few else weights.FEW_HITS):
                return all_of_them
            self.result.hints.append("not_all_words")
        weighed = [(who, self.library.idf_of(len(who)) * (1.0 if sure else weights.GUESSED)) for who, sure in known]
        share = weights.ENOUGH_OF_A_QUESTION if self.is_question else weights.ENOUGH
        enough = share * sum(weight for _, weight in weighed) - 1e-6
        return {n for n in everybody if sum(weight for who, weight in weighed if n in who) >= enough}

    def _lacks_a_figure(self, covered: set[int]) -> bool:
        """Whether a figure was typed that nobody has."""
        return any(
            token.text[0].isdigit()
            and len(token.text) >= weights.DIGITS
            and not self.library.who_has_any("f", self.readings.folded[n])
            for n, token in enumerate(self.read.tokens)
            if n not in covered
        )

    def _optional(self, covered: set[int]) -> set[int]:
        """Question and function words, where enough others stand beside them."""
        found = {n for n, key in enumerate(self.read.exact) if key in OPTIONAL}
        return found if self.size - len(found | covered) >= weights.CONTENT else set()

    def _units(self, covered: set[int]) -> Iterator[tuple[set[int], bool]]:
        """For each word, name or stretch with synonyms who has it, and whether it was typed so."""
        n = 0
        while n < self.size:
            synonyms = self.synonyms.get(n, [])
            name = next((end for start, end in self.names if start == n), 0)
            end = synonyms[0].end if synonyms else name or n + 1
            if not covered.issuperset(range(n, end)):
                who = self._who_has_all(n, end)
                if name and not synonyms:
                    for pair in self.readings.folded_pairs[n : end - 1]:
                        who &= self.library.who_has_any("bf", pair)
                for each in synonyms:
                    who |= self.library.who_says(each.read)
                sure = bool(synonyms) or self.library.frequency("f", self.read.folded[n]) > 0
                yield who, sure or self.readings.kind == "keys"
            n = end
