"""Several segments made one, without their deleted documents: arrays copied block by block, nothing sorted anew.

The postings of a term in the new segment are those of the old ones one after another, since documents keep
their order. Terms are taken in blocks of bounded size.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.arrays import sizes_of
from indexer.packed.batch import PAIR_BITS, write_pairs
from indexer.packed.container import Writer
from indexer.packed.merge_documents import merge_documents
from indexer.packed.postings import Postings, narrow, wide, write, write_folds, write_texts
from indexer.packed.segment import PAIRS, Segment

BLOCK = 2_000_000  # postings and positions that are moved at once
FIELDS = ("x", "f", "tx", "tf", "n", "e", *PAIRS)
Numbers = npt.NDArray[Any]


@dataclass
class Source:
    """A segment that is merged: which documents stay, and the new numbers of those that do; the numbers of
    its terms among those of all sources."""

    segment: Segment
    keep: npt.NDArray[np.bool_]
    renumbered: Numbers
    terms: dict[str, Numbers] = field(default_factory=dict)


def merge(segments: list[Segment], path: Path) -> tuple[int, int, int]:
    """Write one segment; its number of documents, its length and its checksum. Raises DamageError where a
    segment that is read is damaged."""
    sources, size = [], 0
    for segment in segments:
        keep = np.ones(segment.size, bool)
        keep[list(segment.deleted)] = False
        sources.append(Source(segment, keep, (np.cumsum(keep) - 1 + size).astype(np.uint16)))
        size += int(keep.sum())
    out = Writer(path)
    try:
        out.meta["size"] = size
        merge_documents(out, [(source.segment, source.keep) for source in sources], size)
        alive: dict[str, Numbers] = {}
        for name in FIELDS:
            alive[name] = _merge_field(out, name, sources, alive, size)
        _write_folds(out, sources, alive)
        _write_streams(out, sources, alive)
    except BaseException:
        out.discard()
        raise
    return size, *out.close()


def _merge_field(out: Writer, name: str, sources: list[Source], alive: dict[str, Numbers], size: int) -> Numbers:
    """Write a field; the new number of each term of all sources, -1 for those that nobody has any more."""
    union = _pairs(name, sources) if name in PAIRS else _texts(name, sources)
    frequency, postings = _postings(name, sources, len(union))
    kept = np.flatnonzero(frequency)
    if isinstance(union, list):
        write_texts(out, name, [union[n] for n in kept.tolist()])
        terms = len(kept)
    else:
        base = alive[PAIRS[name]].astype(np.uint64)
        low = np.uint64((1 << PAIR_BITS) - 1)
        pairs = union[kept]
        first, second = base[pairs >> np.uint64(PAIR_BITS)], base[pairs & low]
        write_pairs(out, name, first << np.uint64(PAIR_BITS) | second, int(np.count_nonzero(alive[PAIRS[name]] >= 0)))
        terms = len(kept)
    postings.starts = np.concatenate(([0], np.cumsum(frequency[kept])))
    write(out, name, postings, size)
    numbers = np.full(len(union), -1, np.int64)
    numbers[kept] = np.arange(terms)
    return numbers


def _texts(name: str, sources: list[Source]) -> list[bytes]:
    """All terms of a field in order; the sources learn the numbers of theirs."""
    lists = [[text.encode() for text in source.segment.texts(name)] for source in sources]
    union = sorted(set().union(*lists))
    number = {text: n for n, text in enumerate(union)}
    for source, texts in zip(sources, lists, strict=True):
        source.terms[name] = np.fromiter(map(number.__getitem__, texts), np.int64, len(texts))
    return union


def _pairs(name: str, sources: list[Source]) -> Numbers:
    """All pairs as first << PAIR_BITS | second, ascending; the sources learn the numbers of theirs."""
    keys = []
    for source in sources:
        base, reader = source.terms[PAIRS[name]].astype(np.uint64), source.segment.reader
        first = np.repeat(base, sizes_of(reader.whole(f"{name}.first")))
        keys.append(first << np.uint64(PAIR_BITS) | base[reader.whole(f"{name}.second")])
    union = np.sort(np.concatenate(keys))
    union = union[np.concatenate(([True], union[1:] != union[:-1]))] if len(union) else union
    for source, own in zip(sources, keys, strict=True):
        source.terms[name] = union.searchsorted(own)
    return union


def _postings(name: str, sources: list[Source], terms: int) -> tuple[Numbers, Postings]:
    """The frequency of every term, and all postings in the order of the terms."""
    frequency = np.zeros(terms, np.int64)
    docs, counts, positions = [], [], []
    for low, high in _blocks(name, sources, terms):
        found, block = _block(name, sources, low, high)
        frequency[low:high] = found
        docs.append(block.docs)
        counts.append(narrow(block.counts))
        if block.positions is not None:
            positions.append(wide(block.positions))
    return frequency, Postings(
        frequency,
        np.concatenate(docs) if docs else np.zeros(0, np.uint16),
        np.concatenate(counts) if counts else np.zeros(0, np.uint8),
        (np.concatenate(positions) if positions else np.zeros(0, np.uint16)) if name == "x" else None,
    )


def _blocks(name: str, sources: list[Source], terms: int) -> Iterator[tuple[int, int]]:
    """Ranges of terms whose postings are about BLOCK, one term at least."""
    weight = np.zeros(terms, np.int64)
    for source in sources:
        reader = source.segment.reader
        np.add.at(weight, source.terms[name], sizes_of(reader.whole(f"{name}.start")))
        np.add.at(weight, source.terms[name][reader.whole(f"{name}.rows")], source.segment.size)
        if name == "x":
            np.add.at(weight, source.terms[name], sizes_of(reader.whole("x.pstart")))
    ends = np.cumsum(weight)
    low = 0
    while low < terms:
        limit = (int(ends[low - 1]) if low else 0) + BLOCK
        high = max(int(ends.searchsorted(limit, "right")), low + 1)
        yield low, high
        low = high


def _block(name: str, sources: list[Source], low: int, high: int) -> tuple[Numbers, Postings]:
    """The frequencies and postings of the terms `low` to `high`."""
    parts = [part for source in sources if (part := _part(name, source, low, high)) is not None]
    frequency, occurrences = np.zeros(high - low, np.int64), np.zeros(high - low, np.int64)
    for terms, own, _, _, placed, _ in parts:
        frequency[terms] += own
        occurrences[terms] += placed
    at, place = np.cumsum(frequency) - frequency, np.cumsum(occurrences) - occurrences
    total = int(frequency.sum())
    docs, counts = np.zeros(total, np.uint16), np.zeros(total, np.uint32)
    positions = np.zeros(int(occurrences.sum()), np.uint32) if name == "x" else None
    for terms, own, own_docs, own_counts, placed, own_positions in parts:
        into = _moved(at[terms], own)
        docs[into], counts[into] = own_docs, own_counts
        at[terms] += own
        if positions is not None:
            positions[_moved(place[terms], placed)] = own_positions
            place[terms] += placed
    return frequency, Postings(at, docs, counts, positions)


def _moved(to: Numbers, lengths: Numbers) -> Numbers:
    """Where the values of consecutive runs go whose first value goes to `to`."""
    return np.repeat(to - np.cumsum(lengths) + lengths, lengths) + np.arange(int(lengths.sum()))


Part = tuple[Numbers, Numbers, Numbers, Numbers, Numbers, Numbers]


def _part(name: str, source: Source, low: int, high: int) -> Part | None:
    """What a source has of the terms `low` to `high`: the terms (from 0), their frequencies, documents (new
    numbers) and counts, how many positions each has, and the positions."""
    first, after = source.terms[name].searchsorted([low, high]).tolist()
    if first == after:
        return None
    segment = source.segment
    frequency, docs, counts = segment.block(name, first, after)
    occurrences, positions = np.zeros(after - first, np.int64), np.zeros(0, np.uint16)
    starts = np.concatenate(([0], np.cumsum(frequency)))
    if name == "x":
        places = segment.reader.cut("x.pstart", first, after + 1).astype(np.int64)
        positions = segment.reader.cut("x.pos", int(places[0]), int(places[-1]))
        occurrences = np.diff(places)
    if segment.deleted:
        stay = source.keep[docs]
        if name == "x":
            positions = positions[np.repeat(stay, counts)]
            occurrences = np.add.reduceat(np.where(stay, counts, 0), starts[:-1], dtype=np.int64)
        frequency = np.add.reduceat(stay, starts[:-1], dtype=np.int64)
        docs, counts = docs[stay], counts[stay]
    terms = source.terms[name][first:after] - low
    return terms, frequency, source.renumbered[docs], counts, occurrences, positions


def _write_streams(out: Writer, sources: list[Source], exact: dict[str, Numbers]) -> None:
    """The words of the documents in their order, under their new numbers."""
    words, sizes, texts = [], [], []
    for source in sources:
        reader, keep = source.segment.reader, source.keep
        lengths = source.segment.lengths("x").astype(np.int64)
        numbers = exact["x"][source.terms["x"]]
        words.append(wide(numbers[reader.whole("stream")[np.repeat(keep, lengths)]]))
        count = sizes_of(reader.whole("texts.start"))
        sizes.append(reader.whole("texts.size")[np.repeat(keep, count)])
        texts.append(count[keep])
    out.add("stream", np.concatenate(words))
    out.add("texts.size", np.concatenate(sizes))
    out.add("texts.start", np.concatenate(([0], np.cumsum(np.concatenate(texts)))).astype(np.uint32))


def _write_folds(out: Writer, sources: list[Source], alive: dict[str, Numbers]) -> None:
    """Which folded key each exact key has, both ways."""
    folds = np.zeros(int(np.count_nonzero(alive["x"] >= 0)), np.uint32)
    for source in sources:
        exact = alive["x"][source.terms["x"]]
        fold = alive["f"][source.terms["f"]][source.segment.reader.whole("x.fold")]
        folds[exact[exact >= 0]] = fold[exact >= 0]
    write_folds(out, folds, int(np.count_nonzero(alive["f"] >= 0)))
