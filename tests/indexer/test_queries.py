"""The table of search behaviour: what a reader types, and what comes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.home import Home
from indexer import Collection, Request
from tests.conftest import filled
from tests.reports import report

Case = tuple[str, str, str]


def cases() -> Iterator[tuple[str, str, str]]:
    """The outlet of the documents, the query, the expectation."""
    outlet = 0
    for line in TABLE.read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith(("#", "group\t")):
            _, docs, query, expect = (written_out(cell) for cell in line.split("\t"))
            outlet += bool(docs)
            yield f"T{outlet:02}", query, expect


def written_out(cell: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), cell)


TABLE = Path(__file__).parent / "queries.tsv"


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], list[int]]:
    """Ask within the documents of an outlet; the numbers of those found, best first."""
    home = Home(tmp_path_factory.mktemp("queries"))
    records, outlet = [], 0
    for line in TABLE.read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith(("#", "group\t")) and (docs := line.split("\t")[1]):
            outlet += 1
            texts = list(enumerate(written_out(docs).split(" || "), 1))
            for number, text in reversed(texts):
                records.append(report("Tin", text, id=f"T{outlet:02}-{number}", outlet_code=f"T{outlet:02}"))
    filled(home, records)
    collection = Collection(home)

    def asked(outlet: str, query: str) -> list[int]:
        page = collection.search(Request(query, facets={"outlet": (outlet,)}, limit=20))
        assert page.total == len(page.hits)
        return [int(hit.id.split("-")[1]) for hit in page.hits]

    return asked


@pytest.mark.parametrize(("outlet", "query", "expect"), list(cases()))
def test_query(ask: Callable[[str, str], list[int]], outlet: str, query: str, expect: str) -> None:
    found = ask(outlet, query)
    for wanted in expect.split():
        what, _, value = wanted.partition("=")
        numbers = [int(n) for n in re.findall(r"\d+", value)]
        if what == "none":
            assert found == []
        elif what == "first":
            assert found[:1] == numbers
        elif what == "found":
            assert set(numbers) <= set(found)
        elif what == "absent":
            assert not set(numbers) & set(found)
        else:
            above, below = numbers
            assert above in found
            assert below not in found or found.index(above) < found.index(below)
