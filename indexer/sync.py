"""From the store to the index: bring it up to date, rebuild it aside, check it, mend it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from itertools import islice

from corpus.errors import DamageError, HomeError
from corpus.home import Home
from corpus.store import Store
from indexer.fields import terms_of
from indexer.generations import Generation, Generations, fingerprint
from indexer.packed.index import Change, Index, create
from indexer.packed.merging import merge_due

BATCH = 2_000  # records a commit while rebuilding
Progress = Callable[[int, int], None]
log = logging.getLogger("bienban")


def sync(home: Home, store: Store) -> int:
    """Bring the current generation up to the store; how many records it changed.

    Call within `Home.writing`. A generation that is missing, foreign or broken is built anew.
    """
    current = Generations(home).current()
    if current is None or not _usable(current):
        return _rebuild(home, store)
    seq, before = store.last_change(), current.applied()
    if before > seq:  # the store is another one (restored from a backup): nothing is known of the index
        return _rebuild(home, store)
    if seq == before:
        return 0
    changed = store.changed_since(before)
    try:
        _apply(current, store, changed, seq)
    except HomeError:
        raise
    except Exception as problem:
        log.warning("the index could not be changed (%s); it is built anew from the store", problem)
        return _rebuild(home, store)
    return len(changed)


def _usable(generation: Generation) -> bool:
    try:
        generation.applied()
        return generation.built_by() == fingerprint()
    except DamageError as problem:
        log.warning("%s", problem)
        return False


def behind(home: Home, store: Store) -> bool:
    """Whether the index has to be brought up to the store (cheap)."""
    current = Generations(home).current()
    return current is None or not _usable(current) or current.applied() != store.last_change()


def _apply(generation: Generation, store: Store, ids: list[str], seq: int) -> None:
    """Bring records of the index to what the store has, which is then up to change `seq` in it."""
    change = Change(generation.folder)
    follow(change, store, ids)
    change.commit(seq)


def follow(change: Change, store: Store, ids: Iterable[str]) -> None:
    """Make records in a change what they are in the store."""
    for id in ids:
        stored = store.get(id)
        if stored is None or stored.removed_at:
            change.delete(id)
        else:
            change.add(id, terms_of(stored.record))


def reindex(home: Home, store: Store, progress: Progress | None = None) -> int:
    """Build a new generation aside, verify it, switch to it; how many records it has.

    Writers go on meanwhile; only the last steps hold the lock. Raises DamageError where what was
    built is not what the store has; the former generation then stays in use.
    """
    with home.writing(lock="rebuild.lock"):
        generations = Generations(home)
        generation = generations.begin()
        try:
            seq, count = _build(generation, store, progress)
            with home.writing():
                _apply(generation, store, store.changed_since(seq), store.last_change())
                _verify(generation, store)
                generations.switch(generation)
        except BaseException:
            generations.discard(generation)
            raise
        return count


def mend(home: Home, store: Store, damaged: int) -> None:
    """Build the index anew where generation number `damaged` is still the one in use."""
    with home.writing():
        current = Generations(home).current()
        if current is None or current.number == damaged:
            _rebuild(home, store)


def _rebuild(home: Home, store: Store) -> int:
    """`reindex` for a caller that holds the write lock already."""
    generations = Generations(home)
    generation = generations.begin()
    try:
        _, count = _build(generation, store, None)
        _verify(generation, store)
        generations.switch(generation)
    except BaseException:
        generations.discard(generation)
        raise
    return count


def _build(generation: Generation, store: Store, progress: Progress | None) -> tuple[int, int]:
    """Index all live records; up to which change, and how many there are."""
    seq = store.last_change()
    total, done = store.count()[0], 0
    create(generation.folder)
    records = store.live()
    while batch := list(islice(records, BATCH)):
        change = Change(generation.folder)
        for stored in batch:
            change.add(stored.id, terms_of(stored.record))
            done += 1
            if progress:
                progress(done, total)
        change.commit(seq)
        while merge_due(generation.folder, nullcontext):
            pass
    return seq, done


def _verify(generation: Generation, store: Store) -> None:
    """Exactly the live records are in it, and its files are as they were written."""
    missing = _difference(generation, store) or next(generation.damages(), None)
    if missing:
        raise DamageError(f"the new index is not what the store has: {missing}; the former one stays in use")


def _difference(generation: Generation, store: Store) -> str | None:
    wanted = {stored.id for stored in store.live()}
    found: list[str] = []
    for segment in Index(generation.folder).segments():
        found += [segment.id(doc) for doc in range(segment.size) if doc not in segment.deleted]
    if len(found) != len(set(found)):
        return f"{len(found) - len(set(found))} records are in the index twice"
    if wanted != set(found):
        return f"{len(wanted - set(found))} records are not in the index, {len(set(found) - wanted)} are too many"
    return None


def index_damages(home: Home, store: Store) -> Iterator[str]:
    """A sentence for each thing wrong with the index, checked in full."""
    current = Generations(home).current()
    if current is None:
        yield "there is no index; run `bienban reindex`"
        return
    damages = list(current.damages())
    yield from damages
    if damages:
        return
    if current.built_by() != fingerprint():
        yield "the index was built by other rules; run `bienban reindex`"
    if current.applied() != store.last_change():
        yield "the index is behind the store; run `bienban sync`"
    elif difference := _difference(current, store):
        yield f"{difference}; run `bienban reindex`"
