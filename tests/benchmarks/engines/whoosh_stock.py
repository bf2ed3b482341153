"""Whoosh with its own codec and scorer: fields of ready terms as the product's first index had them, facets and days as
columns. Only plans are asked; pages and passages aren't."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from whoosh import index, query, scoring
from whoosh.fields import ID, NUMERIC, FieldType, Schema
from whoosh.sorting import FieldFacet

from indexer.fields import lists_of, positions_of
from indexer.packed.schema import PositionsField, TermsField
from indexer.plan import Plan
from tests.benchmarks.corpus import Document, Place
from tests.benchmarks.engines import PAGE_FACETS, figures, size_of
from tests.benchmarks.plans import Found, attached
from tests.benchmarks.terms import FIELDS


def _schema() -> Schema:
    fields: dict[str, FieldType] = {name: PositionsField() if name == "x" else TermsField() for name in FIELDS}
    facets = {f"facet_{name}": ID(sortable=True) for name in PAGE_FACETS}
    return Schema(**fields, **facets, day=NUMERIC(int, sortable=True), number=NUMERIC(int, stored=True))


def _values(number: int, document: Document) -> dict[str, Any]:
    terms = document.terms
    values: dict[str, Any] = dict(lists_of(terms))
    values["x"] = (values["x"], positions_of(terms))
    first = {f"facet_{name}": found[0] for name, found in terms.facets.items() if found and name in PAGE_FACETS}
    return values | first | {"day": terms.day, "number": number}


def build(place: Place, folder: Path) -> dict[str, float]:
    folder.mkdir(parents=True, exist_ok=True)
    writer = index.create_in(str(folder), _schema()).writer(limitmb=256)
    number, preparing, began = 0, 0.0, time.process_time()
    for chunk in place.chunks():
        at = time.process_time()
        ready = [_values(number + n, document) for n, document in enumerate(chunk)]
        preparing += time.process_time() - at
        for values in ready:
            writer.add_document(**values)
        number += len(ready)
    writer.commit()
    spent, size = time.process_time() - began, size_of(folder.iterdir())
    return figures("whoosh", number, prepare_s=preparing, index_s=spent - preparing, index_bytes=size)


class WhooshStock:
    name = "whoosh"

    def __init__(self, folder: Path) -> None:
        self._index = index.open_dir(str(folder))
        self._searcher = self._index.searcher(weighting=scoring.BM25F(B=0.75, K1=1.2))

    def search(self, plan: Plan) -> Found:
        facets = {name: FieldFacet(f"facet_{name}") for name in plan.counted}
        found = self._searcher.search(
            _tree(plan), limit=plan.limit, filter=_filter(plan), groupedby=facets or None, maptype=None
        )
        top = list(zip(*((number, score) for score, number in found.top_n[: plan.limit]), strict=True)) or [(), ()]
        counts = {name: {value: len(docs) for value, docs in found.groups(name).items()} for name in facets}
        return Found(len(found), list(top[0]), [float(score) for score in top[1]], counts)

    def numbers(self, found: Found) -> list[int]:
        return [self._searcher.stored_fields(hit)["number"] for hit in found.hits]

    def close(self) -> None:
        self._index.close()


def _tree(plan: Plan) -> Any:
    if plan.phrase:
        return query.Phrase("x", [word.encode() for word in plan.phrase])
    groups = [
        query.Or([query.Term(name, term.encode(), boost) for name, term, boost in each]) for each in attached(plan)
    ]
    return groups[0] if len(groups) == 1 else query.And(groups)


def _filter(plan: Plan) -> Any:
    parts: list[Any] = [
        query.Or([query.Term(f"facet_{name}", value) for value in values]) for name, values in plan.facets.items()
    ]
    if plan.days:
        parts.append(query.NumericRange("day", *plan.days))
    return query.And(parts) if parts else None
