"""Segments written aside: taken over but for what the store had, or left to be indexed anew."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from corpus.home import Home
from corpus.identity import key_of
from corpus.ingest import Prepared
from corpus.ready import ready
from corpus.record import Record, to_json
from corpus.store import Store
from indexer.adopting import write_aside
from indexer.fields import terms_of
from indexer.generations import Generations
from indexer.packed.index import Change, Index, create
from indexer.packed.manifest import read_manifest
from tests.reports import report
from webapp.adding import add_batch


@pytest.fixture
def folder(home: Home) -> Path:
    """A home whose index is an empty packed one; its folder."""
    home.prepare()
    generations = Generations(home)
    generation = generations.begin()
    create(generation.folder)
    Change(generation.folder).commit(0)
    generations.switch(generation)
    return generation.folder


def items(records: Iterable[Record]) -> list[Prepared]:
    return [
        Prepared(f"{n}", to_json(each), each, key_of(each), None, "application/json") for n, each in enumerate(records)
    ]


def add(home: Home, folder: Path, records: Iterable[Record | None]) -> list[str]:
    """Add records as `import` does by several processes; what became of each."""
    prepared = [
        Prepared(str(n), reason="broken") if each is None else items([each])[0] for n, each in enumerate(records)
    ]
    worked = [ready(item) for item in prepared]
    written = write_aside(folder, [record for _, record in worked])
    with Store(home) as store:
        outcomes = add_batch(home, store, [item for item, _ in worked], written)
    check(home, folder)
    return [outcome.status for outcome in outcomes]


def check(home: Home, folder: Path) -> None:
    """The index has exactly the live records, each with its own words."""
    with Store(home) as store:
        live = {stored.id: stored.record for stored in store.live()}
        assert read_manifest(folder).seq == store.last_change()
    found = {}
    for segment in Index(folder).segments():
        for doc in range(segment.size):
            if doc not in segment.deleted:
                assert segment.id(doc) not in found
                found[segment.id(doc)] = segment.title(doc)
                assert segment.lengths("x")[doc] == len(terms_of(live[segment.id(doc)]).exact)
    assert found == {id: record.title for id, record in live.items()}


def made(*numbers: int, title: str = "Tin số") -> list[Record]:
    return [report(f"{title} {n}", f"Bàn trồng rừng, hồ sơ {7_000_000 + n}.", id=f"r{n}") for n in numbers]


def test_a_segment_of_new_records_is_taken_whole(home: Home, folder: Path) -> None:
    assert add(home, folder, made(1, 2, 3)) == ["added"] * 3
    assert add(home, folder, made(4, 5)) == ["added"] * 2
    assert [segment.size for segment in Index(folder).segments()] == [3, 2]


def test_what_the_store_had_is_dropped_and_what_changed_is_indexed(home: Home, folder: Path) -> None:
    add(home, folder, made(1, 2, 3))
    mixed = [*made(4), None, *made(2), *made(3, title="Bản sửa"), *made(5), *made(5), *made(4, title="Bản sửa")]
    statuses = ["added", "failed", "unchanged", "updated", "added", "unchanged", "updated"]
    assert add(home, folder, mixed) == statuses
    assert add(home, folder, mixed)[:2] == ["updated", "failed"]


def test_one_id_of_two_sources_is_indexed_as_it_is_kept(home: Home, folder: Path) -> None:
    """The first is known by its bytes and stays another record; the second takes the id."""
    (known,) = made(1)
    add(home, folder, [known])
    with Store(home) as store:
        written = write_aside(folder, [report("Lạ", "bị bỏ", id="moi"), report("Được giữ", "có", id="moi")])
        first = ready(items([known])[0])[0]._replace(id="moi", key="url:https://a.example/1")
        second = ready(items([report("Được giữ", "có", id="moi")])[0])[0]
        outcomes = add_batch(home, store, [first, second], written)
    assert [(each.status, each.id) for each in outcomes] == [("unchanged", "r1"), ("added", "moi")]
    check(home, folder)


def test_a_segment_nobody_adopts_is_deleted_by_a_later_commit(home: Home, folder: Path) -> None:
    orphan = write_aside(folder, made(9))
    assert orphan is not None
    assert (folder / orphan.entry.file).exists()
    add(home, folder, made(1))
    assert (folder / orphan.entry.file).exists()  # its writer may be about to adopt it
    os.utime(folder / orphan.entry.file, (0, 0))
    add(home, folder, made(2))
    assert not (folder / orphan.entry.file).exists()


def test_nothing_is_written_where_no_line_is_a_record(folder: Path) -> None:
    assert write_aside(folder, [None, None]) is None
    assert not list(folder.glob("*.seg"))


def test_a_segment_that_is_gone_when_it_would_be_adopted_is_indexed_anew(home: Home, folder: Path) -> None:
    worked = [ready(item) for item in items(made(1, 2, 3))]
    written = write_aside(folder, [record for _, record in worked])
    assert written is not None
    (folder / written.entry.file).unlink()
    with Store(home) as store:
        outcomes = add_batch(home, store, [item for item, _ in worked], written)
    assert [outcome.status for outcome in outcomes] == ["added"] * 3
    check(home, folder)
