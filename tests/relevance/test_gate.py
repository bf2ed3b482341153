"""The ranking of the demo set against its floors, and the gate and the table of queries themselves."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath

import pytest

from corpus.demonstration import demo_articles
from tests.relevance import demo_set
from tests.relevance.gate import markdown, raised, read_floors, shortfalls
from tests.relevance.measures import Row, half, ndcg, reciprocal


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return demo_set.measured()


def test_no_figure_of_the_demo_set_is_below_its_floor(rows: list[Row]) -> None:
    assert shortfalls(rows, read_floors()) == []


def test_every_figure_stands_in_the_table(rows: list[Row]) -> None:
    assert len(markdown(rows, read_floors()).split("\n")) == len(rows) + 2


def test_queries_are_eighty_each_once_and_answered_by_demo_articles() -> None:
    queries = list(demo_set.queries())
    stems = {PurePath(str(each.record.source.file)).stem for each in demo_articles() if each.record}
    assert len(queries) == len({query.text for query in queries}) == 80
    assert min(Counter(query.kind for query in queries).values()) >= 7
    assert {half(query.text) for query in queries} == {"dev", "test"}
    for query in queries:
        assert query.grades.keys() <= stems, query.text
        assert query.best and set(query.grades.values()) <= {1, 2, 3}, query.text


def test_measures() -> None:
    grades = {"a": 3, "b": 1}
    assert ndcg(["a", "b"], grades) == 1
    assert ndcg(["b", "a"], grades) == pytest.approx(0.7098, abs=1e-4)
    assert ndcg(["c"], grades) == 0
    assert reciprocal(["c", "a"], ["a"]) == 0.5
    assert reciprocal([*"cdefghijkl", "a"], ["a"]) == 0


def test_a_figure_below_its_floor_or_without_one_is_told() -> None:
    row = Row("set", "kind", 3, {"all": 0.5})
    assert shortfalls([row], {"set": {"kind": {"all": 0.5}}}) == []
    assert "below its floor" in shortfalls([row], {"set": {"kind": {"all": 0.51}}})[0]
    assert "no floor" in shortfalls([row], {})[0]
    assert "not measured" in shortfalls([row], {"set": {"kind": {"all": 0.5}, "other": {"all": 0.1}}})[0]
    assert shortfalls([row], {"set": {"kind": {"all": 0.5}}, "absent": {"other": {"all": 0.9}}}) == []


def test_floors_are_lifted_and_never_lowered() -> None:
    row = Row("set", "kind", 3, {"all": 0.5})
    assert raised([row], {})["set"]["kind"]["all"] == 0.495
    assert raised([row], {"set": {"kind": {"all": 0.7}}})["set"]["kind"]["all"] == 0.7
