"""The lattice of readings: for each syllable what it may stand for, weighed by what stands beside it.

Forward–backward over candidates (exact keys of the collection), after `shared` measurements:
restored marks, half-marked words, slips of the finger, wrong tones become soft weights; what was
typed is never replaced.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from indexer.vocabulary import Vocabulary

MOST = 12  # candidates of a syllable; of one that the collection does not have, MOST_UNKNOWN
MOST_UNKNOWN = 25
SLIP = 0.02
SLIP_TONE = 0.003
OTHER_MARKS = 0.3  # of a marked syllable that the collection does not have
LONELY = 0.005  # other marks of a known syllable that never stands beside its neighbours
AS_TYPED = 10.0  # of an unmarked syllable in a query with marks, against its marked readings
LEAST = 0.03  # readings below are dropped

Column = dict[str, float]


@dataclass(frozen=True)
class Solved:
    """Posteriors of each column and of each pair of neighbours, and ln of the whole likelihood."""

    columns: list[Column]
    pairs: list[Column]
    likelihood: float


def solve(columns: list[Column], joined: list[bool], vocabulary: Vocabulary) -> Solved:
    """Forward–backward; `joined[n]` says whether column n follows column n − 1 without a stop."""
    if not columns:
        return Solved([], [], 0.0)
    steps = [
        {
            (a, b): vocabulary.after(a, b) if joined[n] else vocabulary.unigram(b)
            for a in columns[n - 1]
            for b in columns[n]
        }
        for n in range(1, len(columns))
    ]
    forward, likelihood = _forward(columns, steps, vocabulary)
    backward = _backward(columns, steps)
    posteriors = [_normed({key: f[key] * b[key] for key in f}) for f, b in zip(forward, backward, strict=True)]
    pairs = [
        _normed({f"{a} {b}": forward[n][a] * p * columns[n + 1][b] * backward[n + 1][b] for (a, b), p in step.items()})
        if joined[n + 1]
        else {}
        for n, step in enumerate(steps)
    ]
    return Solved([_kept(each) for each in posteriors], [_kept(each) for each in pairs], likelihood)


def _forward(
    columns: list[Column], steps: list[dict[tuple[str, str], float]], vocabulary: Vocabulary
) -> tuple[list[Column], float]:
    """The forward column of each place, scaled to 1, and the sum of the logarithms of the scales."""
    first = {key: weight * vocabulary.unigram(key) for key, weight in columns[0].items()}
    found: list[Column] = []
    likelihood = 0.0
    for n in range(len(columns)):
        here = (
            first
            if n == 0
            else {
                b: weight * sum(found[-1][a] * steps[n - 1][a, b] for a in found[-1])
                for b, weight in columns[n].items()
            }
        )
        scale = sum(here.values()) or 1e-300
        likelihood += math.log(scale)
        found.append({key: value / scale for key, value in here.items()})
    return found, likelihood


def _backward(columns: list[Column], steps: list[dict[tuple[str, str], float]]) -> list[Column]:
    found: list[Column] = [dict.fromkeys(columns[-1], 1.0)]
    for n in range(len(columns) - 2, -1, -1):
        after, weights = found[0], columns[n + 1]
        here = {a: sum(steps[n][a, b] * weights[b] * after[b] for b in weights) for a in columns[n]}
        scale = max(here.values()) or 1e-300
        found.insert(0, {key: value / scale for key, value in here.items()})
    return found


def _normed(column: Column) -> Column:
    total = sum(column.values())
    return {key: value / total for key, value in column.items()} if total else dict.fromkeys(column, 1.0 / len(column))


def _kept(column: Column) -> Column:
    kept = {key: value for key, value in column.items() if value >= LEAST}
    return kept or ({max(column, key=lambda key: column[key]): 1.0} if column else {})


# ---- candidates


def candidates(
    exact: list[str], folded: list[str], joined: list[bool], fixed: set[int], vocabulary: Vocabulary
) -> list[Column]:
    """The columns of a query as typed: plain words, marked or not; `fixed` ones are codes and numbers."""
    marked = exact != folded
    columns: list[Column] = []
    for n, (key, fold) in enumerate(zip(exact, folded, strict=True)):
        if n in fixed:
            columns.append({key: 1.0})
        elif not marked:
            columns.append(_unmarked(fold, vocabulary))
        elif key == fold:
            columns.append(_half_marked(key, vocabulary))
        else:
            columns.append(_marked(exact, folded, n, joined, vocabulary))
    return columns


def _unmarked(fold: str, vocabulary: Vocabulary) -> Column:
    """Every key with that fold; where there is none, those at one slip."""
    keys = vocabulary.by_fold.get(fold, [])[:MOST]
    return dict.fromkeys(keys, 1.0) or slipped(fold, vocabulary) or {fold: 1.0}


def _half_marked(key: str, vocabulary: Vocabulary) -> Column:
    """A syllable without marks among marked ones: itself rather than a marked reading of it."""
    column = _unmarked(key, vocabulary)
    if key in column and vocabulary.counts.get(key):
        column[key] = AS_TYPED
    return column


def _marked(exact: list[str], folded: list[str], n: int, joined: list[bool], vocabulary: Vocabulary) -> Column:
    key, fold = exact[n], folded[n]
    column: Column = {key: 1.0}
    others = [other for other in vocabulary.by_fold.get(fold, []) if other != key]
    if key not in vocabulary.counts:
        if len(fold) >= 3:
            near = vocabulary.near_keys(key)
            best = sorted(near, key=lambda other: -vocabulary.counts[other])[:MOST_UNKNOWN]
            column |= {other: SLIP if near[other] else SLIP_TONE for other in best}
        column |= dict.fromkeys(others[:MOST], OTHER_MARKS)
    elif _is_lonely(exact, n, joined, vocabulary):
        column |= dict.fromkeys(others[:MOST], LONELY)
    return column


def _is_lonely(exact: list[str], n: int, joined: list[bool], vocabulary: Vocabulary) -> bool:
    before = n > 0 and joined[n] and vocabulary.pair(f"{exact[n - 1]} {exact[n]}")
    after = n + 1 < len(exact) and joined[n + 1] and vocabulary.pair(f"{exact[n]} {exact[n + 1]}")
    return len(exact) > 1 and not before and not after


def slipped(fold: str, vocabulary: Vocabulary) -> Column:
    """What a word that the collection does not have may have been before a slip of the finger."""
    if not _is_word(fold):
        return {}
    keys = [key for near in vocabulary.near_folds(fold) for key in vocabulary.by_fold[near][:MOST]]
    best = sorted(keys, key=lambda key: -vocabulary.counts[key])[:MOST_UNKNOWN]
    return dict.fromkeys(best, SLIP)


def _is_word(fold: str) -> bool:
    return len(fold) >= 3 and fold.isalpha()
