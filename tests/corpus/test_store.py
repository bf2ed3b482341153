"""The store and the ingest: the same again, another version, removal, damage, two writers."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.errors import DamageError, HomeError
from corpus.home import Home
from corpus.ingest import Outcome, prepare
from corpus.inputs import Inputs
from corpus.originals import SMALL
from corpus.record import from_json, to_json
from corpus.store import Store
from tests.conftest import Fill
from tests.reports import article, report
from webapp.adding import add_all


def add(home: Home, *paths: Path, url: str | None = None, force: bool = False) -> list[Outcome]:
    with Store(home) as store:
        items = (prepare(given) for given in Inputs([str(path) for path in paths], url))
        return list(add_all(home, store, items, force=force))


def statuses(outcomes: list[Outcome]) -> list[str]:
    return [outcome.status for outcome in outcomes]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "bai.txt"
    path.write_text(article(1), encoding="utf-8")
    return path


def test_the_same_source_again_changes_nothing(home: Home, source: Path) -> None:
    first = add(home, source)
    with Store(home) as store:
        before = store.last_change()
    again = add(home, source)
    with Store(home) as store:
        assert store.last_change() == before
        assert len(store.versions(str(first[0].id))) == 1
    assert statuses(first) == ["added"]
    assert statuses(again) == ["unchanged"]
    assert again[0].id == first[0].id


def test_a_changed_source_makes_a_new_version_of_the_same_record(home: Home, source: Path) -> None:
    (first,) = add(home, source)
    old = source.read_bytes()
    source.write_text(article(1, word="nước sạch"), encoding="utf-8")
    (second,) = add(home, source)
    assert (second.status, second.id) == ("updated", first.id)
    with Store(home) as store:
        versions = store.versions(str(first.id))
        assert [version.number for version in versions] == [1, 2]
        assert store.originals.read(versions[0].sha256) == old
        assert store.originals.read(versions[1].sha256) == source.read_bytes()
        stored = store.get(str(first.id))
        assert stored is not None
        assert "nước sạch" in "".join(stored.record.paragraphs)


def test_going_back_to_former_bytes_is_a_version_too(home: Home, source: Path) -> None:
    text = source.read_bytes()
    add(home, source)
    source.write_text(article(1, revision=2), encoding="utf-8")
    add(home, source)
    source.write_bytes(text)
    (third,) = add(home, source)
    assert third.status == "updated"
    with Store(home) as store:
        assert len(store.versions(str(third.id))) == 3


def test_the_same_bytes_from_elsewhere_are_noted_not_doubled(home: Home, source: Path, tmp_path: Path) -> None:
    copy = tmp_path / "ban-sao.txt"
    copy.write_bytes(source.read_bytes())
    outcomes = add(home, source, copy)
    assert statuses(outcomes) == ["added", "unchanged"]
    assert outcomes[0].id == outcomes[1].id
    with Store(home) as store:
        assert len(store.places(str(outcomes[0].id))) == 2


def test_an_old_copy_elsewhere_undoes_no_correction(home: Home, source: Path, tmp_path: Path) -> None:
    copy = tmp_path / "ban-sao.txt"
    copy.write_bytes(source.read_bytes())
    add(home, source, copy)
    source.write_text(article(1, word="nước sạch"), encoding="utf-8")
    (corrected,) = add(home, source)
    (again,) = add(home, copy)
    assert (corrected.status, again.status) == ("updated", "unchanged")
    with Store(home) as store:
        stored = store.get(str(again.id))
    assert stored is not None
    assert "nước sạch" in "".join(stored.record.paragraphs)


def test_the_address_decides_which_record_it_is(home: Home, source: Path) -> None:
    (first,) = add(home, source, url="https://baolamkhe.example/1.html")
    source.write_text(article(2), encoding="utf-8")
    (other,) = add(home, source, url="https://baolamkhe.example/2.html")
    source.write_text(article(1, revision=2), encoding="utf-8")
    (again,) = add(home, source, url="http://www.baolamkhe.example/1.html?utm_source=x")
    assert [first.status, other.status, again.status] == ["added", "added", "updated"]
    assert again.id == first.id != other.id


def test_the_address_stands_in_a_file_beside(home: Home, source: Path) -> None:
    meta = {"url": "https://baolamkhe.example/1.html", "retrieved_at": "2024-03-16T08:00:00+07:00"}
    Path(f"{source}.meta.json").write_text(json.dumps(meta), encoding="utf-8")
    (outcome,) = add(home, source)
    with Store(home) as store:
        stored = store.get(str(outcome.id))
    assert stored is not None
    assert stored.record.source.url == meta["url"]
    assert stored.record.source.retrieved_at == meta["retrieved_at"]


def test_what_fails_is_named_and_the_others_are_kept(home: Home, source: Path, tmp_path: Path) -> None:
    empty = tmp_path / "a-empty.txt"
    empty.write_bytes(b"")
    outcomes = add(home, empty, tmp_path / "missing.txt", source)
    assert statuses(outcomes) == ["failed", "failed", "added"]
    assert all(outcome.reason and "Traceback" not in outcome.reason for outcome in outcomes[:2])
    with Store(home) as store:
        assert {failure[0] for failure in store.failures()} == {str(empty), str(tmp_path / "missing.txt")}
    empty.write_text(article(5), encoding="utf-8")
    add(home, empty)
    with Store(home) as store:
        assert str(empty) not in {failure[0] for failure in store.failures()}


def test_what_was_removed_stays_out_unless_forced(home: Home, source: Path) -> None:
    (first,) = add(home, source)
    with Store(home) as store, home.writing(), store.transaction():
        store.remove(str(first.id), "đăng nhầm")
    (again,) = add(home, source)
    assert again.status == "unchanged"
    assert again.reason is not None
    assert "removed" in again.reason
    (forced,) = add(home, source, force=True)
    with Store(home) as store:
        stored = store.get(str(first.id))
    assert (forced.status, forced.id) == ("updated", first.id)
    assert stored is not None
    assert stored.removed_at is None


def test_an_export_gives_the_same_records_in_an_empty_home(
    home: Home, fill: Fill, source: Path, tmp_path: Path
) -> None:
    add(home, source)
    fill(
        [
            report("Tin", "một", url="https://a.example/1"),
            report("Tin khác", "hai", id="cua-toi"),
            report("Ba", "ba"),
        ]
    )
    with Store(home) as store:
        exported = [to_json(stored.record) for stored in store.live()]
    other = Home(tmp_path / "other")
    from tests.conftest import filled

    filled(other, [from_json(line) for line in exported])
    with Store(other) as store:
        assert [to_json(stored.record) for stored in store.live()] == exported
        before = store.last_change()
    filled(other, [from_json(line) for line in exported])
    with Store(other) as store:
        assert store.last_change() == before


@pytest.mark.parametrize("large", [False, True])
def test_damaged_originals_are_noticed(home: Home, source: Path, large: bool) -> None:
    if large:
        source.write_text(article(1) + " lần nữa" * SMALL, encoding="utf-8")
    (outcome,) = add(home, source)
    with Store(home) as store:
        sha256 = store.versions(str(outcome.id))[0].sha256
        assert store.originals.read(sha256) == source.read_bytes()
        assert list(store.damages()) == []
    blob = home.originals / sha256[:2] / sha256[2:]
    assert blob.exists() == large
    if large:
        blob.write_bytes(blob.read_bytes()[:-1] + b"X")
    else:
        with sqlite3.connect(home.database) as db:
            db.execute("UPDATE originals SET data = replace(data, 'LKO', 'LKX')")
    with Store(home) as store:
        assert any(sha256[2:] in sentence for sentence in store.damages())
        with pytest.raises(DamageError, match="SHA-256"):
            store.originals.read(sha256)
        with store.transaction():
            store.originals.drop(sha256)
        with pytest.raises(DamageError, match="cannot be read"):
            store.originals.read(sha256)


def test_damaged_records_are_noticed(home: Home, source: Path) -> None:
    (outcome,) = add(home, source)
    with sqlite3.connect(home.database) as db:
        db.execute("UPDATE versions SET record = replace(record, 'Huyện', 'Thành')")
    with Store(home) as store, pytest.raises(DamageError, match="damaged"):
        store.get(str(outcome.id))


def test_nothing_of_a_broken_transaction_stays(home: Home, source: Path) -> None:
    add(home, source)
    with Store(home) as store:
        before = store.count(), store.last_change()
        with pytest.raises(RuntimeError), store.transaction():
            store.remove(store.changed_since(0)[0], "x")
            raise RuntimeError
        assert (store.count(), store.last_change()) == before
        with pytest.raises(RuntimeError), store.transaction():
            sha256 = store.originals.keep(b"bytes")
            raise RuntimeError
        with pytest.raises(DamageError):
            store.originals.read(sha256)


def test_a_home_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file", encoding="utf-8")
    with pytest.raises(HomeError, match="cannot be written"):
        Store(Home(tmp_path / "home"))


def test_two_adds_at_once_both_succeed(home: Home, tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number:02}.txt").write_text(article(number), encoding="utf-8")
    command = [sys.executable, "-m", "webapp", "--home", str(home.root), "add", str(tmp_path), "--json"]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    lines = [json.loads(line) for child in running for line in child.communicate(timeout=120)[0].splitlines()]
    assert [child.returncode for child in running] == [0, 0]
    assert sorted({line["status"] for line in lines}) == ["added", "unchanged"]
    with Store(home) as store:
        assert store.count()[0] == 30


def test_a_path_that_is_no_text_is_stored_all_the_same(home: Home, tmp_path: Path) -> None:
    name = os.fsencode(str(tmp_path)) + b"/b\xe1i.txt"
    with open(name, "wb") as file:
        file.write(article(3).encode())
    with Store(home) as store:
        items = (prepare(given) for given in Inputs([str(tmp_path)]))
        assert statuses(list(add_all(home, store, items))) == ["added"]


def test_a_child_forked_under_the_write_lock_does_not_keep_it(home: Home) -> None:
    with home.writing():
        child = os.fork()
        if not child:
            time.sleep(30)
            os._exit(0)
    try:
        with home.writing(wait=1.0):
            pass
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
