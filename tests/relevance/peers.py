"""Other search libraries as they come, on the same texts: each is a function from texts to a way of asking.

A way of asking takes a query and gives the numbers (from 0) of the texts found, best first, at most ten. Queries go
in as words joined by OR, never through a peer's own query language, so that no mark of the reader is an operator.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise

from tests.relevance.measures import DEPTH

Ask = Callable[[str], list[int]]
WORD = re.compile(r"\w+")


def whoosh_default(texts: Sequence[str]) -> Ask:
    """Whoosh with the analyzer and the scorer that it has of itself."""
    from whoosh.fields import NUMERIC, TEXT, Schema
    from whoosh.filedb.filestore import RamStorage
    from whoosh.query import Or, Term

    schema = Schema(number=NUMERIC(stored=True), text=TEXT)
    index = RamStorage().create_index(schema)
    writer = index.writer()
    for number, text in enumerate(texts):
        writer.add_document(number=number, text=text)
    writer.commit()
    searcher, analyzer = index.searcher(), schema["text"].analyzer

    def ask(query: str) -> list[int]:
        terms = [Term("text", token.text) for token in analyzer(query, mode="query")]
        return [hit["number"] for hit in searcher.search(Or(terms), limit=DEPTH)]

    return ask


def fts5(texts: Sequence[str]) -> Ask:
    """SQLite FTS5, `unicode61 remove_diacritics 2`."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE t USING fts5(text, tokenize = 'unicode61 remove_diacritics 2')")
    base.executemany("INSERT INTO t(rowid, text) VALUES (?, ?)", enumerate(texts))

    def ask(query: str) -> list[int]:
        words = " OR ".join(f'"{word}"' for word in WORD.findall(query))
        found = base.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY bm25(t) LIMIT ?", (words, DEPTH))
        return [number for (number,) in found]

    return ask


def tantivy_default(texts: Sequence[str]) -> Ask:
    """tantivy with its default tokenizer."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text")
    builder.add_integer_field("number", stored=True)
    index = tantivy.Index(builder.build())
    writer = index.writer(num_threads=1)
    for number, text in enumerate(texts):
        writer.add_document(tantivy.Document(text=text, number=number))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def ask(query: str) -> list[int]:
        parsed = index.parse_query(" ".join(WORD.findall(query.lower())), ["text"])
        hits = searcher.search(parsed, DEPTH).hits
        return [searcher.doc(address)["number"][0] for _, address in hits]

    return ask


def bm25s_folded(texts: Sequence[str]) -> Ask:
    """bm25s over syllables without marks and their pairs."""
    import bm25s

    retriever = bm25s.BM25()
    retriever.index([_folded(text) for text in texts], show_progress=False)

    def ask(query: str) -> list[int]:
        numbers, scores = retriever.retrieve([_folded(query)], k=DEPTH, show_progress=False)
        return [int(n) for n, score in zip(numbers[0], scores[0], strict=True) if score > 0]

    return ask


def _folded(text: str) -> list[str]:
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    words = WORD.findall(bare.replace("đ", "d"))
    return words + [f"{a} {b}" for a, b in pairwise(words)]


PEERS: dict[str, Callable[[Sequence[str]], Ask]] = {
    "Whoosh, default": whoosh_default,
    "FTS5": fts5,
    "tantivy": tantivy_default,
    "bm25s": bm25s_folded,
}
