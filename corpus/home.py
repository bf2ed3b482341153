"""The home: the one directory that holds a collection, and the lock of whoever writes to it.

HOME/store.db        the truth: records, their history, errors (SQLite)
HOME/originals/ab/…  the untouched bytes of large sources, named by their SHA-256 (small ones: in the store)
HOME/index/          derived from the store, may be deleted at any time
HOME/write.lock      held by the one process that writes
"""

from __future__ import annotations

import fcntl
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import HomeError

SAY_AFTER_S = 2.0  # a waiting writer says so after this long
WAIT_S = 600.0


@dataclass(frozen=True)
class Home:
    """The places inside one home directory; nothing is created before `prepare`."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "store.db"

    @property
    def originals(self) -> Path:
        return self.root / "originals"

    @property
    def index(self) -> Path:
        return self.root / "index"

    def prepare(self) -> None:
        """Create the directories. Raises HomeError where that is impossible."""
        try:
            self.originals.mkdir(parents=True, exist_ok=True)
            self.index.mkdir(exist_ok=True)
        except OSError as problem:
            raise HomeError(f"the home {self.root} cannot be written: {problem.strerror}") from None

    @contextmanager
    def writing(self, *, lock: str = "write.lock", wait: float = WAIT_S) -> Iterator[None]:
        """Hold the write lock; a second writer waits for its turn (and says so on standard error).

        The lock is the kernel's (flock), so a killed writer leaves none behind. Raises HomeError
        after `wait` seconds.
        """
        self.prepare()
        try:
            handle = os.open(self.root / lock, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as problem:
            raise HomeError(f"the home {self.root} cannot be written: {problem.strerror}") from None
        try:
            _take(handle, self.root, wait)
            yield
        finally:
            fcntl.flock(handle, fcntl.LOCK_UN)  # closing alone leaves it to a child that was forked meanwhile
            os.close(handle)


def _take(handle: int, root: Path, wait: float) -> None:
    began, said = time.monotonic(), False
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            waited = time.monotonic() - began
        if waited > wait:
            raise HomeError(f"another process has been writing to {root} for {wait:.0f} seconds; try again later")
        if waited > SAY_AFTER_S and not said:
            print(f"waiting: another process is writing to {root}", file=sys.stderr)
            said = True
        time.sleep(0.02)


def sync_directory(path: Path) -> None:
    """fsync a directory, so that the names created in it survive a power loss."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_durably(path: Path, data: bytes) -> None:
    """Put `data` at `path`, whole or not at all, and on the disk when this returns."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with open(aside, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    sync_directory(path.parent)
