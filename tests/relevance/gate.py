"""The gate of the ranking: every figure against its pinned floor, and the table for ARCHITECTURE.md.

usage: python -m tests.relevance.gate [--shared DIR] [--no-peers] [--raise]

The demo set always runs; the questions of the `shared` folder run where that lies beside the checkout. Exits 1 with a
sentence for each figure below its floor, each figure without a floor, and each floor without its figure.
`--raise` lifts floors to what was measured, less SLACK; it never lowers one: that is done by hand, in floors.json.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.relevance import demo_set, questions
from tests.relevance.measures import HALVES, Row
from tests.relevance.peers import PEERS

FLOORS = Path(__file__).with_name("floors.json")
SLACK = 0.005
MANY = 50  # from so many queries on, each half has a floor of its own
Floors = dict[str, dict[str, dict[str, float]]]


def read_floors(path: Path = FLOORS) -> Floors:
    """Floors by set, row and half."""
    floors: Floors = json.loads(path.read_text(encoding="utf-8"))
    return floors


def guarded(rows: Sequence[Row]) -> Iterator[tuple[Row, str, float]]:
    """The figures that need a floor: all queries of a row and, of large sets, each half."""
    for row in rows:
        for half in HALVES if row.count >= MANY else HALVES[:1]:
            yield row, half, row.ours[half]


def shortfalls(rows: Sequence[Row], floors: Floors) -> list[str]:
    """A sentence for each figure that is below its floor or has none, and for each floor without a figure."""
    found, seen = [], set()
    for row, half, value in guarded(rows):
        floor = floors.get(row.set, {}).get(row.name, {}).get(half)
        seen.add((row.set, row.name, half))
        if floor is None:
            found.append(f"{row.set}, {row.name} ({half}): {value:.4f} has no floor in {FLOORS.name}.")
        elif value < floor:
            found.append(f"{row.set}, {row.name} ({half}): {value:.4f} is below its floor {floor:.4f}.")
    measured = {row.set for row in rows}
    for name in measured & floors.keys():
        for kind, halves in floors[name].items():
            missing = [half for half in halves if (name, kind, half) not in seen]
            found += [f"{name}, {kind} ({half}): has a floor but was not measured." for half in missing]
    return found


def raised(rows: Sequence[Row], floors: Floors) -> Floors:
    """The floors, lifted where a figure lies more than SLACK above its own."""
    lifted: Floors = {name: {kind: dict(halves) for kind, halves in kinds.items()} for name, kinds in floors.items()}
    for row, half, value in guarded(rows):
        halves = lifted.setdefault(row.set, {}).setdefault(row.name, {})
        halves[half] = max(halves.get(half, 0.0), math.floor((value - SLACK) * 1000) / 1000)
    return lifted


def markdown(rows: Sequence[Row], floors: Floors) -> str:
    """One table: the figure of all queries, of both halves, the floor, and the peers."""
    head = ["set", "kind or typing", "queries", "all", "dev", "test", "floor", *PEERS]
    lines = [head, ["---"] * 2 + ["---:"] * (len(head) - 2)]
    for row in rows:
        ours = [_cell(row.ours.get(half)) for half in HALVES]
        floor = _cell(floors.get(row.set, {}).get(row.name, {}).get("all"))
        lines.append([row.set, row.name, str(row.count), *ours, floor, *(_cell(row.peers.get(p)) for p in PEERS)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: float | str | None) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else f"{value:.3f}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=questions.SHARED)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--raise", action="store_true", dest="lift", help="lift the floors to what was measured")
    args = parser.parse_args(arguments)
    rows = demo_set.measured()
    try:
        rows += questions.measured(args.shared, peers=not args.no_peers)
    except questions.Absent as problem:
        print(f"{questions.SET}: {problem}", file=sys.stderr)
    floors = read_floors()
    if args.lift:
        floors = raised(rows, floors)
        FLOORS.write_text(json.dumps(floors, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(markdown(rows, floors))
    short = shortfalls(rows, floors)
    for sentence in short:
        print(sentence, file=sys.stderr)
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
