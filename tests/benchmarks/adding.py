"""From a report that is handed over to a search that finds it: each engine on a copy of its index, in turns, a bare
fsync of 4 kB beside them. What the product does for its store is measured apart: a peer keeps none."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

from corpus.identity import id_of
from corpus.ingest import Prepared
from indexer.plan import Plan
from tests.benchmarks import coined
from tests.benchmarks.corpus import document_of, prepared_lines
from tests.benchmarks.engines import Engine
from tests.benchmarks.measure import quantile

COUNT = 60
FIRST = 7_000_000  # numbers that no report has; each report that is added has one of them


def added(
    root: Path, names: Sequence[str], opened: Callable[[str, Path], Engine], count: int = COUNT
) -> dict[str, float]:
    """Figures by name: p50 and p95 in milliseconds of each engine, of our store, of a bare fsync."""
    times: dict[str, list[float]] = {name: [] for name in ("fsync_4kb", "store_ours", *names)}
    with tempfile.TemporaryDirectory(dir=root) as aside:
        items = _items(Path(aside), count)
        engines = []
        for name in names:
            shutil.copytree(root / name, Path(aside) / name)
            engines.append(opened(name, Path(aside) / name))
        for number, item in enumerate(items):
            times["fsync_4kb"].append(_fsync(Path(aside) / "bare"))
            for turn in range(len(engines)):
                engine = engines[(number + turn) % len(engines)]
                taken, stored = _one(engine, item, str(FIRST + number))
                times[engine.name].append(taken)
                if stored:
                    times["store_ours"].append(stored)
        for engine in engines:
            engine.close()
    return {
        f"add_ms_{name}_{label}": round(quantile(values, share), 3)
        for name, values in times.items()
        if values
        for label, share in (("p50", 0.5), ("p95", 0.95))
    }


def _items(folder: Path, count: int) -> list[Prepared]:
    lines = folder / "added.jsonl"
    coined.write(count, lines, number_from=FIRST)
    return list(prepared_lines(lines))


def _one(engine: Engine, item: Prepared, word: str) -> tuple[float, float]:
    """Milliseconds until the word of a report is found, and of the store before that."""
    assert item.record is not None
    given = item if engine.name == "ours" else document_of(id_of(item.key), item.record)
    plan = Plan(must=((("x", word),),), scored=(("x", word, 1.0),))
    began = perf_counter()
    stored = engine.add(given) or 0.0
    found = engine.search(plan).total
    taken = (perf_counter() - began) * 1000 - stored
    if found != 1:
        raise AssertionError(f"{engine.name} finds {found} reports with {word}, which stands in the one just added")
    return taken, stored


def _fsync(path: Path) -> float:
    with open(path, "ab") as file:
        began = perf_counter()
        file.write(b"\0" * 4096)
        file.flush()
        os.fsync(file.fileno())
        return (perf_counter() - began) * 1000
