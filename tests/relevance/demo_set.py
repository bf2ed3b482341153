"""Readers' queries over the demo articles (queries.tsv), asked of the engine in-process.

usage: python -m tests.relevance.demo_set [--misses]

Prints nDCG@10 (graded) and MRR (of the first answer of grade 3) by kind of query and over all, in two halves.
`--misses` lists, for each query below 1, what came and what was missed.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from corpus.demonstration import demo_articles
from corpus.home import Home
from corpus.store import Store
from indexer import Collection, Request
from tests.relevance.measures import DEPTH, HALVES, Row, half, means, ndcg, reciprocal
from webapp.adding import add_all

TABLE = Path(__file__).with_name("queries.tsv")
SET, FIRST = "demo nDCG@10", "demo MRR"
TOTAL = "total"
BEST = 3


@dataclass(frozen=True)
class Query:
    """What a reader types, and the demo files (without ending) that answer it, with grades 1 to 3."""

    kind: str
    text: str
    grades: dict[str, int]

    @property
    def best(self) -> set[str]:
        return {stem for stem, grade in self.grades.items() if grade == BEST}


@dataclass(frozen=True)
class Asked:
    """A query with the demo files found, best first."""

    query: Query
    found: tuple[str, ...]

    def ndcg(self) -> float:
        return ndcg(self.found, self.query.grades)

    def mrr(self) -> float:
        return reciprocal(self.found, self.query.best)


def queries() -> Iterator[Query]:
    """The rows of the table."""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith(("#", "kind\t")):
            continue
        kind, text, answers, _ = line.split("\t")
        pairs = (each.rsplit("=", 1) for each in answers.split(","))
        yield Query(kind, text, {stem: int(grade) for stem, grade in pairs})


def demo_collection(folder: Path) -> Collection:
    """A home in `folder` with the demo articles, opened."""
    home = Home(folder)
    with Store(home) as store:
        for _ in add_all(home, store, demo_articles(), demo=True):
            pass
    return Collection(home)


def ask(collection: Collection) -> list[Asked]:
    """Every query of the table with what it found."""
    return [
        Asked(query, tuple(_stem(collection, hit.id) for hit in collection.search(Request(query.text)).hits[:DEPTH]))
        for query in queries()
    ]


def _stem(collection: Collection, id: str) -> str:
    stored = collection.record(id)
    assert stored is not None and stored.record.source.file is not None
    return PurePath(stored.record.source.file).stem


def rows(asked: list[Asked]) -> list[Row]:
    """Both measures, by kind and in total."""
    kinds = dict.fromkeys(each.query.kind for each in asked)
    parts = {kind: [each for each in asked if each.query.kind == kind] for kind in kinds} | {TOTAL: asked}
    return [
        Row(name, kind, len(part), means((each.query.text, measure(each)) for each in part))
        for name, measure in ((SET, Asked.ndcg), (FIRST, Asked.mrr))
        for kind, part in parts.items()
    ]


def measured() -> list[Row]:
    """Fill a temporary home, ask, measure."""
    with tempfile.TemporaryDirectory(prefix="relevance-") as folder:
        return rows(ask(demo_collection(Path(folder))))


def _print_misses(asked: list[Asked]) -> None:
    for each in sorted(asked, key=lambda each: each.ndcg()):
        if each.ndcg() > 0.9999:
            continue
        grades = each.query.grades
        ranked = " ".join(f"{stem[:3]}={grades.get(stem, 0)}" for stem in each.found)
        missed = " ".join(f"{stem[:3]}={grade}" for stem, grade in grades.items() if stem not in each.found)
        print(f"{each.ndcg():.3f} {half(each.query.text):4} {each.query.kind}: {each.query.text}")
        print(f"      found {ranked}\n      missed {missed}")


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="relevance-") as folder:
        asked = ask(demo_collection(Path(folder)))
    for row in rows(asked):
        figures = "  ".join(f"{part} {row.ours[part]:.3f}" for part in HALVES if part in row.ours)
        print(f"{row.set:13} {row.name:9} {row.count:3}  {figures}")
    if "--misses" in sys.argv:
        _print_misses(asked)
    return 0


if __name__ == "__main__":
    sys.exit(main())
