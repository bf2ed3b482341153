"""The index: derived, in generations, repaired from the store, followed by readers without a restart."""

from __future__ import annotations

import shutil
from importlib import import_module
from pathlib import Path

import pytest

from corpus.errors import DamageError
from corpus.home import Home
from corpus.store import Store
from indexer import Collection, Request, generations, index_damages, reindex, sync
from indexer.generations import Generations
from tests.conftest import Fill, filled
from tests.reports import report

syncing = import_module("indexer.sync")  # the package exports a function of that name


def made(first: int, last: int) -> list:
    return [report(f"Tin số {n}", f"Bàn trồng rừng, hồ sơ {7_000_000 + n}.", id=f"r{n}") for n in range(first, last)]


def damages(home: Home) -> list[str]:
    with Store(home) as store:
        return list(index_damages(home, store))


def total(home: Home, query: str = "trồng rừng") -> int:
    return Collection(home).search(Request(query)).total


def test_readers_follow_without_a_restart(home: Home, fill: Fill) -> None:
    fill(made(0, 3))
    reader = Collection(home)
    assert reader.search(Request("trồng rừng")).total == 3
    fill(made(3, 5))
    assert reader.search(Request("trồng rừng")).total == 5
    with Store(home) as store:
        reindex(home, store)
        assert reader.search(Request("trồng rừng")).total == 5
        with home.writing():
            with store.transaction():
                store.remove("r1", "nhầm")
            sync(home, store)
    assert reader.search(Request("trồng rừng")).total == 4


def test_a_changed_record_is_found_by_its_new_words_once(home: Home, fill: Fill) -> None:
    fill([report("Tin", "Bàn trồng rừng.", id="r")])
    fill([report("Tin", "Bàn nuôi cá.", id="r")])
    assert (total(home, "trồng rừng"), total(home, "nuôi cá")) == (0, 1)
    assert damages(home) == []


def test_a_crash_between_store_and_index_is_repaired_at_the_next_start(
    home: Home, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(made(0, 3))

    def crash(*_: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("webapp.adding.adopt", crash)
        with pytest.raises(KeyboardInterrupt):
            fill(made(3, 6))
    assert any("behind" in sentence for sentence in damages(home))
    assert total(home) == 6
    assert damages(home) == []


@pytest.mark.parametrize("step", ["write_toc", "write_manifest", "other_tocs"])
def test_a_crash_in_the_commit_of_the_index_doubles_nothing(
    home: Home, fill: Fill, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    fill(made(0, 3))

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(f"indexer.packed.index.{step}", crash)
        with pytest.raises(KeyboardInterrupt):
            fill(made(3, 6))
    assert total(home) == 6
    assert damages(home) == []


@pytest.mark.parametrize("how", ["flip", "cut", "empty", "remove"])
def test_every_damaged_file_is_noticed_and_mended(home: Home, fill: Fill, how: str) -> None:
    fill(made(0, 5))
    current = Generations(home).current()
    assert current is not None
    for name in sorted(path.name for path in current.folder.iterdir()):
        folder = Generations(home).current()
        assert folder is not None
        victims = [path for path in folder.folder.iterdir() if path.suffix == Path(name).suffix]
        hurt(victims[0], how)
        assert damages(home), name
        with Store(home) as store:
            reindex(home, store)
        assert damages(home) == []
        assert total(home) == 5


def hurt(path: Path, how: str) -> None:
    data = bytearray(path.read_bytes())
    if how == "remove":
        path.unlink()
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "cut":
        path.write_bytes(data[: len(data) // 2])
    else:
        data[len(data) // 2] ^= 1
        path.write_bytes(data)


def test_a_deleted_index_is_built_again(home: Home, fill: Fill) -> None:
    fill(made(0, 4))
    shutil.rmtree(home.index)
    assert total(home) == 4


def test_other_rules_mean_a_new_generation(home: Home, fill: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(made(0, 4))
    before = Generations(home).current()
    for module in (generations, syncing):
        monkeypatch.setattr(module, "fingerprint", lambda: "other")
    assert total(home) == 4
    after = Generations(home).current()
    assert before is not None
    assert after is not None
    assert after.number > before.number


def test_two_former_generations_are_kept(home: Home, fill: Fill) -> None:
    fill(made(0, 2))
    with Store(home) as store:
        for _ in range(5):
            reindex(home, store)
    assert len([path for path in home.index.iterdir() if path.is_dir()]) == 3


def test_a_rebuild_that_is_not_whole_is_not_switched_to(
    home: Home, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(made(0, 4))
    before = Generations(home).current()
    assert before is not None
    monkeypatch.setattr(syncing, "_difference", lambda *_: "1 records are not in the index")
    with Store(home) as store, pytest.raises(DamageError, match="stays in use"):
        reindex(home, store)
    after = Generations(home).current()
    assert after is not None
    assert after.number == before.number
    assert [path.name for path in home.index.iterdir() if path.is_dir()] == [before.folder.name]


def test_an_index_of_another_store_is_not_believed(home: Home, tmp_path: Path) -> None:
    filled(home, made(0, 4))
    other = Home(tmp_path / "other")
    filled(other, made(0, 1))
    shutil.rmtree(other.index)
    shutil.copytree(home.index, other.index)
    assert total(other) == 1


@pytest.mark.parametrize("where", ["page", "end"])
def test_a_search_that_meets_damage_is_answered_from_a_new_index(home: Home, fill: Fill, where: str) -> None:
    fill(made(0, 5))
    before = Generations(home).current()
    assert before is not None
    for path in before.folder.glob("*.seg"):
        data = bytearray(path.read_bytes())
        for at in range(64, 2_000) if where == "page" else [len(data) - 1]:
            data[at] ^= 1
        path.write_bytes(data)
    found = Collection(home)
    page = found.search(Request(""))
    assert page.total == 5
    assert len(page.hits) == 5
    after = Generations(home).current()
    assert after is not None
    assert after.number > before.number
    assert damages(home) == []
