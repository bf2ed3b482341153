"""What of a query is looked for in a text: in titles and snippets, and in the choice of a passage."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from indexer.analysis import analyse, folded_key
from indexer.query import AnyOf, Clause, Phrase, Prefix, Run
from indexer.query.readings import as_typed
from indexer.snapshot import Snapshot

LEAST_IDF = 0.05  # even a word of every document is marked
AS_TYPED = 1.5  # the weight of the very word against the word without marks


@dataclass(frozen=True)
class Sought:
    """Weights of exact and of folded keys, and the terms of each number or day, the most exact first: of
    those that a report has, only the most exact are marked."""

    exact: dict[str, float]
    folded: dict[str, float]
    identifiers: tuple[tuple[str, ...], ...]

    @cached_property
    def typed(self) -> tuple[tuple[str, str], ...]:
        """The exact keys with their folded keys."""
        return tuple((key, folded_key(key)) for key in self.exact)

    def strict(self, have: AbstractSet[str]) -> set[str]:
        """Folded keys of words that a text (its exact keys are `have`) has as typed: only those are marked."""
        return {fold for key, fold in self.typed if key in have}


def sought_of(snapshot: Snapshot, clauses: tuple[Clause, ...]) -> Sought:
    """What is marked in titles and snippets: the words of a query with their idf, and its numbers."""
    exact: dict[str, float] = {}
    folded: dict[str, float] = {}
    terms: list[tuple[str, ...]] = []
    for clause in worded(clauses):
        if isinstance(clause, Prefix):
            for fold in snapshot.beginning("f", analyse(clause.text).folded[0])[:200]:
                folded[fold] = 1.0
            continue
        _seek(snapshot, clause, exact, folded, terms)
    return Sought(exact, folded, tuple(terms))


def _seek(
    snapshot: Snapshot,
    clause: Run | Phrase,
    exact: dict[str, float],
    folded: dict[str, float],
    terms: list[tuple[str, ...]],
) -> None:
    """Add the words of a run, by their readings, and the numbers and dates that the collection has."""
    read, readings = clause.read, clause.readings or as_typed(clause.read)
    known = [each for each in read.identifiers if any(snapshot.frequency("n", term) for term in each.terms)]
    terms += [each.terms[:1] if each.kind == "day" else each.terms for each in known]
    for each in clause.alternatives:
        for fold in each.read.folded:
            folded[fold] = max(folded.get(fold, 0.0), each.share * snapshot.idf("f", fold))
    for n, token in enumerate(read.tokens):
        if any(each.start <= token.start < each.end for each in known):
            continue
        for fold, share in readings.folded[n].items():
            folded[fold] = max(folded.get(fold, 0.0), share * max(snapshot.idf("f", fold), LEAST_IDF))
        for key, share in readings.exact[n].items():
            exact[key] = max(exact.get(key, 0.0), AS_TYPED * share * max(snapshot.idf("x", key), LEAST_IDF))


def worded(clauses: tuple[Clause, ...]) -> list[Run | Phrase | Prefix]:
    found: list[Run | Phrase | Prefix] = []
    for clause in clauses:
        if isinstance(clause, Run | Phrase | Prefix):
            found.append(clause)
        elif isinstance(clause, AnyOf):
            found += [each for choice in clause.choices for each in worded(choice)]
    return found
