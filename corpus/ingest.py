"""From a source to the store: read, parse, decide whether it is new, keep it.

`prepare` does what needs no lock (reading, parsing), `keep` what changes the store. The caller
joins several `keep` in one transaction and tells the world only after it ended.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import structs

from corpus.errors import BienbanError, SourceError
from corpus.identity import id_of, key_of
from corpus.inputs import Given, load
from corpus.originals import digest
from corpus.parse import parse_page
from corpus.readers import read
from corpus.record import Record, Source, from_json
from corpus.store import Store, Stored, Version, now

JSON_LINE = "application/json"
MAX_LINE = 20_000_000


@dataclass(frozen=True)
class Prepared:
    """A source that became a record, not yet kept; `reason` instead where it did not."""

    label: str
    data: bytes = b""
    record: Record | None = None
    key: str = ""
    path_key: str | None = None
    media_type: str = ""
    reason: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of one source; one line of `add --json`."""

    status: Literal["added", "updated", "unchanged", "failed"]
    id: str | None
    source: str
    reason: str | None = None


def prepare(given: Given) -> Prepared:
    """Read and parse one source; a source that cannot be read gives its reason, never an exception."""
    try:
        data, given = load(given)
        path = absolute(given.path) if given.path else None
        record = read_record(data, given.label, url=given.url, file=path, retrieved_at=given.retrieved_at)
    except SourceError as problem:
        return Prepared(given.label, reason=problem.reason)
    except BienbanError as problem:
        return Prepared(given.label, reason=str(problem))
    path_key = f"file:{path}" if path else None
    return Prepared(given.label, data, record, key_of(record, path), path_key, record.source.media_type or "")


def read_record(data: bytes, label: str, *, url: str | None, file: str | None, retrieved_at: str | None) -> Record:
    """Parse bytes into a record with its `source` filled in. Raises SourceError naming `label`."""
    page = read(data, label)
    record = parse_page(page, label, url)
    source = Source(
        url=url or record.source.url,
        file=file,
        sha256=digest(data),
        media_type=page.media_type,
        retrieved_at=retrieved_at,
    )
    return structs.replace(record, source=source)


def absolute(path: Path) -> str:
    """The path as given, made absolute; bytes that are no UTF-8 are replaced, so that it can be stored."""
    return os.fsencode(os.path.abspath(path)).decode("utf-8", "replace")


def prepare_line(label: str, line: bytes) -> Prepared:
    """The record of one line of JSON, without its end; a wrong line gives its reason."""
    if len(line) > MAX_LINE:
        return Prepared(label, reason=f"longer than {MAX_LINE // 1_000_000} MB")
    try:
        record = from_json(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        return Prepared(label, reason=f"not a record: {problem}")
    if not record.title.strip() and not any(text.strip() for text in record.paragraphs):
        return Prepared(label, reason="not a record: neither title nor paragraphs have text")
    return Prepared(label, line, record, key_of(record, record.source.file), None, JSON_LINE)


def keep(store: Store, item: Prepared, *, force: bool = False, demo: bool = False) -> Outcome:
    """Keep one prepared source; call within `Home.writing` and `Store.transaction`."""
    if item.record is None:
        store.note_error(item.label, item.reason or "")
        return Outcome("failed", None, item.label, item.reason)
    store.forget_error(item.label)
    sha256 = digest(item.data)
    id = _known(store, item) or store.record_with(sha256)
    if id is None:
        return _keep_new(store, item, sha256, demo)
    stored = store.get(id)
    assert stored is not None
    if stored.removed_at and not force:
        reason = f"removed on {stored.removed_at[:10]} ({stored.reason}); --force adds it again"
        return Outcome("unchanged", id, item.label, reason)
    store.note_place(item.key, id)
    if _same(store, stored, item, sha256):
        if stored.removed_at:
            store.revive(id)
            return Outcome("updated", id, item.label, "taken back from the removed ones")
        return Outcome("unchanged", id, item.label)
    _write(store, item, id, sha256, stored.version + 1, demo)
    return Outcome("updated", id, item.label)


def _known(store: Store, item: Prepared) -> str | None:
    """The record that the key leads to; a path leads to its record also once an address is given,
    unless that record has another address (the same file name, used for another page)."""
    id = store.record_for(item.key)
    if id or not item.path_key:
        return id
    id = store.record_for(item.path_key)
    stored = store.get(id) if id else None
    return None if stored is None or stored.record.source.url else id


def _keep_new(store: Store, item: Prepared, sha256: str, demo: bool) -> Outcome:
    id = id_of(item.key)
    if (stored := store.get(id)) is not None:  # a given id that another key already has
        _write(store, item, id, sha256, stored.version + 1, demo)
        return Outcome("updated", id, item.label)
    _write(store, item, id, sha256, 1, demo)
    return Outcome("added", id, item.label)


def _same(store: Store, stored: Stored, item: Prepared, sha256: str) -> bool:
    """The same bytes as the newest version; or, from elsewhere, as any version; or the same facts."""
    assert item.record is not None
    versions = store.versions(stored.id)
    if versions[-1].sha256 == sha256:
        return True
    if versions[-1].source != _place(item) and any(version.sha256 == sha256 for version in versions):
        return True  # a copy elsewhere of what the source itself has replaced since
    if item.media_type == JSON_LINE:  # an export that comes back: the line is new, what it says is not
        return structs.replace(item.record, id=stored.id) == stored.record
    return store.record_for(item.key) is None


def _place(item: Prepared) -> str:
    """Where a source lies, as a person would name it."""
    assert item.record is not None
    return item.record.source.url or item.record.source.file or item.label


def _write(store: Store, item: Prepared, id: str, sha256: str, number: int, demo: bool) -> None:
    assert item.record is not None
    store.originals.keep(item.data)
    record = structs.replace(item.record, id=id)
    version = Version(number, sha256, item.media_type, now(), record.source.retrieved_at, _place(item))
    store.keep(id, item.key, record, version, demo=demo)
