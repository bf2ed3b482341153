"""What segments say of their documents, joined: lengths, ids, days, titles, facets, figures, sketches."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.arrays import ranges
from indexer.fields import FACETS
from indexer.packed.container import Writer
from indexer.packed.postings import narrow, write_ids, write_texts
from indexer.packed.segment import Segment

LENGTHS = ("x", "bx", "tx", "n", "e")
Numbers = npt.NDArray[Any]
Sources = list[tuple[Segment, npt.NDArray[np.bool_]]]


def merge_documents(out: Writer, sources: Sources, size: int) -> None:
    """Write all of it for the documents that stay (`keep` of each segment)."""
    for name in LENGTHS:
        out.add(f"len.{name}", narrow(_joined([s.lengths(name)[keep] for s, keep in sources], np.uint32)))
    ids = [s.id(doc).encode() for s, keep in sources for doc in np.flatnonzero(keep).tolist()]
    write_ids(out, ids)
    out.add("days", _joined([s.days[keep] for s, keep in sources], np.int32))
    write_texts(out, "title", [s.title(doc).encode() for s, keep in sources for doc in np.flatnonzero(keep).tolist()])
    for name in (*FACETS, "outlet_name"):
        _merge_facet(out, f"facet.{name}", sources)
    _merge_figures(out, sources)
    out.add("sketch", _joined([s.sketches[keep].reshape(-1) for s, keep in sources], np.uint32))


def _joined(arrays: list[Numbers], kind: npt.DTypeLike) -> Numbers:
    return np.concatenate([each.astype(kind, copy=False) for each in arrays]) if arrays else np.zeros(0, kind)


def _merge_facet(out: Writer, name: str, sources: Sources) -> None:
    labels: dict[str, int] = {}
    keys: list[str] = []
    sizes, codes = [], []
    for segment, keep in sources:
        own_keys = segment.texts(f"{name}.key")
        numbers = []
        for label, key in zip(segment.texts(f"{name}.label"), own_keys, strict=True):
            if label not in labels:
                labels[label] = len(labels)
                keys.append(key)
            numbers.append(labels[label])
        starts = segment.reader.whole(f"{name}.start").astype(np.int64)
        lengths = np.diff(starts)[keep]
        sizes.append(lengths)
        own = segment.reader.whole(f"{name}.code")[ranges(starts[:-1][keep], lengths)]
        codes.append(np.array(numbers, np.int64)[own])
    out.add(f"{name}.start", np.concatenate(([0], np.cumsum(_joined(sizes, np.int64)))).astype(np.uint32))
    out.add(f"{name}.code", narrow(_joined(codes, np.int64)))
    write_texts(out, f"{name}.label", [label.encode() for label in labels])
    write_texts(out, f"{name}.key", [key.encode() for key in keys])


def _merge_figures(out: Writer, sources: Sources) -> None:
    names: dict[str, int] = {}
    docs, values, units, base = [], [], [], 0
    for segment, keep in sources:
        figures = segment.figures
        stay = keep[figures.docs]
        numbers = np.array([names.setdefault(name, len(names)) for name in figures.names], np.int64)
        docs.append((np.cumsum(keep) - 1)[figures.docs[stay]] + base)
        values.append(figures.values[stay])
        units.append(numbers[figures.units[stay]])
        base += int(keep.sum())
    out.add("figure.doc", _joined(docs, np.uint16))
    out.add("figure.value", _joined(values, np.float64))
    out.add("figure.unit", _joined(units, np.uint32))
    write_texts(out, "figure.name", [name.encode() for name in names])
