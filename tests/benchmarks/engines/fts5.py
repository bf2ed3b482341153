"""SQLite FTS5: one column a field, every term one token, column weights for bm25; facets and days in other tables.

Everything but blanks belongs to a token, so that terms come through as they are. Passages are cut from field x, which
an external content table gives; it is filled last, so that the size of the index alone is known.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexer.plan import Plan
from tests.benchmarks.corpus import Document, Place
from tests.benchmarks.engines import PAGE_FACETS, SHOWN, figures
from tests.benchmarks.plans import Found, Query, attached
from tests.benchmarks.terms import FIELDS, GAP, GLUE, paragraphs_of, texts_of

SCHEMA = f"""
CREATE TABLE stored (number INTEGER PRIMARY KEY, x TEXT, card TEXT);
CREATE VIEW shown AS SELECT number, x, {", ".join(f"'' AS {name}" for name in FIELDS if name != "x")} FROM stored;
CREATE VIRTUAL TABLE t USING fts5({", ".join(FIELDS)}, content = 'shown', content_rowid = 'number',
  tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'");
CREATE TABLE day (number INTEGER PRIMARY KEY, day INTEGER);
CREATE TABLE facet (number INTEGER, name INTEGER, value TEXT, PRIMARY KEY (number, name, value)) WITHOUT ROWID;
"""
INSERT = f"INSERT INTO t(rowid, {', '.join(FIELDS)}) VALUES ({', '.join('?' * (1 + len(FIELDS)))})"
COUNTS = """WITH hits AS MATERIALIZED ({hits}) SELECT name, value, count(*) FROM hits JOIN facet USING (number)
  WHERE name IN ({names}) GROUP BY name, value ORDER BY name, count(*) DESC"""
SNIPPET = "snippet(t, 0, '<b>', '</b>', ' … ', 36)"


def _row(number: int, document: Document) -> tuple[Any, ...]:
    texts = texts_of(document.terms) | {"x": f" {GAP} ".join(paragraphs_of(document.terms))}
    return (number, *(texts[name] for name in FIELDS))


def _facets(number: int, document: Document) -> Iterator[tuple[int, int, str]]:
    for name, values in document.terms.facets.items():
        if name in PAGE_FACETS:
            yield from ((number, PAGE_FACETS.index(name), value) for value in values)


def build(place: Place, folder: Path) -> dict[str, float]:
    """Transactions of a chunk; merged into one at the end, as `optimize` does."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "fts5.db"
    base = sqlite3.connect(path)
    base.execute("PRAGMA journal_mode = WAL")
    base.executescript(SCHEMA)
    number, preparing, began = 0, 0.0, time.process_time()
    for chunk in place.chunks():
        at = time.process_time()
        rows = [_row(number + n, document) for n, document in enumerate(chunk)]
        preparing += time.process_time() - at
        with base:
            _insert(base, number, chunk, rows)
        number += len(chunk)
    with base:
        base.execute("INSERT INTO t(t) VALUES ('optimize')")
    indexing = time.process_time() - began - preparing
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    free = base.execute("PRAGMA freelist_count").fetchone()[0] * base.execute("PRAGMA page_size").fetchone()[0]
    size = path.stat().st_size - free
    number = 0
    for chunk in place.chunks():
        with base:
            _store(base, number, chunk)
        number += len(chunk)
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    base.close()
    return figures("fts5", number, prepare_s=preparing, index_s=indexing, index_bytes=size)


def _insert(base: sqlite3.Connection, number: int, chunk: list[Document], rows: list[tuple[Any, ...]]) -> None:
    base.executemany(INSERT, rows)
    base.executemany("INSERT INTO day VALUES (?, ?)", ((number + n, each.terms.day) for n, each in enumerate(chunk)))
    base.executemany(
        "INSERT OR IGNORE INTO facet VALUES (?, ?, ?)",
        (row for n, each in enumerate(chunk) for row in _facets(number + n, each)),
    )


def _store(base: sqlite3.Connection, number: int, chunk: list[Document]) -> None:
    shown = ((number + n, f" {GAP} ".join(paragraphs_of(each.terms)), each.card) for n, each in enumerate(chunk))
    base.executemany("INSERT INTO stored VALUES (?, ?, ?)", shown)


class Fts5:
    name = "fts5"

    def __init__(self, folder: Path) -> None:
        self._base = sqlite3.connect(folder / "fts5.db", isolation_level=None)
        self._base.execute("PRAGMA mmap_size = 8000000000")
        self._base.execute("PRAGMA synchronous = FULL")

    def search(self, plan: Plan) -> Found:
        match, rank, tables, where = self._parts(plan)
        hits = self._base.execute(
            f"SELECT t.rowid, rank FROM {tables} WHERE t MATCH ? AND rank MATCH ? {where} ORDER BY rank LIMIT ?",
            (match, rank, plan.limit),
        ).fetchall()
        total = self._base.execute(f"SELECT count(*) FROM {tables} WHERE t MATCH ? {where}", (match,)).fetchone()[0]
        facets = self._facets(plan, plan.counted) if plan.counted else {}
        return Found(total, [hit for hit, _ in hits], [-score for _, score in hits], facets)

    def _facets(self, plan: Plan, names: tuple[str, ...]) -> dict[str, dict[str, int]]:
        match, _, tables, where = self._parts(plan)
        hits = f"SELECT t.rowid AS number FROM {tables} WHERE t MATCH ? {where}"
        asked = ", ".join(str(PAGE_FACETS.index(name)) for name in names)
        found: dict[str, dict[str, int]] = {name: {} for name in names}
        for name, value, count in self._base.execute(COUNTS.format(hits=hits, names=asked), (match,)):
            values = found[PAGE_FACETS[name]]
            if len(values) < SHOWN:
                values[value] = count
        return found

    def _parts(self, plan: Plan) -> tuple[str, str, str, str]:
        """The expression to match, the ranking function, and the tables and conditions beside it."""
        weights = {name: weight for name, _, weight in reversed(plan.scored)}
        rank = f"bm25({', '.join(str(weights.get(name, 0.0)) for name in FIELDS)})"
        tables, where = "t", ""
        if plan.days:
            tables += " JOIN day ON day.number = t.rowid"
            where += f" AND day BETWEEN {plan.days[0]} AND {plan.days[1]}"
        for name, values in plan.facets.items():
            quoted = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
            where += (
                f" AND EXISTS (SELECT 1 FROM facet WHERE number = t.rowid AND name = {PAGE_FACETS.index(name)}"
                f" AND value IN ({quoted}))"
            )
        return _expression(plan), rank, tables, where

    def numbers(self, found: Found) -> list[int]:
        return [int(str(hit)) for hit in found.hits]

    def passages(self, query: Query, found: Found) -> list[str]:
        numbers = ", ".join(str(hit) for hit in found.hits)
        sql = f"SELECT {SNIPPET} FROM t WHERE t MATCH ? AND rowid IN ({numbers})"
        return [text for (text,) in self._base.execute(sql, (_expression(query.plan),))]

    def page(self, query: Query) -> int:
        match, rank, tables, where = self._parts(query.plan)
        hits = self._base.execute(
            f"SELECT t.rowid, {SNIPPET}, (SELECT card FROM stored WHERE number = t.rowid) FROM {tables}"
            f" WHERE t MATCH ? AND rank MATCH ? {where} ORDER BY rank LIMIT ?",
            (match, rank, query.plan.limit),
        ).fetchall()
        total = self._base.execute(f"SELECT count(*) FROM {tables} WHERE t MATCH ? {where}", (match,)).fetchone()[0]
        self._facets(query.plan, PAGE_FACETS)
        assert all(shown and card for _, shown, card in hits)
        return int(total)

    def add(self, document: Document) -> None:
        number = self._base.execute("SELECT max(number) + 1 FROM day").fetchone()[0] or 0
        self._base.execute("BEGIN IMMEDIATE")
        _insert(self._base, number, [document], [_row(number, document)])
        _store(self._base, number, [document])
        self._base.execute("COMMIT")

    def close(self) -> None:
        self._base.close()


def _expression(plan: Plan) -> str:
    if plan.phrase:
        return f'x : "{" ".join(plan.phrase)}"'
    return " AND ".join(f"({' OR '.join(map(_term, group))})" for group in attached(plan))


def _term(each: tuple[str, str, float]) -> str:
    name, term, _ = each
    return f'{name} : "{term.replace(" ", GLUE)}"'
