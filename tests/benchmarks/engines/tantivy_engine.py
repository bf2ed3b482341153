"""tantivy (tantivy-py): text fields of ready terms parted by blanks, fast fields for facets and days.

Position gaps between paragraphs come from adding each as a value of its own. Passages are cut from the stored field x.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from indexer.plan import Plan
from tests.benchmarks.corpus import Document, Place
from tests.benchmarks.engines import PAGE_FACETS, SHOWN, Absent, figures, size_of
from tests.benchmarks.plans import Found, Query, attached
from tests.benchmarks.terms import FIELDS, GLUE, paragraphs_of, texts_of

try:
    import tantivy
    from tantivy import Occur
    from tantivy import Query as Q
except ImportError:
    tantivy = None

HEAP = 256_000_000


def schema() -> Any:
    if tantivy is None:
        raise Absent("tantivy is not installed; `make bench` does so")
    builder = tantivy.SchemaBuilder()
    for name in FIELDS:
        option = "position" if name == "x" else "freq"
        builder.add_text_field(name, stored=name == "x", tokenizer_name="blanks", index_option=option)
    for name in PAGE_FACETS:
        builder.add_text_field(f"facet_{name}", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=True, fast=True)
    builder.add_integer_field("number", fast=True)
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("card", stored=True)
    return builder.build()


def _prepared(number: int, document: Document) -> dict[str, Any]:
    terms = document.terms
    values: dict[str, Any] = texts_of(terms)
    values["x"] = paragraphs_of(terms)
    for name in PAGE_FACETS:
        values[f"facet_{name}"] = list(terms.facets.get(name, ()))
    return values | {"day": terms.day, "number": number, "id": document.id, "card": document.card.encode()}


def build(place: Place, folder: Path) -> dict[str, float]:
    """One writer, one thread; merges are waited for."""
    index = _index(folder)
    writer = index.writer(HEAP, 1)
    number, preparing, began = 0, 0.0, time.process_time()
    for chunk in place.chunks():
        at = time.thread_time()
        ready = [_prepared(number + n, document) for n, document in enumerate(chunk)]
        preparing += time.thread_time() - at
        for values in ready:
            writer.add_document(tantivy.Document.from_dict(values))
        number += len(ready)
    writer.commit()
    writer.wait_merging_threads()
    spent = time.process_time() - began
    stored = size_of(folder.glob("*.store"))
    size = size_of(folder.iterdir()) - stored
    return figures("tantivy", number, prepare_s=preparing, index_s=spent - preparing, index_bytes=size)


def _index(folder: Path) -> Any:
    folder.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(schema(), str(folder))
    blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("blanks", blanks)
    return index


class Tantivy:
    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        self._schema = schema()
        self._index = _index(folder)
        self._index.config_reader("manual")
        self._index.reload()
        self._searcher = self._index.searcher()
        self._writer: Any = None
        self._added = 0

    def search(self, plan: Plan) -> Found:
        query = self._query(plan)
        result = self._searcher.search(query, plan.limit)
        facets = self._facets(query, plan.counted) if plan.counted else {}
        return Found(result.count, [hit for _, hit in result.hits], [score for score, _ in result.hits], facets)

    def _facets(self, query: Any, names: tuple[str, ...]) -> dict[str, dict[str, int]]:
        asked = {name: {"terms": {"field": f"facet_{name}", "size": SHOWN}} for name in names}
        found = self._searcher.aggregate(query, asked)
        return {name: {each["key"]: each["doc_count"] for each in found[name]["buckets"]} for name in names}

    def _query(self, plan: Plan) -> Any:
        """Everything that is scored within the group that it implies: of four ways to ask this is the fastest. A
        phrase is scored as a phrase."""
        parts = [(Occur.Must, self._group(group)) for group in ([] if plan.phrase else attached(plan))]
        if plan.phrase:
            parts.append((Occur.Must, Q.phrase_query(self._schema, "x", list(plan.phrase))))
        for name, values in plan.facets.items():
            chosen = [Q.term_query(self._schema, f"facet_{name}", value, "basic") for value in values]
            union = chosen[0] if len(chosen) == 1 else Q.boolean_query([(Occur.Should, each) for each in chosen])
            parts.append((Occur.Must, Q.const_score_query(union, 0.0)))
        if plan.days:
            within = Q.range_query(self._schema, "day", tantivy.FieldType.Integer, *plan.days)
            parts.append((Occur.Must, Q.const_score_query(within, 0.0)))
        return parts[0][1] if len(parts) == 1 else Q.boolean_query(parts)

    def _group(self, group: list[tuple[str, str, float]]) -> Any:
        terms = [self._term(*each) for each in group]
        return terms[0] if len(terms) == 1 else Q.boolean_query([(Occur.Should, term) for term in terms])

    def _term(self, name: str, term: str, weight: float) -> Any:
        query = Q.term_query(self._schema, name, term.replace(" ", GLUE), "freq")
        if weight == 1.0:
            return query
        return Q.boost_query(query, weight) if weight else Q.const_score_query(query, 0.0)

    def numbers(self, found: Found) -> list[int]:
        return list(self._searcher.fast_field_values("number", found.hits))

    def passages(self, query: Query, found: Found) -> list[str]:
        return self._passages(self._query(query.plan), [self._searcher.doc(hit) for hit in found.hits])

    def _passages(self, query: Any, documents: list[Any]) -> list[str]:
        cut = tantivy.SnippetGenerator.create(self._searcher, query, self._schema, "x")
        return [cut.snippet_from_doc(document).to_html() for document in documents]

    def page(self, query: Query) -> int:
        asked = self._query(query.plan)
        result = self._searcher.search(asked, query.plan.limit)
        self._facets(asked, PAGE_FACETS)
        documents = [self._searcher.doc(hit) for _, hit in result.hits]
        cards = [json.loads(bytes(document.get_first("card"))) for document in documents]
        shown = self._passages(asked, documents)
        assert len(cards) == len(shown) == len(result.hits)
        return int(result.count)

    def add(self, document: Document) -> None:
        if self._writer is None:
            self._writer = self._index.writer(HEAP, 1)
        values = _prepared(10_000_000 + self._added, document)
        self._added += 1
        self._writer.add_document(tantivy.Document.from_dict(values))
        self._writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def close(self) -> None:
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None
