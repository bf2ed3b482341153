"""The fields of the index in Whoosh's words, for whatever opens or writes one with Whoosh.

The terms come ready (`indexer.fields.lists_of`); day, title and facets are stored, and have columns.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Generator, Sequence
from functools import cache
from typing import Any

from whoosh.columns import NumericColumn, VarBytesColumn
from whoosh.fields import COLUMN, ID, STORED, FieldType, Schema
from whoosh.formats import Frequency, Positions
from whoosh.system import pack_uint

from indexer.fields import FACETS, TERM_FIELDS

NO_ANALYZER: Any = None  # terms come ready
POSITIONAL = ("x",)
LISTED = (*FACETS, "outlet_name")
Postings = Generator[tuple[bytes, int, float | int, bytes], Any, None]


class TermsField(FieldType):
    """A field whose value is a list of terms; their number is kept, their order is not."""

    def __init__(self) -> None:
        super().__init__(Frequency(), NO_ANALYZER, scorable=True)

    def index(self, value: list[str], **_: Any) -> Postings:
        for term, count in Counter(value).items():
            yield term.encode(), count, float(count), pack_uint(count)


class PositionsField(FieldType):
    """A field whose value is a pair of lists: terms and their positions."""

    def __init__(self) -> None:
        self._positions = Positions()
        super().__init__(self._positions, NO_ANALYZER, scorable=True)

    def index(self, value: tuple[list[str], list[int]], **_: Any) -> Postings:
        places: dict[str, list[int]] = defaultdict(list)
        for term, position in zip(*value, strict=True):
            places[term].append(position)
        for term, found in places.items():
            yield term.encode(), len(found), float(len(found)), self._positions.encode(found)


class DayField(COLUMN):
    """The number yyyymmdd, 0 where there is none."""

    stored = True

    def __init__(self) -> None:
        super().__init__(NumericColumn("i"))


class ListedField(COLUMN):
    """The values of a facet; the column has them in one text, a line each."""

    stored = True

    def __init__(self) -> None:
        super().__init__(VarBytesColumn())

    def to_bytes(self, v: Sequence[str]) -> bytes:
        return "\n".join(v).encode()

    def from_bytes(self, b: bytes) -> str:
        return b.decode()


@cache
def schema() -> Schema:
    """The schema of `indexer.fields`."""
    fields: dict[str, FieldType] = {
        name: PositionsField() if name in POSITIONAL else TermsField() for name in TERM_FIELDS
    }
    listed = {name: ListedField() for name in LISTED}
    return Schema(id=ID(unique=True, stored=True), title=STORED(), day=DayField(), **fields, **listed)
