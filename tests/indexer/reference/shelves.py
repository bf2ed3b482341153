"""An index in the making, and beside it what must be in it."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from random import Random

from corpus.record import Record
from corpus.store import Stored
from indexer.facets import Facets
from indexer.fields import terms_of
from indexer.packed.index import Change, Index, create
from indexer.packed.manifest import read_manifest
from indexer.packed.merging import due, merge_due
from indexer.snapshot import Snapshot
from tests.indexer.reference import made_up
from tests.indexer.reference.books import Book, book_of
from tests.indexer.reference.library import Library


class Shelves:
    """`segments`: of each segment the books, and whether each is alive; `records`: the newest of each id."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.index, self.facets = Index(folder), Facets()
        self.records: dict[str, Record] = {}
        self.segments: dict[str, list[tuple[Book, bool]]] = {}
        create(folder)

    def commit(self, random: Random, most: int) -> None:
        """Add, change, delete, now and then a record twice in one commit."""
        change = Change(self.folder)
        batch: list[tuple[Book, bool]] = []
        for _ in range(random.randint(1, most)):
            id = f"r{random.randint(1, 400) if random.random() < 0.3 else len(self.records) + 1}"
            if id in self.records and random.random() < 0.3:
                change.delete(id)
                batch = self._without(id, batch)
                continue
            known = list(self.records.values())
            twin = known and random.random() < 0.15
            made = made_up.varied(random, random.choice(known)) if twin else made_up.record(random)
            change.add(id, terms_of(made))
            batch = [*self._without(id, batch), (book_of(id, made), True)]
            self.records[id] = made
        change.commit(1)
        self._look(batch)

    def _without(self, id: str, batch: list[tuple[Book, bool]]) -> list[tuple[Book, bool]]:
        """Let a record be gone everywhere, in the batch too."""
        self.records.pop(id, None)
        self.segments = {name: _without(id, books) for name, books in self.segments.items()}
        return _without(id, batch)

    def merge(self) -> None:
        """Do the merge that is due, if there is one."""
        group = [entry.name for entry in due(read_manifest(self.folder).segments)]
        books = [(book, True) for name in group for book, alive in self.segments[name] if alive]
        merge_due(self.folder, nullcontext)
        self._look(books)

    def _look(self, books: list[tuple[Book, bool]]) -> None:
        """Follow the manifest: a new segment has the given books."""
        names = [entry.name for entry in read_manifest(self.folder).segments]
        self.segments = {name: self.segments.get(name, books) for name in names}

    def opened(self) -> tuple[Snapshot, Library]:
        """The index as it is now, and what it must answer as."""
        snapshot = Snapshot(self.index.segments(), 1, self.facets)
        every = [each for books in self.segments.values() for each in books]
        assert [snapshot.id(n) for n in range(snapshot.size)] == [book.id for book, _ in every]
        assert snapshot.live.tolist() == [alive for _, alive in every]
        return snapshot, Library([book for book, alive in every if alive], [book for book, alive in every if not alive])

    def stored(self, id: str) -> Stored:
        """A record as the store gives it."""
        return Stored(id, self.records[id], 1, "", "", None, None, False)

    def said(self) -> list[str]:
        """What the records say."""
        return [text for record in self.records.values() for text in (record.title, *record.paragraphs)]


def _without(id: str, books: list[tuple[Book, bool]]) -> list[tuple[Book, bool]]:
    return [(book, alive and book.id != id) for book, alive in books]
