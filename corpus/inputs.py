"""What a person names on the command line, as sources to be read: files, folders, addresses, JSON lines."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from corpus.errors import SourceError
from corpus.fetch import MAX_BYTES, fetch
from corpus.store import now

READABLE = frozenset({".txt", ".md", ".html", ".htm"})
BESIDE = ".meta.json", ".expected.json"  # files beside a source that tell of it, no sources themselves


class Beside(msgspec.Struct, frozen=True):
    """NAME.meta.json beside NAME: the original address and when it was fetched."""

    url: str | None = None
    retrieved_at: str | None = None


@dataclass(frozen=True)
class Given:
    """One source as the person named it; `label` is how it is called in messages."""

    label: str
    path: Path | None = None
    url: str | None = None
    retrieved_at: str | None = None


@dataclass
class Inputs:
    """Expands arguments of `add`; `skipped` counts the files in folders that no reader reads."""

    arguments: Iterable[str]
    url: str | None = None
    skipped: int = field(default=0, init=False)

    def __iter__(self) -> Iterator[Given]:
        for argument in self.arguments:
            if "://" in argument and not os.path.exists(argument):
                yield Given(argument, url=argument)
            elif os.path.isdir(argument):
                yield from self._folder(argument)
            else:
                yield self._file(argument)

    def _folder(self, folder: str) -> Iterator[Given]:
        for where, folders, names in os.walk(folder):
            folders.sort()
            for name in sorted(names):
                if os.path.splitext(name)[1].lower() in READABLE:
                    yield self._file(os.path.join(where, name))
                elif not name.endswith(BESIDE):
                    self.skipped += 1

    def _file(self, path: str) -> Given:
        return Given(os.fsencode(path).decode("utf-8", "replace"), path=Path(path), url=self.url)


def load(given: Given) -> tuple[bytes, Given]:
    """The bytes of a source, and what is now known of it. Raises SourceError."""
    if given.path is None:
        assert given.url is not None
        page = fetch(given.url)
        return page.data, Given(given.label, url=given.url, retrieved_at=now())
    try:
        if given.path.stat().st_size > MAX_BYTES:
            raise SourceError(given.label, f"larger than {MAX_BYTES // 1_000_000} MB")
        data = given.path.read_bytes()
    except (OSError, ValueError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else str(problem)
        raise SourceError(given.label, f"cannot be read: {reason}") from None
    beside = _beside(given.path, given.label)
    return data, Given(given.label, given.path, given.url or beside.url, beside.retrieved_at)


def _beside(path: Path, label: str) -> Beside:
    for name in (path.with_name(path.name + ".meta.json"), path.with_suffix(".meta.json")):
        if name.is_file():
            try:
                return msgspec.json.decode(name.read_bytes(), type=Beside)
            except (OSError, msgspec.DecodeError) as problem:
                raise SourceError(label, f"{name.name} beside it cannot be read: {problem}") from None
    return Beside()
