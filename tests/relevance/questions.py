"""The XQuAD questions in nine ways of typing, each looking for the paragraph it was written for.

usage: python -m tests.relevance.questions [--shared DIR]

The questions and the ways of typing are those of `eval_search.py` in the `shared` folder beside the checkout; where
that is missing, `measured` says so instead. The engine is asked in-process; peers answer the same questions.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from corpus.home import Home
from indexer import Collection, Request
from tests.conftest import filled
from tests.relevance.measures import DEPTH, HALVES, Row, means, reciprocal
from tests.relevance.peers import PEERS, Ask
from tests.reports import report

SHARED = Path(__file__).resolve().parents[3] / "shared"
SET, KEYS = "questions MRR@10", "questions, typed keys"
COMPARED = ("written", "stripped", "telex", "half", "bareslip")
Typed = Callable[[str], str]


class Absent(Exception):
    """What the measurement needs is not beside the checkout."""


def measured(shared: Path = SHARED, *, peers: bool = True) -> list[Row]:
    """Index the paragraphs, ask in every way of typing. Raises Absent."""
    with _evaluation(shared) as evaluation:
        texts, questions = evaluation.read(shared / "data" / "xquad.vi.json")
        english = [text for text, _ in evaluation.read(shared / "data" / "xquad.en.json")[1]]
        conditions: dict[str, Typed] = evaluation.CONDITIONS
    pairs = [(text, number - 1) for text, number in questions]
    others = _peers(texts) if peers else {}
    with tempfile.TemporaryDirectory(prefix="relevance-") as folder:
        collection, ask = _ours(Path(folder), texts)
        rows = [
            Row(SET, name, len(pairs), _mrr(ask, pairs, typed), _compared(others, name, pairs, typed))
            for name, typed in conditions.items()
        ]
        return rows + _keys(collection, [text for text, _ in pairs], english, conditions)


@contextmanager
def _evaluation(shared: Path) -> Iterator[ModuleType]:
    folder = shared / "acceptance"
    needed = [folder / "eval_search.py", *(shared / "data" / f"xquad.{language}.json" for language in ("vi", "en"))]
    if missing := [path for path in needed if not path.is_file()]:
        raise Absent(f"not measured: there is no {missing[0].name} in {missing[0].parent}")
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # it is not ours to write there
    sys.path.insert(0, str(folder))
    try:
        yield importlib.import_module("eval_search")
    finally:
        sys.path.remove(str(folder))
        sys.dont_write_bytecode = before


def _ours(folder: Path, texts: Sequence[str]) -> tuple[Collection, Ask]:
    home = Home(folder)
    ids = filled(
        home, (report(f"Văn bản {n}", text, url=f"https://example.org/{n}") for n, text in enumerate(texts, 1))
    )
    numbers = {id: number for number, id in enumerate(ids)}
    collection = Collection(home)
    return collection, lambda query: [numbers[hit.id] for hit in collection.search(Request(query)).hits]


def _peers(texts: Sequence[str]) -> dict[str, Ask | str]:
    made: dict[str, Ask | str] = {}
    for name, make in PEERS.items():
        try:
            made[name] = make(texts)
        except ImportError as problem:
            made[name] = f"no {problem.name}"
    return made


def _compared(
    others: dict[str, Ask | str], condition: str, pairs: Sequence[tuple[str, int]], typed: Typed
) -> dict[str, float | str]:
    if condition not in COMPARED:
        return {}
    return {name: ask if isinstance(ask, str) else _mrr(ask, pairs, typed)["all"] for name, ask in others.items()}


def _mrr(ask: Ask, pairs: Sequence[tuple[str, int]], typed: Typed) -> dict[str, float]:
    """By half of the question as it was written: a question is in one half however it is typed."""
    return means(
        (text, reciprocal([str(n) for n in ask(typed(text))[:DEPTH]], [str(number)])) for text, number in pairs
    )


def _keys(
    collection: Collection, asked: Sequence[str], english: Sequence[str], conditions: dict[str, Typed]
) -> list[Row]:
    """Shares rightly read: Telex and VNI as keys, English and unmarked questions not as keys."""

    def share(texts: Sequence[str], typed: Typed, wanted: bool) -> dict[str, float]:
        notes = ((text, collection.search(Request(typed(text), limit=1)).reading.note) for text in texts)
        return means((text, float((note in ("telex", "vni")) is wanted)) for text, note in notes)

    some = english[: len(asked)]
    return [
        *(Row(KEYS, name, len(asked), share(asked, conditions[name], True)) for name in ("telex", "vni")),
        Row(KEYS, "unmarked left alone", len(asked), share(asked, conditions["stripped"], False)),
        Row(KEYS, "English left alone", len(some), share(some, str, False)),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED)
    try:
        rows = measured(parser.parse_args().shared)
    except Absent as problem:
        print(problem)
        return 0
    for row in rows:
        figures = "  ".join(f"{part} {row.ours[part]:.4f}" for part in HALVES)
        others = "  ".join(f"{name} {v if isinstance(v, str) else format(v, '.3f')}" for name, v in row.peers.items())
        print(f"{row.set:21} {row.name:20} {figures}  {others}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
