"""One record as plain lists: its words, texts, facet values, figures, and what tells it from its like."""

from __future__ import annotations

import zlib
from collections import Counter
from dataclasses import dataclass

from corpus.record import Record
from indexer.analysis import analyse, folded_key, pairs
from indexer.fields import FACETS, key_of_facet, lists_of, terms_of

Word = tuple[str, str, bool]  # exact key, folded key, whether no stop parts it from the word before it
MINIMA = 16
WORD = 0xFFFFFFFF


@dataclass(frozen=True)
class Book:
    """See the module. `counts` and `lengths` are by field, `values` and `keys` by facet."""

    id: str
    texts: tuple[tuple[Word, ...], ...]
    counts: dict[str, Counter[str]]
    lengths: dict[str, int]
    day: int
    values: dict[str, tuple[str, ...]]
    keys: dict[str, frozenset[str]]
    figures: tuple[tuple[float, str], ...]
    told: frozenset[str]  # folded pairs of its paragraphs
    sketch: tuple[int, ...]

    def has(self, field: str, term: str) -> bool:
        return term in self.counts[field]

    def has_any(self, field: str, wanted: dict[str, float]) -> bool:
        """Whether it has one of the terms of a column."""
        return any(term in self.counts[field] for term in wanted)

    def has_in_a_row(self, wanted: list[Word]) -> bool:
        """Whether the words stand in a row in one of the texts. A word with marks must have them; a word that
        follows the one before without a stop must do so in the text."""
        return bool(wanted) and any(
            all(_is(text[start + n], word, first=n == 0) for n, word in enumerate(wanted))
            for text in self.texts
            for start in range(len(text) - len(wanted) + 1)
        )


def _is(here: Word, wanted: Word, *, first: bool) -> bool:
    exact, fold, joined = wanted
    same = here[1] == fold if exact == fold else here[0] == exact
    return same and (first or not joined or here[2])


def book_of(id: str, record: Record) -> Book:
    """A record as the index has it."""
    terms = terms_of(record)
    lists = lists_of(terms)
    words = [(exact, folded_key(exact), bool(joined)) for exact, joined in zip(terms.exact, terms.joined, strict=True)]
    texts = []
    for size in terms.parts:
        texts.append(tuple(words[:size]))
        words = words[size:]
    reads = [analyse(text) for text in record.paragraphs]
    return Book(
        id=id,
        texts=tuple(texts),
        counts={field: Counter(found) for field, found in lists.items()},
        lengths={field: len(found) for field, found in lists.items()},
        day=terms.day,
        values={name: terms.facets[name] for name in FACETS},
        keys={name: frozenset(map(key_of_facet(name), terms.facets[name])) for name in FACETS},
        figures=tuple(terms.figures),
        told=frozenset(pair for read in reads for pair in pairs(read.folded, read.tokens)),
        sketch=_sketch(set(lists["bf"])),
    )


def _sketch(told: set[str]) -> tuple[int, ...]:
    """MinHash of pairs: of each of 16 hashes the least value (`indexer.packed.sketches`)."""
    mixed = []
    for pair in told:
        first, second = (zlib.crc32(word.encode()) for word in pair.split(" "))
        value = (first * 0x85EBCA6B + second) & WORD
        mixed.append(value ^ value >> 15)
    odds = [(0x9E3779B1 * (2 * n + 1)) & WORD | 1 for n in range(MINIMA)]
    return tuple(min((_least(value * odd & WORD) for value in mixed), default=WORD) for odd in odds)


def _least(value: int) -> int:
    return (value ^ value >> 16) * 0xC2B2AE35 & WORD
