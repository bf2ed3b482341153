"""Why a document has its score: what every reading of every word adds, field by field."""

from __future__ import annotations

from collections.abc import Iterator

from indexer import weights
from indexer.query.lattice import Column
from indexer.query.readings import as_typed
from indexer.query.tree import Clause
from indexer.query.understand import runs_of
from indexer.snapshot import Snapshot

LEAST = 0.001


def explanation(snapshot: Snapshot, clauses: tuple[Clause, ...], doc: int, tier: int) -> dict[str, object]:
    """`tier` and the contributions of the terms of all runs, the largest first. Bonuses (whole names, all
    pairs) are what remains to the score."""
    found = sorted(_of(snapshot, clauses, doc), key=lambda each: -float(str(each["score"])))
    return {"tier": tier, "terms": found}


def readings_of(clauses: tuple[Clause, ...]) -> list[dict[str, object]]:
    """How each run was read: for every word the exact keys with their weights."""
    return [
        {"text": run.text.strip(), "kind": readings.kind, "words": [dict(column) for column in readings.exact]}
        for run in runs_of(clauses)
        for readings in [run.readings or as_typed(run.read)]
    ]


def _of(snapshot: Snapshot, clauses: tuple[Clause, ...], doc: int) -> Iterator[dict[str, object]]:
    for run in runs_of(clauses):
        readings = run.readings or as_typed(run.read)
        fields = weights.FIELDS[readings.kind]
        columns: list[tuple[str, list[Column], float]] = [
            ("x", readings.exact, fields["x"]),
            ("f", readings.folded, fields["f"]),
            ("tx", readings.exact, fields["x"] * weights.TITLE),
            ("tf", readings.folded, fields["f"] * weights.TITLE),
            ("bx", readings.exact_pairs, fields["bx"]),
            ("bf", readings.folded_pairs, fields["bf"]),
            ("n", [dict.fromkeys(each.terms, 1.0) for each in run.read.identifiers], weights.NUMBER),
        ]
        for name, parts, weight in columns:
            for column in parts:
                for term, share in column.items():
                    score = weight * share * snapshot.idf(name, term) * _impact(snapshot, name, term, doc)
                    if score > LEAST:
                        yield {"field": name, "term": term, "reading": round(share, 3), "score": round(score, 4)}


def _impact(snapshot: Snapshot, name: str, term: str, doc: int) -> float:
    part, own = snapshot.part_of(doc)
    number = snapshot.term(name, term).numbers.get(part, -1)
    return part.impact_of(name, number, own) if number >= 0 else 0.0
