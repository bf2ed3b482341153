"""Our segments as Whoosh reads them: what the table of contents names, and the codec that opens it.

Whoosh only reads here. Changes go through `indexer.packed.index`, whose manifest is what counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.codec.base import Codec, FieldCursor, TermsReader
from whoosh.codec.base import Segment as WhooshSegment
from whoosh.filedb.filestore import RamStorage
from whoosh.index import TOC
from whoosh.reading import TermInfo, TermNotFound

from corpus.errors import DamageError
from indexer.fields import TERM_FIELDS
from indexer.packed.documents import Documents, lengths_of
from indexer.packed.manifest import Entry
from indexer.packed.matcher import PostingsMatcher
from indexer.packed.schema import POSITIONAL, schema
from indexer.packed.segment import Segment

NAME = "MAIN"  # of the index, as Whoosh calls one that has no name
FIELDS = sorted(("id", *TERM_FIELDS))
Numbers = npt.NDArray[Any]


def table_of_contents(entries: tuple[Entry, ...], generation: int) -> tuple[str, bytes]:
    """The name and the bytes of Whoosh's table of contents."""
    storage: Any = RamStorage()
    TOC(schema(), [PackedSegment(entry) for entry in entries], generation).write(storage, NAME)
    (name,) = storage.list()
    return name, storage.files[name]


class PackedSegment(WhooshSegment):
    """A segment in the table of contents."""

    def __init__(self, entry: Entry) -> None:
        self.indexname = NAME
        self.segid = entry.name
        self.compound = False
        self.entry = entry

    def codec(self) -> PackedCodec:
        return PackedCodec()

    def segment_id(self) -> str:
        return self.entry.name

    def doc_count_all(self) -> int:
        return self.entry.size

    def deleted_count(self) -> int:
        return len(self.entry.deleted)

    def deleted_docs(self) -> tuple[int, ...]:
        return self.entry.deleted

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self.entry.deleted

    def should_assemble(self) -> bool:
        return False


class PackedCodec(Codec):
    """Opens one segment for one reader of Whoosh's."""

    def __init__(self) -> None:
        self._segment: Segment | None = None

    def _open(self, storage: Any, found: PackedSegment) -> Segment:
        """Raises DamageError; FileNotFoundError where the segment was replaced, so that Whoosh looks again."""
        if self._segment is None:
            folder, entry = Path(storage.folder), found.entry
            try:
                opened = Segment.open(folder, entry.name, entry.bytes, entry.sum)
            except DamageError:
                (folder / entry.file).stat()
                raise
            self._segment = opened.without(frozenset(entry.deleted))
        return self._segment

    def terms_reader(self, storage: Any, segment: PackedSegment) -> PackedTerms:
        return PackedTerms(self._open(storage, segment))

    def per_document_reader(self, storage: Any, segment: PackedSegment) -> Documents:
        return Documents(self._open(storage, segment))


class PackedTerms(TermsReader):
    """The terms of a segment and their postings. Every id is a term of the field id."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._find(*term) >= 0

    def indexed_field_names(self) -> list[str]:
        return FIELDS

    def _find(self, field: str, term: bytes) -> int:
        try:
            return self.segment.number(field, term.decode()) if field in FIELDS else -1
        except UnicodeDecodeError:
            return -1

    def _number(self, field: str, term: bytes) -> int:
        number = self._find(field, term)
        if number < 0:
            raise KeyError(f"{field}:{term!r}")
        return number

    def text(self, field: str, number: int) -> bytes:
        return self.segment.term(field, number).encode()

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return self.terms_from(FIELDS[0], b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        for field in FIELDS:
            if field >= fieldname:
                first = self.segment.bound(field, prefix) if field == fieldname else 0
                for number in range(first, self.segment.count(field)):
                    yield field, self.text(field, number)

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def _postings(self, field: str, number: int) -> tuple[Numbers, Numbers, Numbers]:
        """Documents, counts, and lengths of the field in those documents."""
        if field == "id":
            docs = self.segment.reader.cut("id.doc", number, number + 1)
            counts = np.ones(1, np.uint8)
        else:
            docs, counts = self.segment.docs(field, number), self.segment.counts(field, number)
        return docs, counts, lengths_of(self.segment, field)[docs]

    def info(self, field: str, number: int) -> TermInfo:
        docs, counts, lengths = self._postings(field, number)
        return TermInfo(
            weight=float(counts.sum(dtype=np.int64)),
            df=len(docs),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=float(counts.max()),
            minid=int(docs[0]),
            maxid=int(docs[-1]),
        )

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        return self.info(fieldname, self._number(fieldname, text))

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(self.term_info(fieldname, text).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        number = self._number(fieldname, text)
        return 1 if fieldname == "id" else self.segment.frequency(fieldname, number)

    def cursor(self, fieldname: str, fieldobj: Any) -> Cursor:
        return Cursor(self, fieldname, fieldobj)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> PostingsMatcher:
        number = self._find(fieldname, text)
        if number < 0:
            raise TermNotFound(f"No term {fieldname}:{text!r}")

        def positions() -> Numbers:
            assert fieldname in POSITIONAL
            return self.segment.positions(number)

        return PostingsMatcher(*self._postings(fieldname, number), positions, format_, (fieldname, text), scorer)


class Cursor(FieldCursor):
    """Walks the terms of a field; each step gives the term, None at the end."""

    def __init__(self, terms: PackedTerms, field: str, of: Any) -> None:
        self._terms = terms
        self._field = field
        self._of = of
        self._count = terms.segment.count(field) if field in FIELDS else 0
        self._at = 0

    def is_valid(self) -> bool:
        return self._at < self._count

    def text(self) -> str | None:
        return self._of.from_bytes(self._terms.text(self._field, self._at)) if self.is_valid() else None

    term = text

    def first(self) -> str | None:
        self._at = 0
        return self.text()

    def find(self, string: str | bytes) -> str | None:
        """Go to the first term that is not below `string`."""
        wanted = string if isinstance(string, bytes) else self._of.to_bytes(string)
        self._at = self._terms.segment.bound(self._field, wanted) if self._count else 0
        return self.text()

    def next(self) -> str | None:
        self._at += 1
        return self.text()

    def term_info(self) -> TermInfo | None:
        return self._terms.info(self._field, self._at) if self.is_valid() else None
