"""Shared by all tests: an empty home, and ways to fill one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from corpus.home import Home
from corpus.identity import key_of
from corpus.ingest import Prepared
from corpus.record import Record, to_json
from corpus.store import Store
from indexer import Collection
from webapp.adding import add_all

Fill = Callable[[Iterable[Record]], list[str]]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def fill(home: Home) -> Fill:
    """Adds records to the home, as `import` does; their ids in order."""
    return lambda records: filled(home, records)


def filled(home: Home, records: Iterable[Record]) -> list[str]:
    items = [
        Prepared(f"record {number}", to_json(record), record, key_of(record), None, "application/json")
        for number, record in enumerate(records, 1)
    ]
    with Store(home) as store:
        return [str(outcome.id) for outcome in add_all(home, store, items)]


@pytest.fixture
def collection(home: Home, fill: Fill) -> Callable[[Iterable[Record]], Collection]:
    """An opened collection of the given records."""

    def opened(records: Iterable[Record]) -> Collection:
        fill(records)
        return Collection(home)

    return opened
