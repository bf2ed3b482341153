"""What is measured in a process of its own: a cold start, memory while asking, `bienban import`.

usage (by the benchmark itself): python -m tests.benchmarks.processes cold|memory ENGINE FOLDER QUESTIONS
"""

from __future__ import annotations

import json
import os
import pickle
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
MODULES = {
    "ours": ("corpus.home", "indexer", "indexer.plan"),
    "tantivy": ("tantivy",),
    "fts5": ("sqlite3",),
    "whoosh": ("whoosh.index", "whoosh.query", "whoosh.scoring"),
}
STARTS = 7


def cold_starts(names: Sequence[str], root: Path, questions: Path, starts: int = STARTS) -> dict[str, float]:
    """Medians in milliseconds of fresh processes: imports, opening, the first question (of eight words), a bare
    `import numpy`; for the product the first page too. Files are in the page cache."""
    times: dict[str, list[float]] = {}
    for _ in range(starts):
        bare = _told([sys.executable, "-c", _NUMPY])
        times.setdefault("cold_ms_import_numpy", []).append(bare["import"])
        for name in names:
            told = _child("cold", name, root / name, questions)
            for what, value in told.items():
                times.setdefault(f"cold_ms_{name}_{what}", []).append(value)
    return {name: round(statistics.median(values), 2) for name, values in times.items()}


def memories(names: Sequence[str], root: Path, questions: Path) -> dict[str, float]:
    """MB of each engine after all kinds of questions: of its own, of mapped files, and its own before opening."""
    found = {}
    for name in names:
        for what, value in _child("memory", name, root / name, questions).items():
            found[f"memory_mb_{name}_{what}"] = value
    return found


_NUMPY = (
    "import time; t = time.perf_counter(); import numpy; print('{\"import\": %f}' % ((time.perf_counter() - t) * 1000))"
)


def _child(what: str, name: str, folder: Path, questions: Path) -> dict[str, float]:
    return _told([sys.executable, "-m", "tests.benchmarks.processes", what, name, str(folder), str(questions)])


def _told(command: list[str]) -> dict[str, float]:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return told


def cold(name: str, folder: Path, questions: Path) -> dict[str, float]:
    began = perf_counter()
    for module in MODULES[name]:
        import_module(module)
    imported = perf_counter()
    from tests.benchmarks.building import opener

    asked = pickle.loads(questions.read_bytes())  # written by the benchmark itself
    opens = opener(name)
    start = perf_counter()
    engine = opens(folder)
    opened = perf_counter()
    engine.search(asked["question of 8 words"][0].plan)
    answered = perf_counter()
    told = {"imports": imported - began, "open": opened - start, "first_question": answered - opened}
    if name == "ours":
        engine.page(asked["a whole page"][0])
        told["first_page"] = perf_counter() - answered
    return {what: seconds * 1000 for what, seconds in told.items()}


def memory(name: str, folder: Path, questions: Path) -> dict[str, float]:
    from tests.benchmarks.building import opener

    asked = pickle.loads(questions.read_bytes())
    opens, before = opener(name), _resident(os.getpid())
    engine = opens(folder)
    for kind, each in asked.items():
        for query in each[:20] if name in ("fts5", "whoosh") else each:
            if kind != "a whole page":
                engine.search(query.plan)
            elif hasattr(engine, "page"):
                engine.page(query)
    after = _resident(os.getpid())
    return {"own": after["RssAnon"], "mapped": after["RssFile"], "own_before": before["RssAnon"]}


def _resident(pid: int) -> dict[str, float]:
    """MB of a process by kind of memory."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {line.split(":")[0]: round(int(line.split()[1]) / 1024, 1) for line in lines if line.startswith("Rss")}


def imported(lines: Path, home: Path) -> dict[str, float | list[list[float]]]:
    """`bienban import` of the whole file: reports a second, CPU-seconds, memory over time of all its processes."""
    with open(lines, "rb") as file:
        count = sum(1 for _ in file)
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    command = [sys.executable, "-m", "webapp", "--home", str(home), "import", str(lines), "--json"]
    curve: list[list[float]] = []
    with open(os.devnull, "wb") as nowhere, subprocess.Popen(command, cwd=ROOT, stdout=nowhere) as child:
        while child.poll() is None:
            curve.append([round(perf_counter() - began, 1), sum(_own(pid) for pid in _family(child.pid))])
            time.sleep(0.25)
    wall = perf_counter() - began
    if child.returncode:
        raise RuntimeError(f"bienban import ended with {child.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    thinned = curve[:: max(1, len(curve) // 40)]
    return {
        "import_reports_per_s": round(count / wall, 1),
        "import_reports_per_cpu_s": round(count / cpu, 1),
        "import_own_mb_most": round(max((own for _, own in curve), default=0.0), 1),
        "import_own_mb_curve": thinned,
    }


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            yield from _family(int(child))
    except OSError:
        return


def _own(pid: int) -> float:
    try:
        return _resident(pid).get("RssAnon", 0.0)
    except OSError:
        return 0.0


if __name__ == "__main__":
    what, name, folder, questions = sys.argv[1:]
    print(json.dumps({"cold": cold, "memory": memory}[what](name, Path(folder), Path(questions))))
