"""The engines that are compared, each with the same few methods (`Engine`)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from indexer.plan import Plan
from tests.benchmarks.plans import Found, Query

PAGE_FACETS = ("body", "year", "person", "document", "outlet", "kind", "province")  # of `indexer.page.FACETS`
SHOWN = 50  # values of a facet


def figures(name: str, n: int, *, prepare_s: float, index_s: float, index_bytes: int) -> dict[str, float]:
    """What building took, by name: reports a CPU-second when terms come ready in the engine's own form,
    CPU-milliseconds of bringing them there, and the size of the index alone."""
    return {
        f"index_ready_per_cpu_s_{name}": round(n / index_s, 1),
        f"prepare_cpu_ms_per_report_{name}": round(prepare_s / n * 1000, 4),
        f"index_per_cpu_s_{name}": round(n / (index_s + prepare_s), 1),
        f"index_mb_{name}": round(index_bytes / 1e6, 2),
    }


class Engine(Protocol):
    """An opened index. `Found.hits` are in the engine's own terms; `numbers` makes them numbers of the corpus."""

    name: str

    def search(self, plan: Plan) -> Found: ...
    def numbers(self, found: Found) -> list[int]: ...
    def passages(self, query: Query, found: Found) -> list[str]: ...
    def page(self, query: Query) -> int: ...
    def add(self, document: Any) -> float | None:
        """Add a report durably (a `Document`; the product's own road takes what `import` prepares); afterwards
        `search` finds it. Milliseconds of a store of its own, if there is one."""

    def close(self) -> None: ...


class Absent(Exception):
    """Why an engine isn't compared."""


def size_of(paths: Iterable[Path]) -> int:
    return sum(path.stat().st_size for path in paths if path.is_file())
