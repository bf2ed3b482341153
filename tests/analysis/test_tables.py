"""Every row of the tables of the analysis does what its example says."""

from __future__ import annotations

import re

import pytest

from indexer.analysis import analyse
from indexer.analysis.normalise import normalise
from indexer.tables import table

PACKAGE = "indexer.analysis"


def rows(name: str) -> list[dict[str, str]]:
    return list(table(PACKAGE, name))


@pytest.mark.parametrize("row", rows("characters"), ids=lambda row: row["why"])
def test_characters(row: dict[str, str]) -> None:
    first, _, last = row["from"].partition("-")
    span = range(int(first[2:], 16), int((last or first)[2:], 16) + 1)
    example = re.sub(r"\\u([0-9A-F]{4})", lambda match: chr(int(match[1], 16)), row["example"])
    assert any(ord(char) in span for char in example)
    assert normalise(example).text == row["expected"]


@pytest.mark.parametrize("row", rows("i_and_y"), ids=lambda row: row["initial"])
def test_i_and_y(row: dict[str, str]) -> None:
    assert row["example"] != row["same"]
    assert analyse(row["example"]).exact == analyse(row["same"]).exact


@pytest.mark.parametrize("row", rows("units"), ids=lambda row: row["unit"])
def test_units(row: dict[str, str]) -> None:
    assert analyse(row["example"]).exact == analyse(row["expected"]).exact


@pytest.mark.parametrize("row", [*rows("document_types"), *rows("issuers")], ids=lambda row: row["code"])
def test_documents(row: dict[str, str]) -> None:
    assert row["expected"] in [term for each in analyse(row["example"]).identifiers for term in each.terms]
