"""An index: a folder of segments and the manifest that names them. Changing it, and following its changes.

A change writes new segments aside and then the manifest; who reads sees the index before or after it.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from corpus.errors import DamageError
from indexer.fields import Terms
from indexer.packed.batch import Batch
from indexer.packed.manifest import Entry, Manifest, read_manifest, write_manifest
from indexer.packed.segment import Segment
from indexer.packed.whoosh_toc import other_tocs, write_toc

ORPHAN_S = 3_600.0  # a segment file that nobody names is given up after so long; who writes waits WAIT_S at most


def create(folder: Path) -> None:
    """An empty index in an empty folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _commit(folder, Manifest(0), 0, ())


def new_name() -> str:
    """A name that no segment has had."""
    return secrets.token_hex(8)


def write_segment(folder: Path, batch: Batch) -> Entry:
    """Write a batch as a segment that no manifest names yet."""
    name = new_name()
    length, checksum = batch.write(folder / f"{name}.seg")
    return Entry(name, len(batch), length, checksum)


class Change:
    """One commit: whole records by id. The caller holds the write lock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._before = read_manifest(folder)
        self._segments = [(entry, open_segment(folder, entry)) for entry in self._before.segments]
        self._deleted = {entry.name: set(entry.deleted) for entry in self._before.segments}
        self._batch = Batch()
        self._own: dict[str, int] = {}  # document in the batch of each record that was added

    def delete(self, id: str) -> None:
        """Take a record out, where it is in."""
        for entry, segment in self._segments:
            doc = segment.doc_of(id)
            if doc >= 0:
                self._deleted[entry.name].add(doc)
        if id in self._own:
            self._dropped.add(self._own.pop(id))

    @property
    def _dropped(self) -> set[int]:
        return self._deleted.setdefault("", set())

    def add(self, id: str, terms: Terms) -> None:
        """Put a record in, in place of the one with its id."""
        self.delete(id)
        if self._batch.full:
            self._flush()
        self._own[id] = self._batch.add(id, terms)

    def adopt(self, entry: Entry, dropped: set[int]) -> None:
        """Take over a segment that was written aside, without some of its documents."""
        segment = open_segment(self._folder, entry)
        for doc in range(entry.size):
            if doc not in dropped:
                self.delete(segment.id(doc))
        self._take(entry, segment, dropped)

    def _take(self, entry: Entry, segment: Segment, dropped: set[int]) -> None:
        self._segments.append((entry, segment))
        self._deleted[entry.name] = set(dropped)

    def _flush(self) -> None:
        if len(self._batch):
            entry = write_segment(self._folder, self._batch)
            self._take(entry, open_segment(self._folder, entry), self._deleted.pop("", set()))
            self._batch, self._own = Batch(), {}

    def commit(self, seq: int) -> None:
        """Make it the state of the index, which then goes up to change `seq` of the store."""
        self._flush()
        entries = [replace(entry, deleted=tuple(sorted(self._deleted[entry.name]))) for entry, _ in self._segments]
        _commit(self._folder, self._before, seq, [entry for entry in entries if entry.live])


def replace_segments(folder: Path, merged: tuple[Entry, ...], into: Entry | None) -> None:
    """Put one segment in the place of those from which it was made. Documents that were deleted in them
    meanwhile must have been taken over by the caller. The caller holds the write lock."""
    before = read_manifest(folder)
    names = {entry.name for entry in merged}
    kept = [entry for entry in before.segments if entry.name not in names]
    _commit(folder, before, before.seq, [*kept, into] if into else kept)


def _commit(folder: Path, before: Manifest, seq: int, entries: Iterable[Entry]) -> None:
    entries = tuple(entries)
    toc = write_toc(folder, entries)
    write_manifest(folder, Manifest(seq, entries, toc))
    gone = {entry.file for entry in before.segments} - {entry.file for entry in entries}
    gone |= other_tocs(folder, toc[0])
    for name in gone - _orphans(folder, entries):
        (folder / name).unlink(missing_ok=True)


def _orphans(folder: Path, entries: tuple[Entry, ...]) -> set[str]:
    """Delete segment files that nobody names and that are old: a killed writer's."""
    named = {entry.file for entry in entries}
    gone = set()
    for path in folder.glob("*.seg"):
        with suppress(OSError):
            if path.name not in named and time.time() - path.stat().st_mtime > ORPHAN_S:
                path.unlink()
                gone.add(path.name)
    return gone


def open_segment(folder: Path, entry: Entry) -> Segment:
    """Open a segment as its manifest describes it. Raises DamageError."""
    return Segment.open(folder, entry.name, entry.bytes, entry.sum).without(frozenset(entry.deleted))


class Index:
    """An opened index: its segments now, and again after others changed it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, Segment] = {}

    def segments(self) -> list[Segment]:
        """The segments of the newest commit; those that did not change are the same objects.

        Raises DamageError.
        """
        while True:
            manifest = read_manifest(self._folder)
            try:
                known = {entry.name: self._segment(entry) for entry in manifest.segments}
            except DamageError:
                if read_manifest(self._folder) == manifest:
                    raise
                continue  # a writer replaced the segment between the two looks
            self._known = known
            return list(known.values())

    def _segment(self, entry: Entry) -> Segment:
        known = self._known.get(entry.name)
        if known is None:
            return open_segment(self._folder, entry)
        deleted = frozenset(entry.deleted)
        return known if known.deleted == deleted else known.without(deleted)
