"""Filters beside the words: facet values and days, as masks; and the counts that leave out their own."""

from __future__ import annotations

import numpy as np

from corpus.layouts import outlet_named
from indexer.fields import key_of_facet
from indexer.page import FACETS, FacetCount
from indexer.snapshot import Mask, Snapshot

SHOWN = 50  # values of a facet, those chosen besides


def facet_mask(snapshot: Snapshot, name: str, values: tuple[str, ...]) -> Mask:
    """Documents that have any of `values`."""
    column = snapshot.facet(name)
    key_of = key_of_facet(name)
    codes = [column.by_key[key] for value in values if (key := key_of(value)) in column.by_key]
    mask = np.zeros(snapshot.size, bool)
    mask[column.docs[np.isin(column.codes, codes)]] = True
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
    return {name: _counts_of(snapshot, name, narrowed(met, filters, but=name), chosen.get(name, ())) for name in FACETS}


def _label(name: str, value: str) -> str | None:
    """An outlet's code with its name."""
    known = outlet_named(value) if name == "outlet" else None
    return f"{known.name} ({known.code})" if known and known.code else None


def _counts_of(snapshot: Snapshot, name: str, mask: Mask, chosen: tuple[str, ...]) -> tuple[FacetCount, ...]:
    column = snapshot.facet(name)
    if not len(column.docs):
        return ()
    found = np.bincount(column.codes[mask[column.docs]], minlength=len(column.labels))
    key_of = key_of_facet(name)
    picked = {column.by_key.get(key_of(value), -1) for value in chosen}
    order = sorted(range(len(found)), key=lambda code: (-found[code], column.labels[code]))
    if name == "year":
        order.sort(key=lambda code: column.labels[code], reverse=True)
    kept = [code for code in order if found[code]][:SHOWN]
    kept += [code for code in picked if code >= 0 and code not in kept]
    return tuple(FacetCount(column.labels[code], int(found[code]), _label(name, column.labels[code])) for code in kept)
