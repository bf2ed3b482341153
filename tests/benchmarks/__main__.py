"""usage: python -m tests.benchmarks [N…] [--out build/bench.json] [--coined] [--no-processes]

Builds what isn't built yet under build/bench/, asks all engines, prints the table and writes the JSON.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import pickle
import platform
import sqlite3
import sys
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from tests.benchmarks.adding import COUNT as ADDS
from tests.benchmarks.adding import added
from tests.benchmarks.building import built, names_for, opener
from tests.benchmarks.corpus import MAKER, ROOT, Place, prepared
from tests.benchmarks.engines import Engine
from tests.benchmarks.measure import ROUNDS, Row, differences, measured, recall
from tests.benchmarks.processes import STARTS, cold_starts, memories
from tests.benchmarks.queries import COUNT, queries, sampled
from tests.benchmarks.table import markdown

Figures = dict[str, Any]


def measure(
    place: Place, *, count: int = COUNT, rounds: int = ROUNDS, starts: int = STARTS, adds: int = ADDS
) -> tuple[list[Row], Figures]:
    """All rows and figures of one collection."""
    names = names_for(place.n)
    figures: Figures = {}
    for name in names:
        figures |= built(place, name)
    if "ours" in names:
        for name in names:
            figures[f"analyse_and_index_per_cpu_s_{name}"] = _together(figures, name)
    found = sampled(place)
    asked = queries(found, count)
    engines = [_opened(name, place.folder / name, found.ids) for name in names]
    rows = measured(place.n, engines, asked, rounds)
    wrong = differences(engines, asked)
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    figures["questions_with_different_answers"] = len(wrong)
    if {"ours", "tantivy"} <= set(names):
        shares = recall(engines[0], engines[names.index("tantivy")], asked)
        figures |= {f"recall_of_tantivy_{kind.replace(' ', '_')}": share for kind, share in shares.items()}
    for engine in engines:
        engine.close()
    if starts:
        questions = place.folder / "questions.pickle"
        questions.write_bytes(pickle.dumps(asked))
        figures |= cold_starts(names, place.folder, questions, starts) | memories(names, place.folder, questions)
        figures |= added(place.folder, [name for name in names if name != "whoosh"], _opened, adds)
    return rows, figures


def _opened(name: str, folder: Path, ids: list[str] | None = None) -> Engine:
    return opener(name)(folder, ids or ()) if name == "ours" else opener(name)(folder)


def _together(figures: Figures, name: str) -> float:
    """Analysis takes the same for every engine; what it is fed with and its own indexing come on top."""
    each = 1 / figures["analyse_per_cpu_s_ours"] + 1 / figures[f"index_per_cpu_s_{name}"]
    return round(1 / each, 1)


def ratios(rows: list[Row]) -> dict[str, dict[str, float]]:
    """Ours over each other engine, by size and kind: p50 and p95."""
    by = {(row.n, row.kind, row.engine): row for row in rows}
    found: dict[str, dict[str, float]] = {}
    for (n, kind, engine), row in by.items():
        if engine != "ours" and (ours := by.get((n, kind, "ours"))):
            found.setdefault(f"{n} {kind}", {}).update(
                {
                    f"p50_{engine}": round(ours.p50_ms / row.p50_ms, 3),
                    f"p95_{engine}": round(ours.p95_ms / row.p95_ms, 3),
                }
            )
    return found


def growth(rows: list[Row]) -> dict[str, dict[str, tuple[float, float]]]:
    """From the smallest to the largest collection: how many times p50 grew, and that divided by how many times
    the documents found grew."""
    sizes = sorted({row.n for row in rows})
    if len(sizes) < 2:
        return {}
    small = {(row.kind, row.engine): row for row in rows if row.n == sizes[0]}
    found: dict[str, dict[str, tuple[float, float]]] = {}
    for row in rows:
        before = small.get((row.kind, row.engine))
        if row.n == sizes[-1] and before:
            times = row.p50_ms / before.p50_ms
            hits = row.total / before.total if before.total else 1.0
            found.setdefault(row.kind, {})[row.engine] = (round(times, 2), round(times / hits, 3))
    return found


def machine() -> str:
    """Processor, cores, memory, versions: what figures depend on."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = [model, f"{os.cpu_count()} cores", f"{memory:.0f} GB", f"Python {platform.python_version()}"]
    for name in ("numpy", "tantivy", "whoosh3"):
        try:
            parts.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return ", ".join([*parts, f"SQLite {sqlite3.sqlite_version}"])


def bench(rows: list[Row], figures: Figures, text: str) -> dict[str, Any]:
    """What is written as JSON."""
    return {
        "machine": machine(),
        "date": datetime.date.today().isoformat(),
        "text": text,
        "rows": [asdict(row) for row in rows],
        "ratios": ratios(rows),
        "growth": growth(rows),
        "figures": figures,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("n", type=int, nargs="*", default=[5_000])
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench.json")
    parser.add_argument("--coined", action="store_true", help="coined text even where ../shared is there")
    parser.add_argument("--no-processes", action="store_true", help="only what is asked in this process")
    args = parser.parse_args()
    natural = MAKER.is_file() and not args.coined
    rows: list[Row] = []
    figures: Figures = {}
    for n in args.n:
        more, named = measure(prepared(n, natural=natural), starts=0 if args.no_processes else STARTS)
        rows += more
        figures |= {f"{n}_{name}": value for name, value in named.items()}
    written = bench(rows, figures, "natural" if natural else "coined")
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(markdown(written))
    return 0


if __name__ == "__main__":
    sys.exit(main())
