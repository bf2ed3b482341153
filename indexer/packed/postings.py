"""Lists of documents by term, made by sorting: numbers in, arrays out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.packed.container import Writer

MOST_DOCS = 65_536  # documents of a segment: their numbers take two bytes
DENSE = 4  # a term in more than 1/4 of the documents is a row of counts
FEWEST_DENSE = 64  # documents below which no row is made
DOC_BITS = 16
Numbers = npt.NDArray[Any]


@dataclass
class Postings:
    """The documents of the terms of a field, term by term: of term n `docs[starts[n]:starts[n + 1]]`, each
    with its `counts`; `positions`, where the field has them, are counts of them each, one after another."""

    starts: Numbers
    docs: Numbers
    counts: Numbers
    positions: Numbers | None = None


def starts_of(numbers: Numbers, size: int) -> Numbers:
    """Where each of `size` numbers begins in an ascending list of them, and the end."""
    starts = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(numbers, minlength=size), out=starts[1:])
    return starts


def narrow(values: Numbers) -> Numbers:
    """The same whole numbers, from 0, in the smallest type that holds them."""
    top = int(values.max()) if len(values) else 0
    for kind in (np.uint8, np.uint16, np.uint32):
        if top <= np.iinfo(kind).max:
            return values.astype(kind, copy=False)
    return values.astype(np.uint64, copy=False)


def runs(values: Numbers) -> Numbers:
    """Where each run of equal values begins, and the end."""
    if not len(values):
        return np.zeros(1, np.int64)
    return np.concatenate(([0], np.flatnonzero(values[1:] != values[:-1]) + 1, [len(values)]))


def listed(terms: Numbers, docs: Numbers, size: int) -> Postings:
    """Postings of (term, document) pairs in any order; `size` is the number of terms."""
    key = (terms.astype(np.uint64) << np.uint64(DOC_BITS)) | docs
    key.sort()
    cuts = runs(key)
    key = key[cuts[:-1]]
    return Postings(
        starts_of((key >> np.uint64(DOC_BITS)).astype(np.int64), size), key.astype(np.uint16), np.diff(cuts)
    )


def placed(terms: Numbers, docs: Numbers, positions: Numbers, size: int) -> Postings:
    """Postings with positions. Raises ValueError where a position or a term number is too large."""
    bits = max(int(positions.max()).bit_length() if len(positions) else 0, 1)
    if bits + DOC_BITS + max(size - 1, 1).bit_length() > 64:
        raise ValueError("a document is too long to be indexed")
    key = ((terms.astype(np.uint64) << np.uint64(DOC_BITS)) | docs) << np.uint64(bits) | positions.astype(np.uint64)
    key.sort()
    ordered = (key & np.uint64((1 << bits) - 1)).astype(np.uint32)
    key >>= np.uint64(bits)
    cuts = runs(key)
    key = key[cuts[:-1]]
    terms = (key >> np.uint64(DOC_BITS)).astype(np.int64)
    return Postings(starts_of(terms, size), key.astype(np.uint16), np.diff(cuts), ordered)


def write(out: Writer, name: str, postings: Postings, size: int) -> None:
    """Write the postings of a field of a segment of `size` documents."""
    starts, docs, counts = postings.starts, postings.docs, postings.counts
    out.meta.setdefault("fields", {})[name] = int(counts.sum(dtype=np.int64))
    if postings.positions is not None:
        out.add(f"{name}.pstart", narrow(np.concatenate(([0], np.cumsum(sums(counts, starts))))))
        out.add(f"{name}.pos", wide(postings.positions))
    frequency = np.diff(starts)
    rows = np.flatnonzero(frequency > max(size // DENSE, FEWEST_DENSE))
    rows = _small(rows, starts, counts)
    dense = np.zeros((len(rows), size), np.uint8)
    kept = np.ones(len(docs), bool)
    for row, term in enumerate(rows.tolist()):
        inside = slice(int(starts[term]), int(starts[term + 1]))
        dense[row, docs[inside]] = counts[inside]
        kept[inside] = False
    if len(rows):
        frequency = frequency.copy()
        out.add(f"{name}.rfreq", narrow(frequency[rows]))
        frequency[rows] = 0
        docs, counts = docs[kept], counts[kept]
    out.add(f"{name}.rows", rows.astype(np.uint32))
    out.add(f"{name}.dense", dense.reshape(-1))
    out.add(f"{name}.start", np.concatenate(([0], np.cumsum(frequency))).astype(np.uint32))
    out.add(f"{name}.docs", docs.astype(np.uint16, copy=False))
    if np.count_nonzero(counts != 1) * 5 < len(counts):  # nearly all are 1: only the others are written
        odd = np.flatnonzero(counts != 1).astype(np.uint32)
        out.add(f"{name}.odd", odd)
        out.add(f"{name}.count", narrow(counts[odd]))
    else:
        out.add(f"{name}.counts", narrow(counts))


def _small(rows: Numbers, starts: Numbers, counts: Numbers) -> Numbers:
    """The terms whose counts fit into a byte."""
    return np.array([n for n in rows.tolist() if counts[starts[n] : starts[n + 1]].max() < 256], np.int64)


def sums(counts: Numbers, starts: Numbers) -> Numbers:
    """The sum of the counts of each term; every term has some."""
    return np.add.reduceat(counts, starts[:-1], dtype=np.int64) if len(starts) > 1 else np.zeros(0, np.int64)


def wide(values: Numbers) -> Numbers:
    """Numbers from 0 in two bytes each, or four."""
    return values.astype(np.uint16 if not len(values) or int(values.max()) < 1 << 16 else np.uint32, copy=False)


def write_texts(out: Writer, name: str, texts: list[bytes]) -> None:
    """Write a list of byte strings."""
    ends = np.zeros(len(texts) + 1, np.uint32)
    np.cumsum([len(text) for text in texts], out=ends[1:])
    out.add(f"{name}.off", ends)
    out.add(f"{name}.txt", np.frombuffer(b"".join(texts), np.uint8))


def write_ids(out: Writer, ids: list[bytes]) -> None:
    """Write the ids of the documents, findable both ways; of a record that was added twice the later one counts."""
    last = {id: doc for doc, id in enumerate(ids)}
    number = {id: n for n, id in enumerate(sorted(last))}
    write_texts(out, "id", list(number))
    out.add("id.doc", np.array([last[id] for id in number], np.uint16))
    out.add("id.rank", np.array([number[id] for id in ids], np.uint16))


def write_folds(out: Writer, folds: Numbers, terms: int) -> None:
    """Write the folded key (of `terms`) of each exact key, both ways."""
    out.add("x.fold", folds)
    out.add("f.exact", np.argsort(folds, kind="stable").astype(np.uint32))
    out.add("f.first", starts_of(folds, terms).astype(np.uint32))
