"""The store: every record with its history and errors, in one SQLite file (WAL, fsynced).

It is the truth: what `keep` has returned survives a crash and a power loss, and everything else
(the index) can be derived from it again. Writers hold `Home.writing`; readers need nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from corpus.errors import DamageError, HomeError
from corpus.home import Home
from corpus.opening import open_database
from corpus.originals import Originals, digest
from corpus.record import Record, from_json, to_json

if TYPE_CHECKING:
    from corpus.ready import Ready


@dataclass(frozen=True)
class Stored:
    """A record as the store has it; times are ISO 8601 with offset, `removed_at` marks a tombstone."""

    id: str
    record: Record
    version: int
    added_at: str
    updated_at: str
    removed_at: str | None
    reason: str | None
    demo: bool


@dataclass(frozen=True)
class Version:
    """One state of a source: the SHA-256 of its bytes, where they came from and when."""

    number: int
    sha256: str
    media_type: str
    stored_at: str
    retrieved_at: str | None
    source: str


def now() -> str:
    """This moment, to the second, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Store:
    """An opened store. Use one a thread; `close` it, or use it as a context manager."""

    def __init__(self, home: Home) -> None:
        """Open, and create what is missing. Raises HomeError where the home cannot be used."""
        home.prepare()
        self._db = open_database(home)
        self.originals = Originals(home.originals, self._db)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, and on the disk when the block ends."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
        except sqlite3.Error as problem:
            raise HomeError(f"the store cannot be written: {problem}; what was stored before is kept") from None

    # ---- reading

    def get(self, id: str) -> Stored | None:
        """The newest version of a record, tombstones included. Raises DamageError."""
        return next(self._rows("WHERE r.id = ?", (id,)), None)

    def live(self) -> Iterator[Stored]:
        """All records that are not removed, by id."""
        return self._rows("WHERE r.removed_at IS NULL ORDER BY r.id")

    def _rows(self, where: str, values: tuple[object, ...] = ()) -> Iterator[Stored]:
        rows = self._db.execute(
            "SELECT r.id, v.record, v.record_sha256, r.version, r.added_at, r.updated_at, r.removed_at, r.reason,"
            f" r.demo FROM records r JOIN versions v ON v.id = r.id AND v.number = r.version {where}",
            values,
        )
        for id, text, checksum, version, added_at, updated_at, removed_at, reason, demo in rows:
            if digest(text.encode()) != checksum:
                raise DamageError(f"the stored record {id} is damaged; restore a backup, or add its source again")
            yield Stored(id, from_json(text), version, added_at, updated_at, removed_at, reason, bool(demo))

    def versions(self, id: str) -> tuple[Version, ...]:
        """The history of a record, oldest first."""
        rows = self._db.execute(
            "SELECT number, sha256, media_type, stored_at, retrieved_at, source FROM versions WHERE id = ?"
            " ORDER BY number",
            (id,),
        )
        return tuple(Version(*row) for row in rows)

    def record_for(self, key: str) -> str | None:
        """The id to which a key leads."""
        row = self._db.execute("SELECT id FROM sources WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def record_with(self, sha256: str) -> str | None:
        """The id of the record that was once read from these bytes, one that is current first."""
        row = self._db.execute(
            "SELECT v.id FROM versions v JOIN records r USING (id) WHERE v.sha256 = ?"
            " ORDER BY v.number = r.version DESC, v.id LIMIT 1",
            (sha256,),
        ).fetchone()
        return row[0] if row else None

    def places(self, id: str) -> tuple[str, ...]:
        """Every key that leads to the record."""
        return tuple(row[0] for row in self._db.execute("SELECT key FROM sources WHERE id = ? ORDER BY key", (id,)))

    def count(self) -> tuple[int, int, int]:
        """How many live records, how many of them demo articles, and how many sources failed."""
        live, demo = self._db.execute("SELECT count(*), total(demo) FROM records WHERE removed_at IS NULL").fetchone()
        return live, int(demo), self._db.execute("SELECT count(*) FROM errors").fetchone()[0]

    def updated_at(self) -> str | None:
        """When a record was last added or changed."""
        at: str | None = self._db.execute("SELECT max(updated_at) FROM records").fetchone()[0]
        return at

    def demo_ids(self) -> list[str]:
        return [row[0] for row in self._db.execute("SELECT id FROM records WHERE demo = 1 ORDER BY id")]

    def failures(self) -> list[tuple[str, str, str]]:
        """Sources that could not be read: source, reason, when."""
        return self._db.execute("SELECT source, reason, at FROM errors ORDER BY at DESC, source").fetchall()

    def last_change(self) -> int:
        """The number of the newest change, 0 for an empty store."""
        seq: int = self._db.execute("SELECT coalesce(max(seq), 0) FROM changes").fetchone()[0]
        return seq

    def changed_since(self, seq: int) -> list[str]:
        """The ids that changed after change number `seq`."""
        return [row[0] for row in self._db.execute("SELECT DISTINCT id FROM changes WHERE seq > ?", (seq,))]

    # ---- writing (inside `transaction`)

    def keep(self, id: str, key: str, record: Record, version: Version, *, demo: bool = False) -> None:
        """Make `record` the newest version of `id`; `version.number` is 1 for a new record."""
        text = to_json(record)
        self._db.execute(
            "INSERT INTO records (id, version, demo, added_at, updated_at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET version = excluded.version, updated_at = excluded.updated_at,"
            " removed_at = NULL, reason = NULL",
            (id, version.number, demo, version.stored_at, version.stored_at),
        )
        self._db.execute(
            "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                id,
                version.number,
                version.sha256,
                version.media_type,
                version.source,
                version.stored_at,
                version.retrieved_at,
                text.decode(),
                digest(text),
            ),
        )
        self.note_place(key, id)
        self._changed(id)

    def met(self, names: Iterable[str]) -> set[str]:
        """Those of the names that are a key, an id or the SHA-256 of an original in the store."""
        wanted = json.dumps(list(names))
        rows = self._db.execute(
            "WITH wanted AS (SELECT value FROM json_each(?))"
            " SELECT key FROM sources WHERE key IN wanted"
            " UNION ALL SELECT id FROM records WHERE id IN wanted"
            " UNION ALL SELECT sha256 FROM versions WHERE sha256 IN wanted",
            (wanted,),
        )
        return {name for (name,) in rows}

    def keep_new(self, items: Sequence[Ready], *, demo: bool = False) -> None:
        """Keep sources of which nothing is `met` yet, nor by one another; neighbours in a table go in together."""
        if not items:
            return
        at = now()
        self.originals.keep_all([(item.sha256, item.data) for item in items])
        by_id = sorted(items, key=lambda item: item.id)
        many = self._db.executemany
        many("INSERT INTO records VALUES (?, 1, ?, ?, ?, NULL, NULL)", [(item.id, demo, at, at) for item in by_id])
        many("INSERT INTO versions VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?)", [
            (i.id, i.sha256, i.media_type, i.place, at, i.retrieved_at, i.text, i.checksum) for i in by_id
        ])  # fmt: skip
        many("INSERT INTO sources VALUES (?, ?, ?)", sorted((item.key, item.id, at) for item in items))
        many("INSERT INTO changes (id) VALUES (?)", [(item.id,) for item in items])

    def note_place(self, key: str, id: str) -> None:
        """Remember that `key` leads to `id`."""
        self._db.execute("INSERT OR IGNORE INTO sources VALUES (?, ?, ?)", (key, id, now()))

    def note_error(self, source: str, reason: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO errors VALUES (?, ?, ?)", (source, reason, now()))

    def forget_error(self, source: str) -> None:
        self._db.execute("DELETE FROM errors WHERE source = ?", (source,))

    def remove(self, id: str, reason: str) -> None:
        """Turn a record into a tombstone."""
        self._db.execute("UPDATE records SET removed_at = ?, reason = ? WHERE id = ?", (now(), reason, id))
        self._changed(id)

    def revive(self, id: str) -> None:
        """Take a tombstone back."""
        self._db.execute("UPDATE records SET removed_at = NULL, reason = NULL WHERE id = ?", (id,))
        self._changed(id)

    def erase(self, ids: Iterable[str]) -> list[str]:
        """Delete records without a trace (demo articles); the SHA-256 of originals nobody needs any more."""
        orphans = []
        for id in ids:
            for version in self.versions(id):
                others = self._db.execute(
                    "SELECT 1 FROM versions WHERE sha256 = ? AND id <> ?", (version.sha256, id)
                ).fetchone()
                orphans += [] if others else [version.sha256]
            self._db.execute("DELETE FROM records WHERE id = ?", (id,))
            self._changed(id)
        return orphans

    def _changed(self, id: str) -> None:
        self._db.execute("INSERT INTO changes (id) VALUES (?)", (id,))

    # ---- checking

    def damages(self) -> Iterator[str]:
        """A sentence for everything in the store that is not as it was written; reads all of it."""
        try:
            for (line,) in self._db.execute("PRAGMA integrity_check"):
                if line != "ok":
                    yield f"the store is damaged: {line}"
            rows = self._db.execute("SELECT id, number, record, record_sha256 FROM versions")
            for id, number, text, checksum in rows:
                if digest(text.encode()) != checksum:
                    yield f"version {number} of the record {id} is damaged"
            wanted = self._db.execute("SELECT DISTINCT sha256 FROM versions").fetchall()
        except sqlite3.DatabaseError as problem:
            yield f"the store is damaged: {problem}; restore a backup"
            return
        yield from self.originals.damaged(sha256 for (sha256,) in wanted)
