"""Whoosh as the engine: the only module that imports it. Writing terms, and reading them as arrays.

Only API that Whoosh 2.7.4, Whoosh-Reloaded 2.7.5 and whoosh3 share is used, so that any of them
serves. Scoring is ours (`indexer.scoring`); Whoosh keeps terms, postings, positions and deletions.
A directory of an index is opened only where we built it: its TOC is a pickle.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh import index
from whoosh.fields import ID, STORED, FieldType, Schema
from whoosh.formats import Frequency, Positions
from whoosh.system import pack_uint

from indexer.fields import POSITIONAL, TERM_FIELDS, Terms

NO_ANALYZER: Any = None  # terms come ready
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


class TermsField(FieldType):
    """A field whose value is a list of terms; their number is kept, their order is not."""

    def __init__(self) -> None:
        super().__init__(Frequency(), NO_ANALYZER, scorable=True)

    def index(self, value: list[str], **_: Any) -> Generator[tuple[bytes, int, float | int, bytes], Any, None]:
        for term, count in Counter(value).items():
            yield term.encode(), count, float(count), pack_uint(count)


class PositionsField(FieldType):
    """A field whose value is a pair of lists: terms and their positions."""

    def __init__(self) -> None:
        self._positions = Positions()
        super().__init__(self._positions, NO_ANALYZER, scorable=True)

    def index(
        self, value: tuple[list[str], list[int]], **_: Any
    ) -> Generator[tuple[bytes, int, float | int, bytes], Any, None]:
        places: dict[str, list[int]] = defaultdict(list)
        for term, position in zip(*value, strict=True):
            places[term].append(position)
        for term, found in places.items():
            yield term.encode(), len(found), float(len(found)), self._positions.encode(found)


def schema() -> Schema:
    """The schema of `indexer.fields`."""
    fields: dict[str, FieldType] = {
        name: PositionsField() if name in POSITIONAL else TermsField() for name in TERM_FIELDS
    }
    return Schema(id=ID(unique=True, stored=True), stored=STORED(), **fields)


def create(folder: Path) -> None:
    """An empty index in an empty folder."""
    folder.mkdir(parents=True, exist_ok=True)
    index.create_in(str(folder), schema())


class Batch:
    """What one commit changes: whole records by id."""

    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def delete(self, id: str) -> None:
        self._writer.delete_by_term("id", id)

    def add(self, id: str, terms: Terms) -> None:
        values: dict[str, Any] = {name: terms.fields[name] for name in TERM_FIELDS}
        for name in POSITIONAL:
            values[name] = (values[name], terms.positions)
        self._writer.add_document(id=id, stored=json.dumps(terms.stored, ensure_ascii=False), **values)


@contextmanager
def writing(folder: Path) -> Iterator[Batch]:
    """Change the index: all of the block, or (where it raises) nothing."""
    found: Any = index.open_dir(str(folder))
    writer = found.writer(timeout=10.0)
    try:
        yield Batch(writer)
    except BaseException:
        writer.cancel()
        raise
    else:
        writer.commit()
    finally:
        found.close()
        for lock in folder.glob("*WRITELOCK"):  # we hold a lock of our own
            with suppress(OSError):
                lock.unlink()


@dataclass(frozen=True)
class Postings:
    """The documents of one term in ascending order, and how often it stands in each."""

    docs: Ints
    counts: Floats


class Segment:
    """One immutable part of an index; what is decoded from it is kept as long as it lives."""

    def __init__(self, reader: Any, deleted: frozenset[int]) -> None:
        self.reader = reader
        self.deleted = deleted
        self.size: int = reader.doc_count_all()
        self.ids: list[str] = [""] * self.size
        self.stored: list[dict[str, Any]] = [{"day": None, "facets": {}}] * self.size  # of deleted ones
        for number, values in reader.iter_docs():
            self.ids[number] = values["id"]
            self.stored[number] = json.loads(values["stored"])
        self._lengths: dict[str, Floats] = {}

    def live(self) -> npt.NDArray[np.bool_]:
        mask = np.ones(self.size, dtype=bool)
        mask[list(self.deleted)] = False
        return mask

    def lengths(self, field: str) -> Floats:
        """The number of terms of each document in a field."""
        if field not in self._lengths:
            count = self.reader.doc_field_length
            self._lengths[field] = np.array([count(n, field) or 0 for n in range(self.size)], dtype=np.float32)
        return self._lengths[field]

    def postings(self, field: str, term: str) -> Postings | None:
        matcher = self._matcher(field, term)
        if matcher is None:
            return None
        docs, counts = [], []
        while matcher.is_active():
            docs.append(matcher.id())
            counts.append(matcher.weight())
            matcher.next()
        return Postings(np.array(docs, dtype=np.int64), np.array(counts, dtype=np.float32))

    def positions(self, field: str, term: str, docs: Iterable[int]) -> dict[int, list[int]]:
        """Where a term stands in each of `docs` (ascending)."""
        matcher = self._matcher(field, term)
        found: dict[int, list[int]] = {}
        if matcher is None:
            return found
        for doc in docs:
            if not matcher.is_active():
                break
            if matcher.id() < doc:
                matcher.skip_to(doc)
            if matcher.is_active() and matcher.id() == doc:
                found[doc] = list(matcher.value_as("positions"))
        return found

    def _matcher(self, field: str, term: str) -> Any:
        if (field, term) not in self.reader:
            return None
        matcher = self.reader.postings(field, term)
        return matcher if matcher.is_active() else None

    def beginning(self, field: str, prefix: str) -> Iterator[str]:
        """The terms of a field that begin with `prefix`."""
        for term in self.reader.expand_prefix(field, prefix):
            yield term.decode() if isinstance(term, bytes) else term

    @cached_property
    def words(self) -> dict[str, int]:
        """Every exact key with how often it stands in the segment."""
        found = {}
        for (name, term), info in self.reader.iter_from("x", b""):
            if name != "x":
                break
            found[term.decode()] = int(info.weight())
        return found

    def occurrences(self, field: str, term: str) -> int:
        """How often a term stands in the segment."""
        return int(self.reader.frequency(field, term))


class Index:
    """An opened index: its segments now, and again after others changed it."""

    def __init__(self, folder: Path) -> None:
        self._index: Any = index.open_dir(str(folder))
        self._known: dict[str, Segment] = {}

    def segments(self) -> list[Segment]:
        """The segments of the newest commit; those known already are the same objects."""
        known: dict[str, Segment] = {}
        for leaf, _ in self._index.reader().leaf_readers():  # reads the newest TOC
            segment = leaf.segment()
            if segment is None:
                continue
            deleted = frozenset(n for n in range(leaf.doc_count_all()) if leaf.is_deleted(n))
            name = segment.segment_id()
            kept = self._known.get(name)
            known[name] = kept if kept is not None and kept.deleted == deleted else Segment(leaf, deleted)
        self._known = known
        return list(known.values())
