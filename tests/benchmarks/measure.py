"""Asks all engines the same questions, one query after another in rotating order, and says how long each took.

Every question is asked ROUNDS times and once before (`first`: the engine answers it for the first time). Of pages only
first answers count, after half of the questions has warmed the engines up: a cache of whole pages must not be what is
measured. An engine that has spent BUDGET_S on a kind is asked no more of it once it has answered ENOUGH questions.
"""

from __future__ import annotations

import gc
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter_ns

from tests.benchmarks.engines import Engine
from tests.benchmarks.plans import Query
from tests.benchmarks.queries import KINDS, SCORED

ROUNDS = 3
BUDGET_S, ENOUGH = 30.0, 20
DEPTH = 10


@dataclass
class Row:
    """Milliseconds of one engine for one kind; `total` is the mean number of documents found."""

    n: int
    engine: str
    kind: str
    p50_ms: float
    p95_ms: float
    first_p50_ms: float
    first_p95_ms: float
    asked: int
    total: float


@dataclass
class _Times:
    first: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)

    def tired(self) -> bool:
        return sum(self.first) + sum(self.again) > BUDGET_S * 1000 and len(self.first) >= ENOUGH


def quantile(values: Sequence[float], share: float) -> float:
    """A quantile as the nearest value that was measured; of two values in the middle their mean."""
    if share == 0.5:
        return statistics.median(values)
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def measured(n: int, engines: Sequence[Engine], questions: dict[str, list[Query]], rounds: int = ROUNDS) -> list[Row]:
    """A row for each engine and kind that the engine can do."""
    gc.collect()
    gc.freeze()  # what is loaded by now is not walked through again
    rows = []
    for kind in KINDS:
        able = [engine for engine in engines if kind in SCORED or hasattr(engine, "page")]
        times = {engine.name: _Times() for engine in able}
        if kind == "a whole page":
            half = len(questions[kind]) // 2
            _round(able, kind, questions[kind][:half], {engine.name: _Times() for engine in able}, first=True)
            _round(able, kind, questions[kind][half:], times, first=True)
        else:
            for number in range(rounds + 1):
                _round(able, kind, questions[kind], times, first=number == 0)
        rows += [_row(n, kind, name, each) for name, each in times.items()]
        print(f"{n} {kind}: " + ", ".join(f"{r.engine} {r.p50_ms:.3f}" for r in rows[-len(able) :]), file=sys.stderr)
    return rows


def _row(n: int, kind: str, engine: str, times: _Times) -> Row:
    again = times.again or times.first
    figures = [round(quantile(each, share), 4) for each in (again, times.first) for share in (0.5, 0.95)]
    return Row(n, engine, kind, *figures, asked=len(again), total=round(statistics.fmean(times.totals), 1))


def _round(
    engines: Sequence[Engine], kind: str, questions: list[Query], times: dict[str, _Times], *, first: bool
) -> None:
    for number, query in enumerate(questions):
        for turn in range(len(engines)):
            engine = engines[(number + turn) % len(engines)]
            kept = times[engine.name]
            if kept.tired():
                continue
            ask = _asking(engine, kind, query)
            began = perf_counter_ns()
            total = ask()
            (kept.first if first else kept.again).append((perf_counter_ns() - began) / 1e6)
            if first:
                kept.totals.append(total)


def _asking(engine: Engine, kind: str, query: Query) -> Callable[[], int]:
    """What is timed; the ten hits of which passages are cut are found before."""
    if kind == "10 snippets":
        found = engine.search(query.plan)
        return lambda: len(engine.passages(query, found))
    if kind == "a whole page":
        return lambda: engine.page(query)
    return lambda: engine.search(query.plan).total


def differences(engines: Sequence[Engine], questions: dict[str, list[Query]]) -> list[str]:
    """A sentence for each question whose total or facet counts are not the same for all engines."""
    found = []
    for kind in SCORED:
        for query in questions[kind]:
            answers = [(engine.name, engine.search(query.plan)) for engine in engines]
            told = [f"{name} {answer.total} {_counts(answer.facets)}" for name, answer in answers]
            if any(
                (a.total, _counts(a.facets)) != (answers[0][1].total, _counts(answers[0][1].facets)) for _, a in answers
            ):
                found.append(f"{kind}: {'; '.join(told)}: {query.plan}")
    return found


def _counts(facets: dict[str, dict[str, int]]) -> dict[str, list[tuple[str, int]]]:
    return {name: sorted((value, count) for value, count in values.items() if count) for name, values in facets.items()}


def recall(ours: Engine, other: Engine, questions: dict[str, list[Query]]) -> dict[str, float]:
    """By kind the share of the other's ten best that are among ours.

    Of documents that score the same (to 1e-4) with the other as its tenth, any is as good: as many of them count as
    it shows, whichever ours shows. The other's lengths are rounded to one byte, which changes the order of near ties.
    """
    found = {}
    for kind in SCORED:
        shares = [_shared(ours, other, query) for query in questions[kind] if not query.plan.phrase]
        if shares := [share for share in shares if share is not None]:
            found[kind] = round(statistics.fmean(shares), 4)
    return found


def _shared(ours: Engine, other: Engine, query: Query) -> float | None:
    from dataclasses import replace

    theirs = other.search(replace(query.plan, limit=10 * DEPTH))
    if not theirs.hits:
        return None
    numbers = other.numbers(theirs)
    count = min(DEPTH, len(numbers))
    last = theirs.scores[count - 1]
    sure = {number for number, score in zip(numbers, theirs.scores, strict=True) if score > last + 1e-4}
    tied = {number for number, score in zip(numbers, theirs.scores, strict=True) if abs(score - last) <= 1e-4}
    shown = set(ours.numbers(ours.search(query.plan)))
    return (len(sure & shown) + min(count - len(sure), len(tied & shown))) / count
