"""Whatever road the engine takes, it answers what the plain slow scorer answers, up to ties.

`BIENBAN_DEEPER=20 pytest tests/indexer/test_reference.py` looks at 20 times as many examples, other ones each time.
"""

from __future__ import annotations

import os
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer import arrays, facets, gains, part, plan
from indexer.crowding import DEPTH, LIKELY, SHARED
from indexer.fields import key_of_facet
from indexer.packed import postings
from indexer.page import FACETS, Page, Request
from indexer.searcher import search
from indexer.snapshot import Snapshot
from tests.indexer.reference import Book, Library, Shelves, found, made_up, outcome

DEEPER = int(os.environ.get("BIENBAN_DEEPER", "1"))  # how many times as many examples
NEAR = 1e-3
NEVER, ALWAYS = 0, 1_000_000
# Where a road begins is a matter of cost: with these each road is taken by collections of any size.
ROADS: dict[str, dict[Any, dict[str, int]]] = {
    "as it is": {},
    "one by one": {
        gains: {"MANY": NEVER}, part: {"SPREAD": NEVER, "GATHER": NEVER}, plan: {"SPARSE": NEVER},
        facets: {"NARROW": NEVER}, postings: {"FEWEST_DENSE": ALWAYS}, arrays: {"BLOCK": 1},
    },
    "all at once": {
        gains: {"MANY": ALWAYS}, part: {"SPREAD": ALWAYS, "GATHER": ALWAYS}, plan: {"SPARSE": ALWAYS},
        facets: {"NARROW": ALWAYS, "FEW_VALUES": ALWAYS}, postings: {"DENSE": ALWAYS, "FEWEST_DENSE": 0},
    },
    "rows, looked up": {
        gains: {"MANY": NEVER}, plan: {"SPARSE": NEVER}, postings: {"FEWEST_DENSE": 1},
        facets: {"NARROW": 2, "FEW_VALUES": NEVER}, arrays: {"BLOCK": 2},
    },
    "lists, added up": {
        gains: {"MANY": ALWAYS}, part: {"SPREAD": NEVER}, plan: {"SPARSE": ALWAYS}, postings: {"FEWEST_DENSE": ALWAYS},
        facets: {"NARROW": ALWAYS, "FEW_VALUES": NEVER},
    },
}  # fmt: skip


@pytest.fixture(params=ROADS)
def roads(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, limits in ROADS[request.param].items():
        for name, value in limits.items():
            monkeypatch.setattr(module, name, value)


def check(random: Random, commits: int, most: int, asked: int) -> None:
    """Make a collection, ask it and the reference the same, more than once while it changes."""
    with TemporaryDirectory() as folder:
        shelves = Shelves(Path(folder) / "index")
        for n in range(commits):
            shelves.commit(random, most)
            if random.random() < 0.3:
                shelves.merge()
            if n + 1 == commits or random.random() < 0.2:
                snapshot, library = shelves.opened()
                for _ in range(asked):
                    check_plan(snapshot, library, made_up.plan(random, library.books))
                    check_search(shelves, snapshot, library, made_up.request(random, shelves.said()), random)


def check_plan(snapshot: Snapshot, library: Library, asked: plan.Plan) -> None:
    wanted, answer = outcome(library, asked), plan.evaluate(snapshot, asked)
    assert answer.total == len(wanted.scores), asked
    number = {book.id: n for n, book in enumerate(library.books)}
    docs = [number[snapshot.id(doc)] for doc in answer.docs]
    assert len(docs) == len(set(docs)) == min(asked.limit, answer.total)
    assert answer.scores == pytest.approx([wanted.scores[n] for n in docs], rel=NEAR, abs=NEAR), asked
    assert answer.scores == pytest.approx(sorted(wanted.scores.values(), reverse=True)[: len(docs)], rel=NEAR, abs=NEAR)
    order = list(zip(answer.scores, docs, strict=True))
    assert order == sorted(order, key=lambda each: (-each[0], each[1]))
    assert {name: _by_key(name, counts.items()) for name, counts in answer.facets.items()} == wanted.facets, asked


def check_search(shelves: Shelves, snapshot: Snapshot, library: Library, asked: Request, random: Random) -> None:
    wanted, page = found(library, asked), search(snapshot, asked, shelves.stored)
    number = {book.id: n for n, book in enumerate(library.books)}
    docs = [number[hit.id] for hit in page.hits]
    assert page.total == len(docs) == len(set(docs)), asked
    assert set(docs) == wanted.scores.keys(), asked
    scores = [wanted.scores[n] for n in docs]
    assert [hit.score for hit in page.hits] == pytest.approx(scores, rel=NEAR, abs=NEAR), asked
    assert docs == _in_order(library, page, docs, asked), asked
    assert (set(page.reading.hints), set(page.reading.also)) == (wanted.hints, wanted.also), asked
    for name in FACETS:
        check_facet(library, name, page, wanted.facets[name], asked)
    limit = random.randint(1, 7)
    at = random.randint(1, len(docs) // limit + 1)
    part_of_it = search(snapshot, Request(**{**vars(asked), "page": at, "limit": limit}), shelves.stored)
    assert [hit.id for hit in part_of_it.hits] == [hit.id for hit in page.hits[(at - 1) * limit : at * limit]], asked
    assert (part_of_it.total, part_of_it.facets) == (page.total, page.facets)


def check_facet(library: Library, name: str, page: Page, wanted: dict[str, int], asked: Request) -> None:
    shown = [(each.value, each.count) for each in page.facets[name]]
    assert _by_key(name, [each for each in shown if each[1]]) == wanted, (name, asked)
    chosen = {key_of_facet(name)(value) for value in asked.facets.get(name, ())}
    assert {key_of_facet(name)(value) for value, count in shown if not count} <= chosen, (name, asked)
    found_here = {key for book in library.books for key in book.keys[name]}
    assert chosen & found_here <= {key_of_facet(name)(value) for value, _ in shown}, (name, asked)
    values = [value for value, count in shown if count]
    most_first = [value for _, value in sorted((-count, value) for value, count in shown if count)]
    assert values == (sorted(values, reverse=True) if name == "year" else most_first), asked


def _by_key(name: str, counts: Any) -> dict[str, int]:
    by_key = {key_of_facet(name)(value): count for value, count in counts}
    assert len(by_key) == len(list(counts)), f"a value of {name} stands twice"
    return by_key


def _in_order(library: Library, page: Page, docs: list[int], asked: Request) -> list[int]:
    """The hits in the order that their scores (as shown), their days and their numbers give."""
    scores = {n: hit.score for n, hit in zip(docs, page.hits, strict=True)}
    day = {n: library.books[n].day for n in docs}
    if asked.sort == "oldest":
        return sorted(docs, key=lambda n: (day[n] or 99_999_999, n))
    if asked.sort == "newest" or not asked.q.strip():
        return sorted(docs, key=lambda n: (-day[n], n))
    order = sorted(docs, key=lambda n: (-scores[n], -day[n], n))
    kept: list[int] = []
    for n in order[:DEPTH]:
        same_day = [library.books[other] for other in kept if day[n] and day[n] == day[other]]
        if not any(_alike(library.books[n], other) for other in same_day):
            kept.append(n)
    return kept + [n for n in order[:DEPTH] if n not in kept] + order[DEPTH:]


def _alike(one: Book, other: Book) -> bool:
    """Near-identical: by their sketches, then by the pairs of words of their paragraphs."""
    equal = sum(a == b for a, b in zip(one.sketch, other.sketch, strict=True))
    together = len(one.told | other.told)
    return equal / len(one.sketch) >= LIKELY and together > 0 and len(one.told & other.told) / together >= SHARED


def examples(number: int) -> settings:
    """Always the same ones, unless they are sought DEEPER."""
    return settings(
        max_examples=number * DEEPER,
        derandomize=DEEPER == 1,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )


@pytest.mark.usefixtures("roads")
@examples(12)
@given(random=st.randoms(use_true_random=False))
def test_small_collections(random: Random) -> None:
    check(random, commits=random.choice([0, 1, 2, 4, 12]), most=4, asked=5)


@pytest.mark.usefixtures("roads")
@examples(3)
@given(number=st.integers(0, 2**32))
def test_collections_with_very_common_words(number: int) -> None:
    random = Random(number)
    check(random, commits=random.randint(2, 5), most=random.choice([20, 150]), asked=8)
