"""The generations of the index: numbered folders, an atomic pointer to the current one, and sums.

    HOME/index/current       the number of the generation in use, replaced atomically
    HOME/index/000007/       an index, written once by a rebuild, then changed by each sync
    HOME/index/000007/built.json     the fingerprint of what built it
    HOME/index/000007/applied.json   up to which change of the store it goes; size and SHA-256 of its files

Both files carry a checksum of themselves. A generation is disposable: whatever is wrong with
it, the store has everything it was made from.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from corpus.errors import DamageError
from corpus.home import Home, sync_directory, write_durably
from indexer import fields

KEEP = 2  # former generations
OURS = frozenset({"built.json", "applied.json"})


@cache
def fingerprint() -> str:
    """A hash of what decides the terms of a record: the code and tables of the analysis, the fields."""
    sums = hashlib.sha256(str(fields.VERSION).encode())
    package = files("indexer")
    for folder in (package.joinpath("analysis"), package.joinpath("analysis", "tables")):
        for item in sorted(folder.iterdir(), key=lambda each: each.name):
            if item.name.endswith((".py", ".tsv")):
                sums.update(item.name.encode() + item.read_bytes())
    sums.update(package.joinpath("fields.py").read_bytes())
    return sums.hexdigest()[:16]


class Generation:
    """One folder of the index."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.number = int(folder.name)

    def built_by(self) -> str:
        """The fingerprint of what built it. Raises DamageError."""
        return str(_read(self.folder / "built.json")["fingerprint"])

    def applied(self) -> int:
        """The last change of the store that it has. Raises DamageError."""
        return int(_read(self.folder / "applied.json")["seq"])

    def stamp(self) -> tuple[int, int, int]:
        """Changes whenever the generation changed; costs one stat. Raises OSError."""
        found = os.stat(self.folder / "applied.json")
        return self.number, found.st_mtime_ns, found.st_ino

    def seal(self, seq: int) -> None:
        """Write to disk what an engine has written to files, and say up to which change it goes."""
        known = self._sums()
        sums = {}
        for path in self._files():
            size = path.stat().st_size
            if known.get(path.name, [None])[0] != size:
                _fsync(path)
                known[path.name] = [size, _sha256(path)]
            sums[path.name] = known[path.name]
        sync_directory(self.folder)
        _write(self.folder / "applied.json", {"seq": seq, "files": sums})

    def _sums(self) -> dict[str, list[Any]]:
        try:
            return dict(_read(self.folder / "applied.json")["files"])
        except DamageError:
            return {}

    def _files(self) -> list[Path]:
        return [path for path in sorted(self.folder.iterdir()) if path.name not in OURS and path.name[0] != "."]

    def damages(self) -> Iterator[str]:
        """A sentence for each file that is gone, is foreign, or is not what was written."""
        try:
            self.built_by()
            sums = dict(_read(self.folder / "applied.json")["files"])
        except DamageError as problem:
            yield str(problem)
            return
        for name, (size, sha256) in sums.items():
            path = self.folder / name
            if not path.is_file():
                yield f"{path}: the index file is missing; run `bienban reindex`"
            elif path.stat().st_size != size or _sha256(path) != sha256:
                yield f"{path}: the index file is damaged; run `bienban reindex`"


class Generations:
    """All generations of a home."""

    def __init__(self, home: Home) -> None:
        self._root = home.index

    def current(self) -> Generation | None:
        """The generation in use; None where there is none or the pointer leads nowhere."""
        try:
            number = int((self._root / "current").read_text())
        except (OSError, ValueError):
            return None
        folder = self._folder(number)
        return Generation(folder) if folder.is_dir() else None

    def _folder(self, number: int) -> Path:
        return self._root / f"{number:06}"

    def _numbers(self) -> list[int]:
        return sorted(int(path.name) for path in self._root.iterdir() if path.name.isdecimal())

    def begin(self) -> Generation:
        """A new, empty generation, in use by nobody."""
        number = max(self._numbers(), default=0) + 1
        folder = self._folder(number)
        folder.mkdir(parents=True)
        _write(folder / "built.json", {"fingerprint": fingerprint()})
        return Generation(folder)

    def switch(self, generation: Generation) -> None:
        """Make a sealed generation the current one, and delete those that are too old."""
        sync_directory(self._root)
        write_durably(self._root / "current", f"{generation.number}\n".encode())
        for number in self._numbers():
            if number < generation.number - KEEP:
                shutil.rmtree(self._folder(number), ignore_errors=True)

    def discard(self, generation: Generation) -> None:
        shutil.rmtree(generation.folder, ignore_errors=True)


def _sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _fsync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(path: Path, values: dict[str, Any]) -> None:
    text = json.dumps(values, sort_keys=True)
    write_durably(path, f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}\n".encode())


def _read(path: Path) -> dict[str, Any]:
    try:
        checksum, text, _ = path.read_text(encoding="utf-8").split("\n")
        if hashlib.sha256(text.encode()).hexdigest() == checksum:
            values: dict[str, Any] = json.loads(text)
            return values
    except (OSError, ValueError):
        pass
    raise DamageError(f"{path}: the index file is damaged; run `bienban reindex`")
