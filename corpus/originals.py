"""The untouched bytes of every source under their SHA-256: small ones in the store, large ones as files.

A file costs two waits for the disk, a row none of its own: it is durable with its transaction. Homes of
former versions have small originals as files too; they are read where they are.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.errors import DamageError, HomeError
from corpus.home import write_durably

SMALL = 65_536  # bytes of the largest original that is kept in the store


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


class Originals:
    """Content-addressed: the same bytes are kept once, and can be checked at any time."""

    def __init__(self, root: Path, db: sqlite3.Connection) -> None:
        self._root = root
        self._db = db

    def _path(self, sha256: str) -> Path:
        return self._root / sha256[:2] / sha256[2:]

    def keep(self, data: bytes) -> str:
        """Store `data`, durably once the transaction ends; the SHA-256 under which it is found again.

        Raises HomeError.
        """
        sha256 = digest(data)
        self.keep_all([(sha256, data)])
        return sha256

    def keep_all(self, originals: Iterable[tuple[str, bytes]]) -> None:
        """`keep` for many, each with its SHA-256."""
        small = []
        for sha256, data in originals:
            if len(data) <= SMALL:
                small.append((sha256, data))
            else:
                self._keep_file(self._path(sha256), data)
        small.sort()  # neighbours in the table are written together
        self._db.executemany("INSERT OR IGNORE INTO originals VALUES (?, ?)", small)

    def _keep_file(self, path: Path, data: bytes) -> None:
        if path.exists() and path.stat().st_size == len(data):
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_durably(path, data)
        except OSError as problem:
            raise HomeError(f"the original cannot be stored in {self._root}: {problem.strerror}") from None

    def read(self, sha256: str) -> bytes:
        """The bytes. Raises DamageError where they are gone or not what was stored."""
        row = self._db.execute("SELECT data FROM originals WHERE sha256 = ?", (sha256,)).fetchone()
        path = self._path(sha256)
        try:
            data: object = row[0] if row else path.read_bytes()
        except OSError as problem:
            raise DamageError(f"{path}: the archived original cannot be read: {problem.strerror}") from None
        if not isinstance(data, bytes) or digest(data) != sha256:
            where = f"the store: the archived original {sha256}" if row else f"{path}: the archived original"
            raise DamageError(f"{where} is damaged (its SHA-256 is another); restore a backup")
        return data

    def drop(self, sha256: str) -> None:
        """Delete the bytes, if they are there."""
        self._db.execute("DELETE FROM originals WHERE sha256 = ?", (sha256,))
        self._path(sha256).unlink(missing_ok=True)

    def damaged(self, wanted: Iterable[str]) -> Iterator[str]:
        """A sentence for each of `wanted` whose bytes are gone or not what was stored."""
        for sha256 in wanted:
            try:
                self.read(sha256)
            except DamageError as problem:
                yield str(problem)
