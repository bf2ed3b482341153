"""MinHash sketches: what two near-identical documents have mostly in common."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.packed.postings import runs

MINIMA = 16  # values of a sketch
_ODD = np.array([(0x9E3779B1 * (2 * n + 1)) & 0xFFFFFFFF | 1 for n in range(MINIMA)], np.uint32)
Numbers = npt.NDArray[Any]


def sketches(terms: list[str], numbers: Numbers, second: Numbers, docs: Numbers, size: int) -> Numbers:
    """MinHash of the folded pairs of each document, from the texts of the terms: the same in every segment."""
    found = np.full((size, MINIMA), 0xFFFFFFFF, np.uint32)
    if not len(second):
        return found
    hashes = np.array([zlib.crc32(term.encode()) for term in terms], np.uint32)
    pair = hashes[numbers[second - 1]] * np.uint32(0x85EBCA6B) + hashes[numbers[second]]
    pair ^= pair >> np.uint32(15)
    starts = runs(docs[second])[:-1]
    have = docs[second][starts]
    for n, odd in enumerate(_ODD):
        mixed = pair * odd
        mixed ^= mixed >> np.uint32(16)
        found[have, n] = np.minimum.reduceat(mixed * np.uint32(0xC2B2AE35), starts)
    return found
