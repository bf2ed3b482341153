"""Keeping many sources at once: those the store has never met go in as rows, the others one by one."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.ingest import Outcome, keep
from corpus.ready import Ready
from corpus.store import Store


def keep_all(store: Store, items: Sequence[Ready], *, force: bool = False, demo: bool = False) -> list[Outcome]:
    """What `ingest.keep` gives for one after another; call within `Home.writing` and `Store.transaction`."""
    met = store.met(name for item in items for name in _names(item))
    failed = {source for source, _, _ in store.failures()}
    outcomes: list[Outcome] = []
    new: list[Ready] = []
    for item in items:
        names = _names(item)
        if item.reason is None and met.isdisjoint(names) and item.label not in failed:
            new.append(item)
            outcomes.append(Outcome("added", item.id, item.label))
        else:
            store.keep_new(new, demo=demo)  # it may be one of them again
            new = []
            outcomes.append(keep(store, item.prepared(), force=force, demo=demo))
        met.update(names)
    store.keep_new(new, demo=demo)
    return outcomes


def _names(item: Ready) -> tuple[str, ...]:
    """All by which the store may know a source."""
    return tuple(name for name in (item.key, item.path_key, item.sha256, item.id) if name)
