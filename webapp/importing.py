"""`bienban import`: lines of JSON in pieces, each worked out by another process, kept and told in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from corpus.errors import SourceError
from corpus.home import Home
from corpus.ingest import Outcome, prepare_line
from corpus.ready import Ready, ready
from corpus.store import Store
from indexer.adopting import Written, folder_for_segments, write_aside
from indexer.upkeep import Upkeep
from webapp.adding import add_batch, batches
from webapp.workers import in_order

PIECE = 1_000  # lines
Line = tuple[int, bytes]


@dataclass(frozen=True)
class Worked:
    """What a worker made of lines: the records without their lines, which the parent still has."""

    items: list[Ready]
    written: Written | None


def import_lines(home: Home, store: Store, path: str, *, jobs: int, force: bool = False) -> Iterator[Outcome]:
    """What became of each line, in order, told once it is durable in the store and can be found.

    One piece or less is worked out here: starting a process takes longer. Raises SourceError where the file
    cannot be read, HomeError where a worker was killed.
    """
    pieces = batches(_lines(path), lambda line: len(line[1]), PIECE)
    first, second = next(pieces, []), next(pieces, None)
    if second is None or jobs == 1:
        for lines in chain([first], [second] if second else [], pieces):
            yield from add_batch(home, store, _read(path, lines), force=force)
        return
    folder = folder_for_segments(home, store)
    upkeep = Upkeep(home)
    try:
        for lines, worked in in_order(partial(_work, path, folder), chain([first, second], pieces), jobs):
            items = [item._replace(data=line) for item, (_, line) in zip(worked.items, lines, strict=True)]
            yield from add_batch(home, store, items, worked.written, force=force)
            upkeep.wake()
    finally:
        upkeep.finish()


def _lines(path: str) -> Iterator[Line]:
    try:
        with open(path, "rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line.rstrip(b"\r\n")
    except OSError as problem:
        raise SourceError(path, f"cannot be read: {problem.strerror}") from None


def _read(path: str, lines: Iterable[Line]) -> list[Ready]:
    return [ready(prepare_line(f"{path}:{number}", line))[0] for number, line in lines]


def _work(path: str, folder: Path | None, lines: list[Line]) -> Worked:
    """In a worker: everything but what the store has to decide."""
    found = [ready(prepare_line(f"{path}:{number}", line)) for number, line in lines]
    written = write_aside(folder, [record for _, record in found]) if folder else None
    return Worked([item._replace(data=b"") for item, _ in found], written)
