"""How a run of words is read: for each of its syllables the keys it may stand for, with weights.

A query without any mark is sought by its folded keys; one with marks by the exact keys first, and
by the folded ones beside them.
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer.analysis import Analysed

Weights = dict[str, float]


@dataclass(frozen=True)
class Readings:
    """Parallel to the tokens of a run: weighted exact and folded keys, and pairs of them.

    `exact_pairs[n]` and `folded_pairs[n]` join token n and n + 1; empty where a stop parts them.
    """

    exact: list[Weights]
    folded: list[Weights]
    exact_pairs: list[Weights]
    folded_pairs: list[Weights]
    marked: bool


def as_typed(read: Analysed) -> Readings:
    """Each syllable is itself."""
    marked = read.exact != read.folded
    last = len(read.tokens) - 1
    joined = [read.tokens[n + 1].joined for n in range(last)]
    return Readings(
        exact=[{key: 1.0} if marked else {} for key in read.exact],
        folded=[{key: 1.0} for key in read.folded],
        exact_pairs=[_pair(read.exact, n) if marked and joined[n] else {} for n in range(last)],
        folded_pairs=[_pair(read.folded, n) if joined[n] else {} for n in range(last)],
        marked=marked,
    )


def _pair(keys: list[str], n: int) -> Weights:
    return {f"{keys[n]} {keys[n + 1]}": 1.0}
