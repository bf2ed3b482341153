"""Small operations on arrays that numpy has no fast form of."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
Words = npt.NDArray[np.uint64]
Numbers = npt.NDArray[Any]  # unsigned integers of whatever width a segment stores
BLOCK = 256  # scores a block, whose best gives a first threshold


def places(inside: Numbers, wanted: Numbers) -> tuple[Ints, Mask]:
    """For each of `wanted` where it stands in `inside` (both ascending, of one type), and whether it does."""
    if not len(inside):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), bool)
    at = inside.searchsorted(wanted)
    at[at == len(inside)] = 0
    return at, inside[at] == wanted


def both(one: Numbers, other: Numbers) -> Numbers:
    """What two ascending arrays have in common."""
    if len(one) > len(other):
        one, other = other, one
    return one[places(other, one)[1]] if len(one) else one


def sizes_of(starts: Numbers) -> Ints:
    """The size of each range of a list of starts, whose last is the end."""
    whole: Ints = starts.astype(np.int64)
    return whole[1:] - whole[:-1]


def ranges(starts: Ints, lengths: Ints) -> Ints:
    """The numbers start, start + 1, … of each range, one range after another."""
    ends = lengths.cumsum()
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts - ends + lengths, lengths) + np.arange(total)


def packed(mask: Mask) -> Words:
    """A mask as 64-bit words, the last one filled with zeros."""
    bits = np.packbits(mask)
    return np.pad(bits, (0, -len(bits) % 8)).view(np.uint64)


def at_least_best(scores: Floats, most: int) -> Ints:
    """The places of the `most` highest scores, in no order, and of all that equal the last of them."""
    size = len(scores)
    if most >= size:
        return np.arange(size)
    found = None
    if size > 16 * BLOCK:  # the k-th best block has its best at or below the k-th best score
        blocks = scores[: size - size % BLOCK].reshape(-1, BLOCK).max(axis=1)
        if len(blocks) > most:
            found = np.flatnonzero(scores >= np.partition(blocks, -most)[-most])
    if found is None:
        found = np.arange(size)
    kept = scores[found]
    return found[kept >= np.partition(kept, -most)[-most]] if len(found) > most else found
