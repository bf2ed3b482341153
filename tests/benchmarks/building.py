"""What each engine makes of a collection, built once and kept with what building took."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from tests.benchmarks.corpus import Place
from tests.benchmarks.engines import Absent, Engine

MODULES = {
    "ours": ("ours", "Ours"),
    "tantivy": ("tantivy_engine", "Tantivy"),
    "fts5": ("fts5", "Fts5"),
    "whoosh": ("whoosh_stock", "WhooshStock"),
}
WHOOSH_UP_TO = 5_000


def names_for(n: int) -> list[str]:
    """The engines that are compared on `n` reports; those that cannot be are told of."""
    found = []
    for name in MODULES:
        if name == "whoosh" and n > WHOOSH_UP_TO:
            continue
        try:
            opener(name)
        except Absent as problem:
            print(f"without {name}: {problem}", file=sys.stderr)
        else:
            found.append(name)
    return found


def opener(name: str) -> Callable[..., Engine]:
    """What opens an engine's folder. Raises Absent."""
    module, kind = MODULES[name]
    return getattr(import_module(f"tests.benchmarks.engines.{module}"), kind)  # type: ignore[no-any-return]


def built(place: Place, name: str) -> dict[str, Any]:
    """Figures of building an engine's index: it is built where it isn't there yet."""
    folder, told = place.folder / name, place.folder / f"{name}.json"
    if not told.is_file():
        shutil.rmtree(folder, ignore_errors=True)
        print(f"{name}: indexing {place.n} reports", file=sys.stderr)
        module = import_module(f"tests.benchmarks.engines.{MODULES[name][0]}")
        told.write_text(json.dumps(module.build(place, folder)))
    found: dict[str, Any] = json.loads(told.read_text())
    return found
