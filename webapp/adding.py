"""Adding sources batch by batch: store, index, and only then tell what became of each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from corpus.home import Home
from corpus.ingest import Outcome, Prepared, prepare
from corpus.inputs import Given
from corpus.keeping import keep_all
from corpus.ready import Ready, ready
from corpus.store import Store
from indexer.adopting import Written, adopt
from indexer.upkeep import merge_all
from webapp.workers import in_order

BATCH = 200  # sources a commit
BATCH_BYTES = 20_000_000
MERGED = 4_096  # records up to which segments are merged between two batches; more is left to the server
BATCH_S = 1.0  # a source waits no longer than this to be told of
Item = TypeVar("Item")


def batches(items: Iterable[Item], size_of: Callable[[Item], int], most: int = BATCH) -> Iterator[list[Item]]:
    """Items in lists of up to `most`, fewer where they are large or come slowly."""
    batch: list[Item] = []
    size, began = 0, time.monotonic()
    for item in items:
        batch.append(item)
        size += size_of(item)
        if len(batch) == most or size > BATCH_BYTES or time.monotonic() - began > BATCH_S:
            yield batch
            batch, size, began = [], 0, time.monotonic()
    if batch:
        yield batch


def add_all(
    home: Home, store: Store, items: Iterable[Prepared], *, force: bool = False, demo: bool = False
) -> Iterator[Outcome]:
    """What became of each item, in order, told once it is durable in the store and can be found."""
    return add_ready(home, store, (ready(item)[0] for item in items), force=force, demo=demo)


def add_ready(
    home: Home, store: Store, items: Iterable[Ready], *, force: bool = False, demo: bool = False
) -> Iterator[Outcome]:
    """`add_all` for items that are worked out already."""
    for batch in batches(items, lambda item: len(item.data)):
        yield from add_batch(home, store, batch, force=force, demo=demo)
        merge_all(home, MERGED)


def add_sources(home: Home, store: Store, sources: Iterable[Given], *, jobs: int, force: bool) -> Iterator[Outcome]:
    """Read, parse, keep and index what a person named, parsing in `jobs` processes."""
    items = (item for _, item in in_order(_parsed, sources, jobs)) if jobs > 1 else map(_parsed, sources)
    return add_ready(home, store, items, force=force)


def _parsed(given: Given) -> Ready:
    return ready(prepare(given))[0]


def add_batch(
    home: Home,
    store: Store,
    items: Sequence[Ready],
    written: Written | None = None,
    *,
    force: bool = False,
    demo: bool = False,
) -> list[Outcome]:
    """Keep the items and index them; `written` is the segment of them, where there is one already.

    What it returns is durable in the store and can be found.
    """
    with home.writing():
        before = store.last_change()
        with store.transaction():
            outcomes = keep_all(store, items, force=force, demo=demo)
        changed = {outcome.id for outcome in outcomes if outcome.status == "updated"}
        new = {n for n, each in enumerate(outcomes) if each.status == "added" and each.id not in changed}
        adopt(home, store, written, before, new)
    return outcomes
