"""The whole harness on a few coined reports: every engine gives the same answers where it must, and what is written
has all that a script compares. Nothing here is timed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.benchmarks.__main__ import Figures, bench, measure
from tests.benchmarks.adding import COUNT as ADDED
from tests.benchmarks.building import built, names_for, opener
from tests.benchmarks.corpus import Place, prepared
from tests.benchmarks.engines import Engine
from tests.benchmarks.measure import Row, differences, quantile, recall
from tests.benchmarks.plans import attached
from tests.benchmarks.queries import KINDS, SCORED, queries, question, sampled, words
from tests.benchmarks.table import markdown
from tests.benchmarks.typed import telex, unmarked

N, COUNT = 60, 8


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    pytest.importorskip("tantivy", reason="tantivy is not installed; `make bench` and `make relevance` do so")
    return prepared(N, tmp_path_factory.mktemp("bench"), natural=False)


@pytest.fixture(scope="module")
def engines(place: Place) -> Iterator[list[Engine]]:
    names = names_for(place.n)
    for name in names:
        built(place, name)
    ids = sampled(place).ids
    opened = [opener(name)(place.folder / name, *([ids] if name == "ours" else [])) for name in names]
    yield opened
    for engine in opened:
        engine.close()


@pytest.fixture(scope="module")
def measured(place: Place, engines: list[Engine]) -> tuple[list[Row], Figures]:
    return measure(place, count=COUNT, rounds=1, starts=1, adds=4)


def test_all_engines_are_compared(engines: list[Engine]) -> None:
    assert [engine.name for engine in engines] == ["ours", "tantivy", "fts5", "whoosh"]


def test_engines_find_as_many_reports_and_count_the_same_facets(place: Place, engines: list[Engine]) -> None:
    asked = queries(sampled(place), 20)
    assert differences(engines, asked) == []
    totals = [engines[0].search(query.plan).total for kind in SCORED for query in asked[kind]]
    assert sum(total > 0 for total in totals) > len(totals) * 0.8


def test_the_best_of_tantivy_are_among_ours(place: Place, engines: list[Engine]) -> None:
    shares = recall(engines[0], engines[1], queries(sampled(place), 20))
    assert set(shares) == set(SCORED) - {"phrase of three"}
    assert min(shares.values()) > 0.8


def test_every_kind_has_a_row_of_every_engine_that_can(measured: tuple[list[Row], Figures]) -> None:
    rows, _ = measured
    assert {(row.engine, row.kind) for row in rows} == {
        (name, kind)
        for kind in KINDS
        for name in ("ours", "tantivy", "fts5", "whoosh")
        if kind in SCORED or name != "whoosh"
    }
    assert all(0 < row.p50_ms <= row.p95_ms and row.first_p50_ms > 0 for row in rows)


def test_what_is_written_has_all_figures_and_makes_a_table(measured: tuple[list[Row], Figures]) -> None:
    written = bench(
        [*measured[0], *(_larger(row) for row in measured[0])],
        {f"{N}_{k}": v for k, v in measured[1].items()},
        "coined",
    )
    for name in ("ours", "tantivy", "fts5"):
        for figure in (
            "index_ready_per_cpu_s_{}",
            "index_mb_{}",
            "memory_mb_{}_own",
            "cold_ms_{}_open",
            "add_ms_{}_p50",
        ):
            assert written["figures"][f"{N}_{figure.format(name)}"] > 0
    for figure in ("import_reports_per_s", "store_per_cpu_s_ours", "add_ms_fsync_4kb_p50", "cold_ms_import_numpy"):
        assert written["figures"][f"{N}_{figure}"] > 0
    assert written["ratios"][f"{N} rare word"].keys() == {
        f"{p}_{name}" for p in ("p50", "p95") for name in ("tantivy", "fts5", "whoosh")
    }
    assert written["growth"]["rare word"]["ours"] == (2.0, 1.0)
    table = markdown(written)
    assert all(f"| {kind} |" in table for kind in KINDS) and "| index, MB |" in table


def _larger(row: Row) -> Row:
    """The same, found twice as often in twice the time in ten times as many reports."""
    return Row(**(vars(row) | {"n": 10 * row.n, "p50_ms": 2 * row.p50_ms, "total": 2 * row.total}))


def test_questions_are_the_same_ones_every_time(place: Place) -> None:
    assert queries(sampled(place), 5) == queries(sampled(place), 5)
    assert {kind: len(each) for kind, each in queries(sampled(place), 5).items()} == {
        kind: 10 if kind == "a whole page" else 5 for kind in KINDS
    }


def test_what_is_scored_is_put_where_it_is_implied() -> None:
    plan = question(["đồi", "chè"], [False, True], every=True)
    first, second = attached(plan)
    assert {(name, term) for name, term, _ in first} >= {("f", "doi"), ("x", "đồi"), ("bx", "đồi chè"), ("tf", "doi")}
    assert {(name, term) for name, term, _ in second} == {("f", "che"), ("x", "chè"), ("tx", "chè"), ("tf", "che")}
    assert attached(words(["đồi"])) == [[("x", "đồi", 1.0)]]


def test_typed_without_marks_and_as_keys() -> None:
    assert unmarked("Đồi Chè huyện") == "Doi Che huyen"
    assert telex("Đồi Chè huyện") == "ddooif chef huyeenj"


def test_quantiles_are_values_that_were_measured() -> None:
    assert quantile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert quantile(list(map(float, range(1, 101))), 0.95) == 96.0
    assert ADDED >= 50
