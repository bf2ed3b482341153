"""The Markdown table of ARCHITECTURE.md from a benchmark's JSON.

usage: python -m tests.benchmarks.table build/bench.json
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

TITLES = {"ours": "Biên Bản", "tantivy": "tantivy", "fts5": "SQLite FTS5", "whoosh": "stock Whoosh"}
FIGURES = (
    ("reports a CPU-second, ready terms", "index_ready_per_cpu_s_{}"),
    ("… what an engine is fed with prepared too", "index_per_cpu_s_{}"),
    ("… analysis included", "analyse_and_index_per_cpu_s_{}"),
    ("index, MB", "index_mb_{}"),
    ("memory while asking: own, MB", "memory_mb_{}_own"),
    ("… of that what imports took, MB", "memory_mb_{}_own_before"),
    ("… of mapped files, MB", "memory_mb_{}_mapped"),
    ("fresh process: imports, ms", "cold_ms_{}_imports"),
    ("… opening, ms", "cold_ms_{}_open"),
    ("… first question, ms", "cold_ms_{}_first_question"),
    ("added → searchable, p50, ms", "add_ms_{}_p50"),
    ("… p95, ms", "add_ms_{}_p95"),
)


def markdown(bench: dict[str, Any]) -> str:
    """One part for each size: milliseconds p50 / p95 by kind with ratios, then the other figures by engine."""
    parts = []
    for n in sorted({row["n"] for row in bench["rows"]}):
        rows = [row for row in bench["rows"] if row["n"] == n]
        engines = list(dict.fromkeys(row["engine"] for row in rows))
        parts.append(
            "\n".join([*_kinds(n, rows, engines), "", *_figures(bench["figures"], n, engines), "", *_alone(bench, n)])
        )
    return "\n\n".join([f"Measured {bench['date']} on {bench['machine']}.", *parts, *_growth(bench)]) + "\n"


def _kinds(n: int, rows: list[dict[str, Any]], engines: list[str]) -> Iterator[str]:
    others = [name for name in engines if name != "ours"] if "ours" in engines else []
    yield (
        f"| {n:,} reports, ms p50 / p95 | "
        + " | ".join([*(TITLES[name] for name in engines), *(f"÷ {TITLES[name]}" for name in others)])
        + " |"
    )
    yield "| --- |" + " --- |" * (len(engines) + len(others))
    for kind in dict.fromkeys(row["kind"] for row in rows):
        found = {row["engine"]: row for row in rows if row["kind"] == kind}
        cells = [_times(found.get(name)) for name in engines]
        cells += [_ratio(found.get("ours"), found.get(name)) for name in others]
        yield f"| {kind} | {' | '.join(cells)} |"


def _times(row: dict[str, Any] | None) -> str:
    return "–" if row is None else f"{_short(row['p50_ms'])} / {_short(row['p95_ms'])}"


def _ratio(ours: dict[str, Any] | None, other: dict[str, Any] | None) -> str:
    return "–" if ours is None or other is None else f"{_short(ours['p50_ms'] / other['p50_ms'])} ×"


def _short(value: float) -> str:
    """Two digits that tell something."""
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}" if value >= 2 else f"{value:.2f}"


def _figures(figures: dict[str, Any], n: int, engines: list[str]) -> Iterator[str]:
    yield f"| {n:,} reports | {' | '.join(TITLES[name] for name in engines)} |"
    yield "| --- |" + " --- |" * len(engines)
    for title, key in FIGURES:
        values = [figures.get(f"{n}_{key.format(name)}") for name in engines]
        if any(value is not None for value in values):
            yield f"| {title} | {' | '.join('–' if v is None else _short(v) for v in values)} |"


def _alone(bench: dict[str, Any], n: int) -> Iterator[str]:
    """What concerns one engine or none."""
    known = {f"{n}_{key.format(name)}" for _, key in FIGURES for name in TITLES}
    rest = {key: value for key, value in bench["figures"].items() if key.startswith(f"{n}_") and key not in known}
    told = [f"{key.removeprefix(f'{n}_')} {value}" for key, value in rest.items() if isinstance(value, int | float)]
    yield "Besides: " + ", ".join(told) + "."


def _growth(bench: dict[str, Any]) -> Iterator[str]:
    growth = bench.get("growth", {})
    if growth:
        engines = list(next(iter(growth.values())))
        head = f"| growth of p50 (and for each hit) | {' | '.join(TITLES[name] for name in engines)} |"
        rows = [
            f"| {kind} | {' | '.join(_grown(each[name]) if name in each else '–' for name in engines)} |"
            for kind, each in growth.items()
        ]
        yield "\n".join([head, "| --- |" + " --- |" * len(engines), *rows])


def _grown(times: Sequence[float]) -> str:
    return f"{_short(times[0])} × ({_short(times[1])})"


if __name__ == "__main__":
    print(markdown(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
