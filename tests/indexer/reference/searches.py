"""What a search must find: the query read, narrowed, met, counted (`indexer.searcher`, without its pages)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer.analysis import exact_key, folded_key
from indexer.analysis.keys import TONES
from indexer.analysis.quantities import Quantity
from indexer.page import FACETS, Reading, Request
from indexer.query import (
    AnyOf,
    Clause,
    Compare,
    Phrase,
    Prefix,
    Run,
    Without,
    literal,
    parse,
    taken_literally,
    understand,
)
from indexer.query.pasted import decoded
from indexer.query.understand import runs_of
from tests.indexer.reference.library import Library
from tests.indexer.reference.narrowing import Narrowed, narrowed, within_days
from tests.indexer.reference.plans import counted, has_value
from tests.indexer.reference.runs import Met, met_phrase, met_run

MOST_EXPANSIONS = 200


@dataclass(frozen=True)
class Found:
    """Every hit with its score, by number; facets by key; what the reader is told."""

    scores: dict[int, float]
    facets: dict[str, dict[str, int]]
    hints: set[str]
    also: set[str]


def found(library: Library, request: Request) -> Found:
    """Answer a request, all of it."""
    narrow, clauses, reading = _read(library, request)
    met = _Tree(library, asks="?" in request.q).every(clauses)
    who = met.who & narrow.who
    if request.q.strip() and not clauses and not narrow.any:
        who = set()
    filters = {name: _having(library, name, values) for name, values in request.facets.items() if values}
    if request.date_from or request.date_to:
        filters["days"] = within_days(library, request.date_from, request.date_to)
    hits = who.intersection(*filters.values())
    others = {name: who.intersection(*(f for key, f in filters.items() if key != name)) for name in FACETS}
    said = [each for run in runs_of(clauses) for each in run.alternatives]
    return Found(
        scores=_lifted({n: met.gains.get(n, 0.0) for n in hits}, met.tiers),
        facets={name: counted(library, name, others[name]) for name in FACETS},
        hints={*reading.hints, *narrow.hints, *met.hints},
        also={each.label for each in said if library.who_says(each.read)},
    )


def _having(library: Library, name: str, values: tuple[str, ...]) -> set[int]:
    return {n for n, book in enumerate(library.books) if has_value(book, name, values)}


def _lifted(scores: dict[int, float], tiers: dict[int, int]) -> dict[int, float]:
    """Each tier lifts a book above all scores without it."""
    most = max(scores.values(), default=0.0) + 1.0
    return {n: score + tiers.get(n, 0) * most for n, score in scores.items()}


def _read(library: Library, request: Request) -> tuple[Narrowed, tuple[Clause, ...], Reading]:
    if request.literal:
        query = literal(request.q)
        return narrowed(library, query.clauses), *taken_literally(query)
    pasted = decoded(request.q, library.vocabulary)
    query = parse(pasted[0] if pasted else request.q)
    narrow = narrowed(library, query.clauses)
    understood = understand(replace(query, clauses=narrow.clauses), library.vocabulary, library.spelling)
    return narrow, *understood


class _Tree:
    """The clauses of a query (`indexer.scoring`): whatever was typed counts for all who are found."""

    def __init__(self, library: Library, *, asks: bool) -> None:
        self.library = library
        self.asks = asks

    def every(self, clauses: tuple[Clause, ...], *, strict: bool = False) -> Met:
        """All clauses are met."""
        result = Met(set(self.library.everybody))
        for clause in clauses:
            met = self._clause(clause, strict)
            result.who &= met.who
            _sum(result, met)
        return result

    def _clause(self, clause: Clause, strict: bool) -> Met:
        if isinstance(clause, Run):
            return met_run(self.library, clause, strict=strict, asks=self.asks)
        if isinstance(clause, Phrase):
            return met_phrase(self.library, clause)
        if isinstance(clause, Prefix):
            return self._prefix(clause.text)
        if isinstance(clause, Without):
            return Met(self.library.everybody - self.library.who_says(clause.clause.read))
        if isinstance(clause, AnyOf):
            return self._any(clause)
        assert isinstance(clause, Compare)
        return Met(
            {
                n
                for n, book in enumerate(self.library.books)
                if any(clause.bound.met_by(Quantity(*figure)) for figure in book.figures)
            }
        )

    def _any(self, clause: AnyOf) -> Met:
        result = Met(set())
        for choice in clause.choices:
            met = self.every(choice, strict=not self.asks)
            result.who |= met.who
            _sum(result, met)
        return result

    def _prefix(self, stem: str) -> Met:
        """Words that begin so; marks and a tone that were typed must be there."""
        key = exact_key(stem.lower())
        bare = key.rstrip(TONES)
        name = "f" if key == folded_key(key) else "x"
        terms = [term for term in self.library.beginning(name, bare) if term.endswith(key[len(bare) :])]
        met = Met(set(), hints=["too_many_expansions"] if len(terms) > MOST_EXPANSIONS else [])
        for term in terms[:MOST_EXPANSIONS]:
            for n in self.library.who(name, term):
                met.who.add(n)
                met.gains[n] += self.library.idf(name, term) * self.library.worth(name, term, n)
        return met


def _sum(result: Met, met: Met) -> None:
    for n, gain in met.gains.items():
        result.gains[n] += gain
    for n, tier in met.tiers.items():
        result.tiers[n] += tier
    result.hints += met.hints
