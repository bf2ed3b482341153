"""The documents of a segment as Whoosh reads them: lengths, stored fields, columns, deletions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.codec.base import PerDocumentReader
from whoosh.columns import ColumnReader

from indexer.packed.schema import LISTED
from indexer.packed.segment import Segment, SegmentFacet

Numbers = npt.NDArray[Any]


def lengths_of(segment: Segment, field: str) -> Numbers:
    """How many terms each document has in a field; 0 where the field has no lengths."""
    return segment.lengths(field) if field in segment.reader.meta["fields"] else np.zeros(segment.size, np.uint8)


class Documents(PerDocumentReader):
    """See the module."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def doc_count(self) -> int:
        return self._segment.size - len(self._segment.deleted)

    def doc_count_all(self) -> int:
        return self._segment.size

    def has_deletions(self) -> bool:
        return bool(self._segment.deleted)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._segment.deleted

    def deleted_docs(self) -> frozenset[int]:
        return self._segment.deleted

    # ---- lengths

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return int(lengths_of(self._segment, fieldname)[docnum]) or default

    def field_length(self, fieldname: str) -> int:
        fields: dict[str, int] = self._segment.reader.meta["fields"]
        return fields.get(fieldname, 0)

    def min_field_length(self, fieldname: str) -> int:
        return int(lengths_of(self._segment, fieldname).min())

    def max_field_length(self, fieldname: str) -> int:
        return int(lengths_of(self._segment, fieldname).max())

    # ---- stored fields and columns

    @cached_property
    def _facets(self) -> dict[str, SegmentFacet]:
        return {name: self._segment.facet(name) for name in LISTED}

    def _listed(self, name: str, doc: int) -> list[str]:
        facet = self._facets[name]
        return [facet.labels[code] for code in facet.codes[facet.starts[doc] : facet.starts[doc + 1]].tolist()]

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """What the document has of id, title, day and the facets."""
        listed = {name: values for name in LISTED if (values := self._listed(name, docnum))}
        day = int(self._segment.days[docnum])
        return {
            "id": self._segment.id(docnum),
            "title": self._segment.title(docnum),
            **({"day": day} if day else {}),
            **listed,
        }

    def supports_columns(self) -> bool:
        return True

    def list_columns(self) -> list[str]:
        return ["day", *LISTED]

    def has_column(self, fieldname: str) -> bool:
        return fieldname in self.list_columns()

    def column_reader(self, fieldname: str, column: Any) -> ArrayColumn:
        if fieldname == "day":
            return ArrayColumn(self._segment.days.tolist())
        values = ("\n".join(self._listed(fieldname, doc)).encode() for doc in range(self._segment.size))
        return ArrayColumn(list(values))


class ArrayColumn(ColumnReader):
    """A value for each document."""

    def __init__(self, values: Sequence[Any]) -> None:
        self._values = values
        self._sign = 1

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, docnum: int) -> Any:
        return self._values[docnum]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def sort_key(self, docnum: int) -> Any:
        value = self._values[docnum]
        return value if self._sign > 0 else -value

    def set_reverse(self) -> None:
        """Sort descending: asked for of numbers only."""
        self._sign = -1
