"""The generations of the index: numbered folders, an atomic pointer to the current one, and sums.

    HOME/index/current       the number of the generation in use, replaced atomically
    HOME/index/000007/       an index, written once by a rebuild, then changed by each sync
    HOME/index/000007/built.json     the fingerprint of what built it
    HOME/index/000007/applied.json   up to which change of the store it goes; its segments with their sums
    HOME/index/000007/….seg          the segments (`indexer.packed`)

Both files carry a checksum of themselves. A generation is disposable: whatever is wrong with
it, the store has everything it was made from.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import zlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from corpus.errors import DamageError
from corpus.home import Home, sync_directory, write_durably
from indexer import fields
from indexer.packed.index import open_segment
from indexer.packed.manifest import NAME as MANIFEST
from indexer.packed.manifest import read_manifest
from indexer.sealed import read_sealed, write_sealed

KEEP = 2  # former generations


@cache
def fingerprint() -> str:
    """A hash of what decides what stands in the index: the analysis with its tables, the fields, the files' form."""
    sums = hashlib.sha256(str(fields.VERSION).encode())
    package = files("indexer")
    for parts in (("analysis",), ("analysis", "tables"), ("packed",)):
        folder = package.joinpath(*parts)
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
        return str(read_sealed(self.folder / "built.json")["fingerprint"])

    def applied(self) -> int:
        """The last change of the store that it has. Raises DamageError."""
        return read_manifest(self.folder).seq

    def stamp(self) -> tuple[int, int, int]:
        """Changes whenever the generation changed; costs one stat. Raises OSError."""
        found = os.stat(self.folder / MANIFEST)
        return self.number, found.st_mtime_ns, found.st_ino

    def damages(self) -> Iterator[str]:
        """A sentence for each file that is gone, is foreign, or is not what was written; reads all of it."""
        try:
            self.built_by()
            manifest = read_manifest(self.folder)
        except DamageError as problem:
            yield str(problem)
            return
        for entry in manifest.segments:
            try:
                yield from open_segment(self.folder, entry).reader.damages()
            except DamageError as problem:
                yield str(problem)
        if manifest.toc:
            yield from _damages_of(self.folder / manifest.toc[0], *manifest.toc[1:])


def _damages_of(path: Path, length: int, checksum: int) -> Iterator[str]:
    try:
        data = path.read_bytes()
    except OSError:
        yield f"{path}: the index file is missing; run `bienban reindex`"
        return
    if len(data) != length or zlib.crc32(data) != checksum:
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
        write_sealed(folder / "built.json", {"fingerprint": fingerprint()})
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
