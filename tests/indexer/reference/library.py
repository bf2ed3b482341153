"""A collection of books: how common each term is, and what it is worth in a book (BM25)."""

from __future__ import annotations

import math
from functools import cache, cached_property

from indexer.analysis import Analysed, surface_key
from indexer.analysis.keys import TONES
from indexer.analysis.spelling import spell
from tests.indexer.reference.books import Book, Word
from tests.indexer.reference.words_known import Known

K1, B = 1.2, 0.75


class Library:
    """`books` are those that can be found, in the order of the index; `gone`: deleted ones whose words still
    stand in the index (its vocabulary counts them until they are merged away)."""

    def __init__(self, books: list[Book], gone: list[Book]) -> None:
        self.books = books
        self.frequency = cache(self._frequency)
        self.mean_length = cache(self._mean_length)
        self.vocabulary = Known([*books, *gone])

    @cached_property
    def everybody(self) -> set[int]:
        return set(range(len(self.books)))

    def who(self, field: str, term: str) -> set[int]:
        """The numbers of the books that have a term."""
        return {n for n, book in enumerate(self.books) if book.has(field, term)}

    def who_has_any(self, field: str, column: dict[str, float]) -> set[int]:
        return {n for n, book in enumerate(self.books) if book.has_any(field, column)}

    def who_says(self, read: Analysed) -> set[int]:
        """The books with the words in a row."""
        wanted: list[Word] = [
            (exact, fold, token.joined) for exact, fold, token in zip(read.exact, read.folded, read.tokens, strict=True)
        ]
        return {n for n, book in enumerate(self.books) if book.has_in_a_row(wanted)}

    def _frequency(self, field: str, term: str) -> int:
        return len(self.who(field, term))

    def idf(self, field: str, term: str) -> float:
        """Lucene's; 0 where nobody has the term."""
        return self.idf_of(self.frequency(field, term))

    def idf_of(self, have: int) -> float:
        """Lucene's, of something that so many books have."""
        return math.log(1 + (len(self.books) - have + 0.5) / (have + 0.5)) if have else 0.0

    def _mean_length(self, field: str) -> float:
        """The mean number of terms of a field, 1 where nobody has any."""
        total = sum(book.lengths[field] for book in self.books)
        return total / len(self.books) if total else 1.0

    def worth(self, field: str, term: str, n: int) -> float:
        """BM25 of a term in a book, idf left out."""
        book = self.books[n]
        count = book.counts[field][term]
        norm = K1 * (1 - B + B * book.lengths[field] / self.mean_length(field))
        return count * (K1 + 1) / (count + norm) if count else 0.0

    def beginning(self, field: str, prefix: str) -> list[str]:
        """The terms of a field that begin so, in order."""
        return sorted({term for book in self.books for term in book.counts[field] if term.startswith(prefix)})

    def spelling(self, key: str) -> str:
        """How a key is written: of i and y the one that is written more."""
        spelled = spell(key)
        if surface_key(spelled) is None:
            return spelled
        bare = key.rstrip(TONES)
        both = [spell(bare[:-1] + letter + key[len(bare) :]) for letter in "iy"]
        return max(both, key=lambda each: self.frequency("n", surface_key(each) or ""))
