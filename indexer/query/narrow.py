"""The fields of the query language (`cơ quan:…`) as filters over what the collection has."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from indexer.analysis import analyse, folded_key
from indexer.arrays import Mask
from indexer.fields import outlet_key
from indexer.filters import day_mask, facet_mask
from indexer.query.days import day_range
from indexer.query.synonyms import written_out
from indexer.query.tree import Clause, Field, Run
from indexer.snapshot import Snapshot

DATES = frozenset({"from", "to", "year"})


@dataclass(frozen=True)
class Narrowing:
    """The mask of all fields of a query, the other clauses, and hints for the reader."""

    mask: Mask
    clauses: tuple[Clause, ...]
    hints: tuple[str, ...]
    any: bool


def narrow(snapshot: Snapshot, clauses: tuple[Clause, ...]) -> Narrowing:
    """Take the fields out of the clauses. A value that nothing has leaves no hits, and says so;
    a date that does not exist is left out, and said so; words after an unquoted value stay words."""
    mask = snapshot.live.copy()
    rest: list[Clause] = []
    hints: list[str] = []
    for clause in clauses:
        if not isinstance(clause, Field):
            rest.append(clause)
            continue
        found, left = _field(snapshot, clause)
        if found is None:
            hints.append("bad_date" if clause.name in DATES else "no_such_value")
        elif not found.any() and clause.name not in DATES:
            hints.append("no_such_value")
        if found is not None:
            mask &= found
        if left.strip():
            rest.append(Run(analyse(left), left))
    return Narrowing(mask, tuple(rest), tuple(hints), any(isinstance(clause, Field) for clause in clauses))


def _field(snapshot: Snapshot, clause: Field) -> tuple[Mask | None, str]:
    words = [clause.value] if clause.quoted else clause.value.split()
    for length in range(len(words), 0, -1):
        value = " ".join(words[:length])
        found = _dates(snapshot, clause.name, value) if clause.name in DATES else _values(snapshot, clause.name, value)
        if found is not None and (clause.name in DATES or found.any()):
            return found, " ".join(words[length:])
    if clause.name in DATES:
        return None, " ".join(words[1:])
    return snapshot.none(), ""


def _dates(snapshot: Snapshot, name: str, value: str) -> Mask | None:
    days = day_range(value)
    if days is None:
        return None
    first, last = days
    return day_mask(snapshot, first if name != "to" else None, last if name != "from" else None)


def _values(snapshot: Snapshot, name: str, value: str) -> Mask:
    """Documents with a value that has the typed words in a row; a document by its number."""
    typed = analyse(value)
    if name == "document" and typed.identifiers:
        mask = snapshot.none()
        mask[snapshot.docs("n", typed.identifiers[0].terms[0])] = True
        return mask
    facet = snapshot.facet(name)
    if name == "outlet" and (code := facet.by_key.get(outlet_key(value))) is not None:
        return facet_mask(snapshot, name, {code})
    words = written_out(typed)
    return facet_mask(snapshot, name, {n for n, label in enumerate(facet.labels) if _within(words, _words(label))})


@lru_cache(maxsize=50_000)
def _words(label: str) -> list[str]:
    return written_out(analyse(label))


def _within(words: list[str], label: list[str]) -> bool:
    """Whether the typed words stand in a row in the label; marks count where they were typed."""
    size = len(words)
    return any(
        all(words[n] in (label[start + n], folded_key(label[start + n])) for n in range(size))
        for start in range(len(label) - size + 1)
    )
