"""Segments that other processes wrote aside, taken into the index in the place of indexing anew.

Who analyses and writes a segment needs no lock. Who keeps the records then adopts it, but for the
documents that the store had already. Whatever does not fit (another generation by now, an index that
is behind) is left to `sync`, which needs nothing but the store; segments that nobody adopts are
deleted by a later commit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import DamageError
from corpus.home import Home
from corpus.record import Record
from corpus.store import Store
from indexer.fields import terms_of
from indexer.generations import Generations, fingerprint
from indexer.packed.batch import Batch
from indexer.packed.index import Change, write_segment
from indexer.packed.manifest import Entry, read_manifest
from indexer.sync import follow, sync


@dataclass(frozen=True)
class Written:
    """A segment written aside in `folder`; of each of its documents the id, and which of the items it is."""

    folder: Path
    entry: Entry
    ids: tuple[str, ...]
    items: tuple[int, ...]


def write_aside(folder: Path, records: Sequence[Record | None]) -> Written | None:
    """Analyse records (None: an item that became none) and write them as a segment, the first of each id.

    Needs no lock. None where there is nothing to write, or it cannot be written: then
    `sync` will say so.
    """
    batch = Batch()
    found: dict[str, int] = {}
    for number, record in enumerate(records):
        if record is not None and record.id not in found:
            batch.add(record.id, terms_of(record))
            found[record.id] = number
    try:
        return Written(folder, write_segment(folder, batch), tuple(found), tuple(found.values())) if found else None
    except (OSError, ValueError):
        return None


def folder_for_segments(home: Home, store: Store) -> Path | None:
    """Where segments may be written aside; brings the index up to the store first.

    None where the index cannot take them: then it is all left to `sync`.
    """
    with home.writing():
        sync(home, store)
        return _folder(home, store.last_change())


def _folder(home: Home, seq: int) -> Path | None:
    """The folder of the generation in use, where it goes exactly up to `seq` and can be changed."""
    current = Generations(home).current()
    try:
        if current and current.built_by() == fingerprint() and read_manifest(current.folder).seq == seq:
            return current.folder
    except DamageError:
        pass
    return None


def adopt(home: Home, store: Store, written: Written | None, before: int, new: set[int]) -> None:
    """`sync`, with the documents of the items `new` taken from the segment.

    `before`: the store's last change before they were kept; `new`: the numbers of items that were added
    since and are in the store as they are in the segment. Call within `Home.writing`.
    """
    if written is None or _folder(home, before) != written.folder:
        sync(home, store)
        return
    changed = set(store.changed_since(before))
    if not changed:
        return
    change = Change(written.folder)
    dropped = {doc for doc, item in enumerate(written.items) if item not in new}
    if len(dropped) < len(written.ids):
        try:
            change.adopt(written.entry, dropped)
        except DamageError:  # it is gone, or not what was written: all of it is indexed anew
            dropped = set(range(len(written.ids)))
    follow(change, store, changed - {id for doc, id in enumerate(written.ids) if doc not in dropped})
    change.commit(store.last_change())
