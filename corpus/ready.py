"""A source with everything worked out that needs no lock, so that another process can do it.

Identity, sums and the stored form of the record are decided here; what only the store can decide
(is it new?) is left to `corpus.keeping`.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import structs

from corpus.identity import id_of
from corpus.ingest import Prepared
from corpus.originals import digest
from corpus.record import Record, from_json, to_json


class Ready(NamedTuple):
    """`text` is the record as it will be stored, `checksum` its SHA-256; empty with a `reason` where the
    source became no record. `place`: where it lies, as a person would name it."""

    label: str
    data: bytes = b""
    id: str = ""
    key: str = ""
    path_key: str | None = None
    sha256: str = ""
    media_type: str = ""
    retrieved_at: str | None = None
    place: str = ""
    text: str = ""
    checksum: str = ""
    reason: str | None = None

    def prepared(self) -> Prepared:
        """What it was made of."""
        if self.reason is not None:
            return Prepared(self.label, reason=self.reason)
        return Prepared(self.label, self.data, from_json(self.text), self.key, self.path_key, self.media_type)


def ready(item: Prepared) -> tuple[Ready, Record | None]:
    """A prepared source worked out, and its record with its id."""
    if item.record is None:
        return Ready(item.label, reason=item.reason or ""), None
    id = id_of(item.key)
    record = structs.replace(item.record, id=id)
    text = to_json(record)
    found = Ready(
        item.label,
        item.data,
        id,
        item.key,
        item.path_key,
        digest(item.data),
        item.media_type,
        record.source.retrieved_at,
        record.source.url or record.source.file or item.label,
        text.decode(),
        digest(text),
    )
    return found, record
