"""What a plan (`indexer.plan.Plan`) must answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.fields import key_of_facet
from indexer.plan import Plan
from tests.indexer.reference.books import Book
from tests.indexer.reference.library import Library


@dataclass(frozen=True)
class Outcome:
    """Every book that meets a plan with its score, by number; how many of them have each key of a facet."""

    scores: dict[int, float]
    facets: dict[str, dict[str, int]]


def outcome(library: Library, plan: Plan) -> Outcome:
    """Answer a plan, whatever its limit."""
    hits = [n for n, book in enumerate(library.books) if _meets(book, plan)]
    scores = {
        n: sum(weight * library.idf(field, term) * library.worth(field, term, n) for field, term, weight in plan.scored)
        for n in hits
    }
    return Outcome(scores, {name: counted(library, name, hits) for name in plan.counted})


def counted(library: Library, name: str, hits: Iterable[int]) -> dict[str, int]:
    """How many books have each value of a facet, by its key."""
    return dict(Counter(key for n in hits for key in library.books[n].keys[name]))


def has_value(book: Book, name: str, values: Iterable[str]) -> bool:
    """Whether a book has one of the values of a facet, in any spelling."""
    return not book.keys[name].isdisjoint(map(key_of_facet(name), values))


def _meets(book: Book, plan: Plan) -> bool:
    return (
        all(any(book.has(field, term) for field, term in group) for group in plan.must)
        and (not plan.phrase or _stands(book, plan.phrase))
        and (plan.days is None or plan.days[0] <= book.day <= plan.days[1])
        and all(has_value(book, name, values) for name, values in plan.facets.items())
    )


def _stands(book: Book, keys: tuple[str, ...]) -> bool:
    """Whether exact keys stand in a row, no stop between them. (An unmarked key is that very key here.)"""
    return any(
        all(text[start + n][0] == key and (n == 0 or text[start + n][2]) for n, key in enumerate(keys))
        for text in book.texts
        for start in range(len(text) - len(keys) + 1)
    )
