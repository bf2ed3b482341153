"""What a ranking is measured by, and the two halves of every set: one to tune on, one to report."""

from __future__ import annotations

import hashlib
import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

DEPTH = 10
HALVES = ("all", "dev", "test")


@dataclass(frozen=True)
class Row:
    """One line of the table: a figure of a set, of each half (none where that half has no query), and the peers'.

    `peers` maps a peer's name to its figure on all queries, or to the reason why there is none.
    """

    set: str
    name: str
    count: int
    ours: Mapping[str, float]
    peers: Mapping[str, float | str] = field(default_factory=dict)


def half(text: str) -> str:
    """`dev` or `test`, by a hash of the text: nobody chose which."""
    digest = hashlib.sha256(unicodedata.normalize("NFC", text).encode()).digest()
    return "test" if digest[0] % 2 else "dev"


def means(values: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Means of (query, value) over all queries and over each half."""
    parts: dict[str, list[float]] = {name: [] for name in HALVES}
    for text, value in values:
        parts["all"].append(value)
        parts[half(text)].append(value)
    return {name: sum(part) / len(part) for name, part in parts.items() if part}


def ndcg(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """nDCG@10 with gains 2^grade − 1: 1 where no order of documents could be better."""
    best = sorted(grades.values(), reverse=True)
    return _gain([grades.get(each, 0) for each in found]) / _gain(best)


def _gain(grades: Sequence[int]) -> float:
    return sum(((1 << grade) - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades[:DEPTH]))


def reciprocal(found: Sequence[str], right: Iterable[str]) -> float:
    """1 / rank of the first right document among the first ten, else 0."""
    wanted = set(right)
    return next((1 / rank for rank, each in enumerate(found[:DEPTH], 1) if each in wanted), 0.0)
