"""One immutable segment of the index, as queries read it. Documents are numbered from 0.

Fields of terms: x and f (exact and folded keys), bx and bf (pairs of neighbours), tx and tf (titles), n
(numbers and days), e (names); only x has positions. `packed.batch` says what is written.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from mmap import mmap
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.packed.container import Reader
from indexer.packed.sketches import MINIMA

Numbers = npt.NDArray[Any]
LENGTHS = {"f": "x", "bf": "bx", "tf": "tx"}  # fields that are as long as others
PAIRS = {"bx": "x", "bf": "f"}  # fields of pairs, and the field whose terms they join
ROWS = 64  # dense rows whose documents are remembered as a list


@dataclass(frozen=True)
class SegmentFacet:
    """Of document n the values codes[starts[n]:starts[n + 1]]; each code has a label, and a key by which
    values are the same."""

    starts: Numbers
    codes: Numbers
    labels: list[str]
    keys: list[str]


@dataclass(frozen=True)
class Figures:
    """Parallel arrays: document, value, unit (an index into `names`)."""

    docs: Numbers
    values: Numbers
    units: Numbers
    names: list[str]


class Segment:
    """See the module. Threads may share it; whatever is read first is checked first (DamageError)."""

    def __init__(self, reader: Reader, name: str, deleted: frozenset[int] = frozenset()) -> None:
        self.reader = reader
        self.name = name
        self.deleted = deleted
        self.size: int = reader.meta["size"]
        self._rows: dict[str, dict[int, int]] = {}
        self._sets: dict[str, frozenset[str]] = {}
        self._dictionaries: dict[str, tuple[memoryview, mmap, int]] = {}
        self._listed = lru_cache(maxsize=ROWS)(self._list)

    @classmethod
    def open(cls, folder: Path, name: str, length: int | None = None, checksum: int | None = None) -> Segment:
        """The segment in a folder. Raises DamageError."""
        return cls(Reader(folder / f"{name}.seg", length, checksum), name)

    def without(self, deleted: frozenset[int]) -> Segment:
        """The same segment with other documents deleted."""
        return Segment(self.reader, self.name, deleted)

    # ---- terms

    def count(self, field: str) -> int:
        """How many terms a field has."""
        return self.reader.size(f"{field}.second") if field in PAIRS else self.reader.size(f"{field}.off") - 1

    def term(self, field: str, number: int) -> str:
        """The term of a number."""
        return self._bytes(field, number).decode()

    def _bytes(self, field: str, number: int) -> bytes:
        if field in PAIRS:
            first = int(self.reader.whole(f"{field}.first").searchsorted(np.uint32(number), "right")) - 1
            second = int(self.reader.cut(f"{field}.second", number, number + 1)[0])
            return self._bytes(PAIRS[field], first) + b" " + self._bytes(PAIRS[field], second)
        ends, data, base = self._dictionary(field)
        return data[base + ends[number] : base + ends[number + 1]]

    def terms(self, field: str) -> list[str]:
        """Every term of a field, in the order of their numbers."""
        if field in PAIRS:
            return [self.term(field, number) for number in range(self.count(field))]
        return self.texts(field)

    def texts(self, name: str) -> list[str]:
        """A whole list of texts."""
        ends, data = self.reader.whole(f"{name}.off").tolist(), self.reader.whole(f"{name}.txt").tobytes()
        return [data[start:end].decode() for start, end in pairwise(ends)]

    def term_set(self, field: str) -> frozenset[str]:
        """Every term of a field, for many look-ups."""
        found = self._sets.get(field)
        if found is None:
            found = self._sets[field] = frozenset(self.texts(field))
        return found

    def number(self, field: str, term: str) -> int:
        """The number of a term, -1 where the field does not have it."""
        if field in PAIRS:
            return self._pair(field, *term.split(" ", 1)) if " " in term else -1
        wanted = term.encode()
        number = self.bound(field, wanted)
        return number if number < self.count(field) and self._bytes(field, number) == wanted else -1

    def bound(self, field: str, wanted: bytes) -> int:
        """The number of the first term that is not below `wanted`."""
        low, high = 0, self.count(field)
        if field in PAIRS:
            return bisect_left(range(high), wanted, key=lambda number: self._bytes(field, number))
        ends, data, base = self._dictionary(field)
        while low < high:
            middle = (low + high) >> 1
            if data[base + ends[middle] : base + ends[middle + 1]] < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def _dictionary(self, field: str) -> tuple[memoryview, mmap, int]:
        """Where each term of a field ends, the bytes of the file, and where those of the terms begin."""
        found = self._dictionaries.get(field)
        if found is None:
            ends = self.reader.whole(f"{field}.off")
            native = ends.astype(ends.dtype.newbyteorder("="), copy=False)
            found = self._dictionaries[field] = (native.data, *self.reader.text(f"{field}.txt"))
        return found

    def _pair(self, field: str, first: str, second: str) -> int:
        one, other = self.number(PAIRS[field], first), self.number(PAIRS[field], second)
        if one < 0 or other < 0:
            return -1
        start, end = self.reader.cut(f"{field}.first", one, one + 2).tolist()
        seconds = self.reader.cut(f"{field}.second", start, end)
        number = start + int(seconds.searchsorted(np.uint32(other)))
        return number if number < end and int(seconds[number - start]) == other else -1

    def beginning(self, field: str, prefix: str) -> range:
        """The numbers of the terms that begin with `prefix`."""
        wanted = prefix.encode()
        after = wanted[:-1] + bytes([wanted[-1] + 1]) if wanted else b""  # UTF-8 has no byte 255
        return range(self.bound(field, wanted), self.bound(field, after) if wanted else self.count(field))

    # ---- postings

    def _row(self, field: str, number: int) -> int:
        rows = self._rows.get(field)
        if rows is None:
            found = self.reader.whole(f"{field}.rows").tolist()
            rows = self._rows[field] = {term: row for row, term in enumerate(found)}
        return rows.get(number, -1)

    def _span(self, field: str, number: int) -> tuple[int, int]:
        start, end = self.reader.cut(f"{field}.start", number, number + 2).tolist()
        return start, end

    def frequency(self, field: str, number: int) -> int:
        """How many documents have a term, deleted ones included."""
        row = self._row(field, number)
        if row >= 0:
            return int(self.reader.whole(f"{field}.rfreq")[row])
        start, end = self._span(field, number)
        return end - start

    def occurrences(self, field: str, number: int) -> int:
        """How often a term stands in the segment."""
        dense = self.dense(field, number)
        return int((self.counts(field, number) if dense is None else dense).sum(dtype=np.int64))

    def dense(self, field: str, number: int) -> Numbers | None:
        """The counts of a very common term, one a document; None of others."""
        row = self._row(field, number)
        if row < 0:
            return None
        return self.reader.cut(f"{field}.dense", row * self.size, (row + 1) * self.size)

    def docs(self, field: str, number: int) -> Numbers:
        """The documents that have a term, ascending."""
        if self._row(field, number) >= 0:
            return self._listed(field, number)
        return self.reader.cut(f"{field}.docs", *self._span(field, number))

    def _list(self, field: str, number: int) -> Numbers:
        row = self.dense(field, number)
        assert row is not None
        return np.flatnonzero(row).astype(np.uint16)

    def counts(self, field: str, number: int) -> Numbers:
        """How often the term stands in each of `docs`."""
        row = self.dense(field, number)
        if row is not None:
            return row[self.docs(field, number)]
        return self._counts(field, *self._span(field, number))

    def _counts(self, field: str, start: int, end: int) -> Numbers:
        """The counts of listed documents, `start` to `end` of the list."""
        if f"{field}.counts" in self.reader:
            return self.reader.cut(f"{field}.counts", start, end)
        odd = self.reader.whole(f"{field}.odd")
        first, last = odd.searchsorted(np.array([start, end], np.uint32)).tolist()
        counts = np.ones(end - start, np.uint8)
        if first < last:
            others = self.reader.cut(f"{field}.count", first, last)
            counts = counts.astype(others.dtype, copy=False)
            counts[odd[first:last] - start] = others
        return counts

    def positions(self, number: int) -> Numbers:
        """Where a term of x stands in each of `docs`, one after another, `counts` of them each."""
        start, end = self.reader.cut("x.pstart", number, number + 2).tolist()
        return self.reader.cut("x.pos", start, end)

    def block(self, field: str, low: int, high: int) -> tuple[Numbers, Numbers, Numbers]:
        """Of the terms `low` to `high`: the frequency of each, and their documents and counts, term by term."""
        starts = self.reader.cut(f"{field}.start", low, high + 1).astype(np.int64)
        frequency = np.diff(starts)
        docs: list[Numbers] = []
        counts: list[Numbers] = []
        at = low
        rows = self.reader.whole(f"{field}.rows")
        for row in rows[(rows >= low) & (rows < high)].tolist():
            self._take(field, starts, at - low, row - low, docs, counts)
            docs.append(self.docs(field, row))
            counts.append(self.counts(field, row))
            frequency[row - low] = len(docs[-1])
            at = row + 1
        self._take(field, starts, at - low, high - low, docs, counts)
        return frequency, np.concatenate(docs), np.concatenate(counts)

    def _take(
        self, field: str, starts: Numbers, low: int, high: int, docs: list[Numbers], counts: list[Numbers]
    ) -> None:
        start, end = int(starts[low]), int(starts[high])
        docs.append(self.reader.cut(f"{field}.docs", start, end))
        counts.append(self._counts(field, start, end))

    def exact_of(self, number: int) -> Numbers:
        """The numbers of the terms of x that have a folded key."""
        start, end = self.reader.cut("f.first", number, number + 2).tolist()
        return self.reader.cut("f.exact", start, end)

    def lengths(self, field: str) -> Numbers:
        """How many terms each document has in a field."""
        return self.reader.whole(f"len.{LENGTHS.get(field, field)}")

    def length(self, field: str) -> int:
        """How many terms all documents have in a field."""
        length: int = self.reader.meta["fields"][field]
        return length

    # ---- documents

    def id(self, doc: int) -> str:
        return self._bytes("id", int(self.reader.whole("id.rank")[doc])).decode()

    def doc_of(self, id: str) -> int:
        """The document of a record, -1 where it is not here."""
        number = self.number("id", id)
        return int(self.reader.whole("id.doc")[number]) if number >= 0 else -1

    @cached_property
    def days(self) -> Numbers:
        """The day of each document as the number yyyymmdd, 0 where it has none."""
        return self.reader.whole("days")

    @property
    def sketches(self) -> Numbers:
        """What two near-identical documents have mostly in common: one row a document."""
        return self.reader.whole("sketch").reshape(self.size, MINIMA)

    @cached_property
    def _begins(self) -> tuple[Numbers, Numbers]:
        """Where the words, and the sizes of the texts, of each document begin."""
        lengths = self.lengths("x")
        return np.concatenate(([0], np.cumsum(lengths, dtype=np.int64))), self.reader.whole("texts.start")

    def stream(self, doc: int) -> tuple[Numbers, Numbers]:
        """The words of a document in their order (numbers of terms of x), and how many each of its texts has:
        title, paragraphs, captions, authors."""
        words, texts = self._begins
        return (
            self.reader.cut("stream", int(words[doc]), int(words[doc + 1])),
            self.reader.cut("texts.size", int(texts[doc]), int(texts[doc + 1])),
        )

    def title(self, doc: int) -> str:
        start, end = self.reader.cut("title.off", doc, doc + 2).tolist()
        return self.reader.raw("title.txt", start, end).decode()

    def facet(self, name: str) -> SegmentFacet:
        """The values of a facet (`indexer.fields.facets_of`), or `outlet_name`."""
        key = f"facet.{name}"
        return SegmentFacet(
            self.reader.whole(f"{key}.start"),
            self.reader.whole(f"{key}.code"),
            self.texts(f"{key}.label"),
            self.texts(f"{key}.key"),
        )

    @cached_property
    def figures(self) -> Figures:
        """The figures of all documents, in base units."""
        return Figures(
            self.reader.whole("figure.doc"),
            self.reader.whole("figure.value"),
            self.reader.whole("figure.unit"),
            self.texts("figure.name"),
        )
