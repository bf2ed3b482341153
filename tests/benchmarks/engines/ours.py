"""The product: plans over the snapshot of a real home, which `bienban import` filled; pages by `Collection.search`."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

from corpus.home import Home
from corpus.ingest import Prepared, keep
from corpus.keeping import keep_all
from corpus.ready import ready
from corpus.store import Store, Stored
from indexer import Collection, Request, sync
from indexer.fields import terms_of
from indexer.generations import Generations
from indexer.packed.index import Change, create
from indexer.passages import Passages
from indexer.plan import Plan, evaluate
from indexer.searcher import _read, _shown, search
from indexer.sought import sought_of
from tests.benchmarks.corpus import Place, prepared_lines
from tests.benchmarks.engines import figures, size_of
from tests.benchmarks.plans import Found, Query
from tests.benchmarks.processes import imported

SAMPLE = 4_000
STORED_AT_ONCE = 200


def build(place: Place, folder: Path) -> dict[str, Any]:
    """The whole road by `bienban import`; and the CPU-seconds of each step apart."""
    told: dict[str, Any] = imported(place.lines, folder)
    current = Generations(Home(folder)).current()
    assert current is not None
    size = size_of(current.folder.iterdir())
    with tempfile.TemporaryDirectory(dir=place.folder) as aside:
        told |= figures("ours", place.n, prepare_s=0.0, index_s=_index(place, Path(aside) / "index"), index_bytes=size)
        return told | _steps(place, Path(aside))


def _index(place: Place, folder: Path) -> float:
    """CPU-seconds of indexing terms that are ready."""
    create(folder)
    change, spent = Change(folder), 0.0
    for chunk in place.chunks():
        began = time.process_time()
        for document in chunk:
            change.add(document.id, document.terms)
        spent += time.process_time() - began
    began = time.process_time()
    change.commit(1)
    return spent + time.process_time() - began


def _steps(place: Place, aside: Path) -> dict[str, float]:
    """Reports a CPU-second of reading lines, analysing, storing, each on the first SAMPLE reports."""
    began = time.process_time()
    items = list(islice(prepared_lines(place.lines), SAMPLE))
    read = time.process_time()
    for item in items:
        assert item.record is not None
        terms_of(item.record)
    analysed = time.process_time()
    home = Home(aside / "home")
    with Store(home) as store, home.writing():
        for at in range(0, len(items), STORED_AT_ONCE):
            with store.transaction():
                keep_all(store, [ready(item)[0] for item in items[at : at + STORED_AT_ONCE]])
    spent = {"read_lines": read - began, "analyse": analysed - read, "store": time.process_time() - analysed}
    return {f"{name}_per_cpu_s_ours": round(len(items) / seconds, 1) for name, seconds in spent.items()}


class Ours:
    name = "ours"

    def __init__(self, folder: Path, ids: Sequence[str] = ()) -> None:
        """`ids` of the reports of the corpus, in order."""
        self._home = Home(folder)
        self._collection = Collection(self._home)
        self._snapshot = self._collection.snapshot()
        self._numbers = {id: number for number, id in enumerate(ids)}

    def search(self, plan: Plan) -> Found:
        answer = evaluate(self._snapshot, plan)
        return Found(answer.total, answer.docs, answer.scores, answer.facets)

    def numbers(self, found: Found) -> list[int]:
        return [self._numbers[self._snapshot.id(doc)] for doc in found.hits]

    def passages(self, query: Query, found: Found) -> list[str]:
        """As a page cuts them: the query as it is understood, the stored record, the best passage."""
        clauses = _read(self._snapshot, Request(query.text))[1]
        sought = sought_of(self._snapshot, clauses)
        passages = Passages(self._snapshot, sought)
        return [_shown(self._stored(doc), sought, passages, doc, clauses).html for doc in found.hits]

    def _stored(self, doc: int) -> Stored:
        stored = self._collection.record(self._snapshot.id(doc))
        assert stored is not None
        return stored

    def page(self, query: Query) -> int:
        """Worked out anew each time: pages that `Collection.search` remembers are not measured."""
        return search(self._snapshot, Request(q=query.text, limit=query.plan.limit), self._collection.record).total

    def add(self, item: Prepared) -> float:
        """Milliseconds of the store, which come before those of the index."""
        with Store(self._home) as store, self._home.writing():
            began = perf_counter()
            with store.transaction():
                keep(store, item)
            stored = perf_counter()
            sync(self._home, store)
        self._snapshot = self._collection.snapshot()
        return (stored - began) * 1000

    def close(self) -> None:
        """Nothing is held."""
