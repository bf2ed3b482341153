"""Help while typing: titles, bodies, people and documents that begin as the reader types.

Marks are optional; any word of an entry may be the one that is begun, the first ones rank highest.
The entries of a snapshot are sorted once, so that a prefix is found by bisection.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from indexer.analysis import Analysed, analyse, fold
from indexer.filters import count_values, hits_of
from indexer.snapshot import Snapshot

KINDS = ("document", "person", "body", "title")  # in the order of preference between equals
MOST = 8
SCANNED = 400  # entries looked at for one prefix
WORDS = 6  # words of an entry from which on it may be begun


@dataclass(frozen=True)
class Suggestion:
    """`kind` is one of KINDS; `value` the record's id for a title, else the text itself."""

    text: str
    kind: str
    value: str


@dataclass(frozen=True)
class _Entry:
    suggestion: Suggestion
    exact: str
    count: int


class Suggestions:
    """The entries of one snapshot, by the beginnings of their words."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._entries: list[_Entry] = []
        self._starts: list[tuple[str, int, int]] = []  # folded text from a word on, place of the word, entry
        for kind in ("document", "person", "body"):
            counts = count_values(snapshot, kind, hits_of(snapshot, snapshot.live)).tolist()
            for label, count in zip(snapshot.facet(kind).labels, counts, strict=False):
                if count:
                    self._add(Suggestion(label, kind, label), count)
        for doc, title in snapshot.titles():
            self._add(Suggestion(title, "title", snapshot.id(doc)), 1)
        self._starts.sort()

    def _add(self, suggestion: Suggestion, count: int) -> None:
        read = _analysed(suggestion.text)
        number = len(self._entries)
        self._entries.append(_Entry(suggestion, " ".join(read.exact), count))
        for place in range(min(WORDS, len(read.folded))):
            self._starts.append((" ".join(read.folded[place:]), place, number))
        if suggestion.kind == "document":
            self._starts.append((_bare(suggestion.text), 0, number))

    def matching(self, typed: str) -> list[Suggestion]:
        """Up to MOST suggestions: whole entries first that begin so, by how often they occur."""
        read = analyse(typed)
        found: dict[int, tuple[int, ...]] = {}
        for prefix in {" ".join(read.folded), _bare(typed)} - {""}:
            at = bisect_left(self._starts, (prefix,))
            for text, place, number in self._starts[at : at + SCANNED]:
                if not text.startswith(prefix):
                    break
                if self._marks_agree(read.exact, read.folded, number):
                    rank = self._rank(place, number)
                    found[number] = min(found.get(number, rank), rank)
        best = sorted(found, key=lambda number: (found[number], self._entries[number].suggestion.text))
        return [self._entries[number].suggestion for number in best[:MOST]]

    def _marks_agree(self, exact: list[str], folded: list[str], number: int) -> bool:
        """Whole words that were typed with marks must stand so in the entry."""
        words = self._entries[number].exact.split()
        return all(key in words for key, plain in zip(exact[:-1], folded[:-1], strict=True) if key != plain)

    def _rank(self, place: int, number: int) -> tuple[int, ...]:
        entry = self._entries[number]
        return (place > 0, KINDS.index(entry.suggestion.kind) == 3, -entry.count, place)


@lru_cache(maxsize=200_000)
def _analysed(text: str) -> Analysed:
    """Titles and names stay the same from one state of the index to the next."""
    return analyse(text)


def _bare(text: str) -> str:
    """A document's number without its signs, so that `58nq` begins 58-NQ/TU."""
    letters = "".join(char for char in fold(text) if char.isalnum())
    return letters if any(char.isdigit() for char in letters) else ""
