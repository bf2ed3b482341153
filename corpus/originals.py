"""The untouched bytes of every source, each in a file named by its SHA-256."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import DamageError, HomeError
from corpus.home import write_durably


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


class Originals:
    """Content-addressed files: the same bytes are kept once, and can be checked at any time."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def _path(self, sha256: str) -> Path:
        return self._root / sha256[:2] / sha256[2:]

    def keep(self, data: bytes) -> str:
        """Store `data` durably; the SHA-256 under which it is found again. Raises HomeError."""
        sha256 = digest(data)
        path = self._path(sha256)
        if path.exists() and path.stat().st_size == len(data):
            return sha256
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_durably(path, data)
        except OSError as problem:
            raise HomeError(f"the original cannot be stored in {self._root}: {problem.strerror}") from None
        return sha256

    def read(self, sha256: str) -> bytes:
        """The bytes. Raises DamageError where they are gone or not what was stored."""
        path = self._path(sha256)
        try:
            data = path.read_bytes()
        except OSError as problem:
            raise DamageError(f"{path}: the archived original cannot be read: {problem.strerror}") from None
        if digest(data) != sha256:
            raise DamageError(f"{path}: the archived original is damaged (its SHA-256 is another); restore a backup")
        return data

    def drop(self, sha256: str) -> None:
        """Delete the file, if it is there."""
        self._path(sha256).unlink(missing_ok=True)

    def damaged(self, wanted: Iterator[str]) -> Iterator[str]:
        """A sentence for each of `wanted` whose bytes are gone or not what was stored."""
        for sha256 in wanted:
            try:
                self.read(sha256)
            except DamageError as problem:
                yield str(problem)
