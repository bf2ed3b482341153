"""Filters beside the words: facet values and days, as masks; and the counts that leave out their own."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from corpus.layouts import outlet_named
from indexer.arrays import Ints, Mask, Words, packed
from indexer.fields import key_of_facet
from indexer.page import FACETS, FacetCount
from indexer.snapshot import Snapshot

Hits = list[tuple[Mask, Words, int]]
SHOWN = 50  # values of a facet, those chosen besides


@lru_cache(maxsize=4_096)
def _key(name: str, value: str) -> str:
    return key_of_facet(name)(value)


def facet_codes(snapshot: Snapshot, name: str, values: tuple[str, ...]) -> set[int]:
    """The codes of those values that the collection has."""
    by_key = snapshot.facet(name).by_key
    return {by_key[key] for value in values if (key := _key(name, value)) in by_key}


def facet_mask(snapshot: Snapshot, name: str, codes: set[int]) -> Mask:
    """Documents that have any of the values with these codes."""
    mask = snapshot.none()
    for part in snapshot.parts:
        snapshot.facet(name).of(part.segment).mark(codes, mask[part.within])
    return mask


def day_mask(snapshot: Snapshot, first: str | None, last: str | None) -> Mask:
    """Documents whose day lies between two ISO days, both included; without a day: outside."""
    low = int(first.replace("-", "")) if first else 1
    high = int(last.replace("-", "")) if last else 99_999_999
    return (snapshot.days >= low) & (snapshot.days <= high)


def narrowed(mask: Mask, filters: dict[str, Mask], but: str | None = None) -> Mask:
    """`mask` within all filters, except the one named `but`."""
    for name, each in filters.items():
        if name != but:
            mask = mask & each
    return mask


def counts(
    snapshot: Snapshot, met: Mask, filters: dict[str, Mask], chosen: dict[str, tuple[str, ...]]
) -> dict[str, tuple[FacetCount, ...]]:
    """For each facet its values with how many hits have them, most first; its own filter left out."""
    whole = hits_of(snapshot, narrowed(met, filters))
    return {
        name: _counts_of(
            snapshot,
            name,
            hits_of(snapshot, narrowed(met, filters, but=name)) if name in filters else whole,
            chosen.get(name, ()),
        )
        for name in FACETS
    }


def hits_of(snapshot: Snapshot, mask: Mask) -> Hits:
    """A mask as counting needs it: of each part itself, packed, and its number."""
    return [(own, packed(own), int(np.count_nonzero(own))) for part in snapshot.parts for own in [mask[part.within]]]


def count_values(snapshot: Snapshot, name: str, hits: Hits) -> Ints:
    """How many hits have the value of each code."""
    facet = snapshot.facet(name)
    columns = [facet.of(part.segment) for part in snapshot.parts]
    total = np.zeros(len(facet.labels), np.int64)
    for column, (mask, bits, number) in zip(columns, hits, strict=True):
        if number:
            found = column.count(mask, bits, number)
            total[: len(found)] += found
    return total


def _label(name: str, value: str) -> str | None:
    """An outlet's code with its name."""
    known = outlet_named(value) if name == "outlet" else None
    return f"{known.name} ({known.code})" if known and known.code else None


def _counts_of(snapshot: Snapshot, name: str, hits: Hits, chosen: tuple[str, ...]) -> tuple[FacetCount, ...]:
    found = count_values(snapshot, name, hits)
    labels = snapshot.facet(name).labels
    used = np.flatnonzero(found)
    if name != "year" and len(used) > SHOWN:  # of equals beyond those shown, the ones seen first
        used = used[np.argsort(-found[used], kind="stable")[:SHOWN]]
    order = sorted(used.tolist(), key=lambda code: (-found[code], labels[code]))
    if name == "year":
        order = sorted(order, key=lambda code: labels[code], reverse=True)[:SHOWN]
    order += sorted(facet_codes(snapshot, name, chosen) - set(order))
    return tuple(FacetCount(labels[code], int(found[code]), _label(name, labels[code])) for code in order)
