"""When segments are merged, and how a merge takes its place in the index while others read and write.

Segments of a like size are merged, FANOUT or more at a time, so that every document is written a few times only,
and there are few segments to search (at most FANOUT − 1 a class). A merge works aside, without a lock; only its
last step needs one. A merge that was killed leaves a file that nobody names.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from indexer.packed.index import new_name, open_segment, replace_segments
from indexer.packed.manifest import Entry, read_manifest
from indexer.packed.merge import merge
from indexer.packed.postings import MOST_DOCS
from indexer.packed.segment import Segment

FANOUT = 4
SMALLEST = 512  # documents up to which segments are of the lowest class; a class goes up to GROWTH times more
GROWTH = 8
MOST_BYTES = 1 << 30  # of the segments of one merge, which bounds its memory
LEAST_LIVE = 0.8  # a segment with fewer of its documents alive is written anew


def due(entries: tuple[Entry, ...], most: int | None = None) -> tuple[Entry, ...]:
    """The segments that should be merged next, of up to `most` documents; none where all is well.

    Small ones go first: they are many, and soon done.
    """
    classes: dict[int, list[Entry]] = {}
    for entry in entries:
        classes.setdefault(_class(entry.live), []).append(entry)
    for size in sorted(classes):
        group = _fitting(classes[size])
        if len(group) >= FANOUT and _within(group, most):
            return tuple(group)
    worn = [entry for entry in entries if entry.live < LEAST_LIVE * entry.size and _within([entry], most)]
    return (min(worn, key=lambda entry: entry.size),) if worn else ()


def _within(group: list[Entry], most: int | None) -> bool:
    return most is None or sum(entry.live for entry in group) <= most


def _class(live: int) -> int:
    size = 0
    while live >= SMALLEST * GROWTH**size:
        size += 1
    return size


def _fitting(entries: list[Entry]) -> list[Entry]:
    """As many of the segments, smallest first, as fit into one."""
    group: list[Entry] = []
    for entry in sorted(entries, key=lambda each: each.live):
        together = [*group, entry]
        if sum(each.live for each in together) > MOST_DOCS or sum(each.bytes for each in together) > MOST_BYTES:
            break
        group = together
    return group


def merge_due(folder: Path, writing: Callable[[], AbstractContextManager[None]], most: int | None = None) -> bool:
    """Do the next merge that is due (see `due`); whether there was one. `writing` gives the write lock for the
    last step.

    Raises DamageError, HomeError.
    """
    group = due(read_manifest(folder).segments, most)
    if not group:
        return False
    segments = [open_segment(folder, entry) for entry in group]
    name = new_name()
    path = folder / f"{name}.seg"
    size, length, checksum = merge(segments, path)
    with writing():
        now = {entry.name: entry for entry in read_manifest(folder).segments}
        if any(entry.name not in now for entry in group):  # another merge, or a rebuild, was faster
            path.unlink()
            return True
        deleted = _deleted_since(segments, [now[entry.name] for entry in group])
        replace_segments(folder, group, Entry(name, size, length, checksum, deleted) if len(deleted) < size else None)
    return True


def _deleted_since(segments: list[Segment], now: list[Entry]) -> tuple[int, ...]:
    """The documents of the merged segment that were deleted while it was written."""
    found: list[int] = []
    base = 0
    for segment, entry in zip(segments, now, strict=True):
        before = sorted(segment.deleted)
        for doc in entry.deleted:
            if doc not in segment.deleted:
                found.append(base + doc - sum(1 for other in before if other < doc))
        base += segment.size - len(before)
    return tuple(found)
