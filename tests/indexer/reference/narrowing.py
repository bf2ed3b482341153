"""The fields of the query language over a library (`indexer.query.narrow`)."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.analysis import analyse, folded_key
from indexer.fields import outlet_key
from indexer.query import Clause, Field, Run
from indexer.query.days import day_range
from indexer.query.synonyms import written_out
from tests.indexer.reference.library import Library

DATES = ("from", "to", "year")


@dataclass(frozen=True)
class Narrowed:
    """Who meets all fields; the clauses that are none; hints; whether there was a field."""

    who: set[int]
    clauses: tuple[Clause, ...]
    hints: list[str]
    any: bool


def narrowed(library: Library, clauses: tuple[Clause, ...]) -> Narrowed:
    """Take the fields out of the clauses."""
    fields = [clause for clause in clauses if isinstance(clause, Field)]
    result = Narrowed(set(library.everybody), (), [], any=bool(fields))
    rest: list[Clause] = []
    for clause in clauses:
        if not isinstance(clause, Field):
            rest.append(clause)
            continue
        who, left, hint = _field(library, clause)
        result.who.intersection_update(who)
        result.hints.extend(hint)
        if left.strip():
            rest.append(Run(analyse(left), left))
    return Narrowed(result.who, tuple(rest), result.hints, result.any)


def _field(library: Library, clause: Field) -> tuple[set[int], str, list[str]]:
    """Who has the longest beginning of the value that anybody has; the words behind it; hints."""
    words = [clause.value] if clause.quoted else clause.value.split()
    for length in range(len(words), 0, -1):
        value, left = " ".join(words[:length]), " ".join(words[length:])
        if clause.name in DATES:
            if days := day_range(value):
                first = days[0] if clause.name != "to" else None
                last = days[1] if clause.name != "from" else None
                return within_days(library, first, last), left, []
        elif who := _who_has_value(library, clause.name, value):
            return who, left, []
    if clause.name in DATES:
        return library.everybody, " ".join(words[1:]), ["bad_date"]
    return set(), "", ["no_such_value"]


def within_days(library: Library, first: str | None, last: str | None) -> set[int]:
    """Who has a day between two ISO days, both included."""
    low = int(first.replace("-", "")) if first else 1
    high = int(last.replace("-", "")) if last else 99_999_999
    return {n for n, book in enumerate(library.books) if low <= book.day <= high}


def _who_has_value(library: Library, name: str, value: str) -> set[int]:
    """A document by its number, an outlet by its code or name; else whose value has the words in a row."""
    typed = analyse(value)
    if name == "document" and typed.identifiers:
        return library.who("n", typed.identifiers[0].terms[0])
    if name == "outlet":
        key = outlet_key(value)
        if who := {n for n, book in enumerate(library.books) if key in book.keys[name]}:
            return who
    words = written_out(typed)
    return {
        n
        for n, book in enumerate(library.books)
        if any(_within(words, written_out(analyse(label))) for label in book.values[name])
    }


def _within(words: list[str], label: list[str]) -> bool:
    return any(
        all(typed in (here, folded_key(here)) for typed, here in zip(words, label[start:], strict=False))
        for start in range(len(label) - len(words) + 1)
    )
