"""Adding sources batch by batch: store, index, and only then tell what became of each."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from corpus.home import Home
from corpus.ingest import Outcome, Prepared, keep
from corpus.store import Store
from indexer import sync

BATCH = 200  # sources a commit
BATCH_BYTES = 20_000_000
BATCH_S = 1.0  # a source waits no longer than this to be told of


def batches(items: Iterable[Prepared]) -> Iterator[list[Prepared]]:
    """Items in lists of up to BATCH, fewer where they are large or come slowly."""
    batch: list[Prepared] = []
    size, began = 0, time.monotonic()
    for item in items:
        batch.append(item)
        size += len(item.data)
        if len(batch) == BATCH or size > BATCH_BYTES or time.monotonic() - began > BATCH_S:
            yield batch
            batch, size, began = [], 0, time.monotonic()
    if batch:
        yield batch


def add_all(
    home: Home, store: Store, items: Iterable[Prepared], *, force: bool = False, demo: bool = False
) -> Iterator[Outcome]:
    """What became of each item, in order, told once it is durable in the store and can be found."""
    for batch in batches(items):
        with home.writing():
            with store.transaction():
                outcomes = [keep(store, item, force=force, demo=demo) for item in batch]
            sync(home, store)
        yield from outcomes
