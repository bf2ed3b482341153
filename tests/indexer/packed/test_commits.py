"""Files of a killed writer are given up in time; who reads what was replaced goes on reading."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import nullcontext
from pathlib import Path

import pytest

from indexer.packed import index as indexes
from indexer.packed.index import ORPHAN_S, Change, Index, create
from indexer.packed.merging import FANOUT, merge_due
from tests.indexer.packed.samples import check_live, demo_terms, texts_of

ROOT = Path(__file__).resolve().parents[3]


def commit(folder: Path, seq: int, *ids: str) -> None:
    change = Change(folder)
    for id in ids:
        change.add(id, texts_of(["hội", "nghị"]))
    change.commit(seq)


def merged(folder: Path) -> bool:
    return merge_due(folder, nullcontext)


def ids_of(index: Index) -> list[str]:
    found = []
    for segment in index.segments():
        found += [segment.id(doc) for doc in range(segment.size) if doc not in segment.deleted]
    return sorted(found)


def test_orphans_are_removed_by_the_next_commit_when_they_are_old(tmp_path: Path) -> None:
    create(tmp_path)
    commit(tmp_path, 1, "a")
    old, young = tmp_path / "0123456789abcdef.seg", tmp_path / "fedcba9876543210.seg"
    for path in (old, young, tmp_path / "_MAIN_99.toc", tmp_path / "._MAIN_3.toc.new"):
        path.write_bytes(b"left by a killed writer")
    long_ago = time.time() - ORPHAN_S - 5
    os.utime(old, (long_ago, long_ago))
    named = {path for path in tmp_path.glob("*.seg") if path not in (old, young)}
    for path in named:
        os.utime(path, (long_ago, long_ago))
    commit(tmp_path, 2, "b")
    assert not old.exists() and young.exists()
    assert all(path.exists() for path in named)
    assert [path.name for path in tmp_path.iterdir() if ".toc" in path.name] == ["_MAIN_100.toc"]
    assert ids_of(Index(tmp_path)) == ["a", "b"]


KILLED = """
import os, signal, sys
from pathlib import Path
from indexer.packed import index
from tests.indexer.packed.samples import texts_of
folder, step = Path(sys.argv[1]), sys.argv[2]
def killed(*_): os.kill(os.getpid(), signal.SIGKILL)
setattr(index, step, killed)
change = index.Change(folder)
change.add("b", texts_of(["nghị"]))
change.delete("a")
change.commit(2)
"""


@pytest.mark.parametrize("step", ["write_toc", "write_manifest", "other_tocs"])
def test_a_writer_killed_at_any_step_leaves_the_index_before_or_after(tmp_path: Path, step: str) -> None:
    create(tmp_path)
    commit(tmp_path, 1, "a")
    reader = Index(tmp_path)
    assert ids_of(reader) == ["a"]
    run = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), step], cwd=ROOT, check=False)
    assert run.returncode == -signal.SIGKILL
    expected = ["b"] if step == "other_tocs" else ["a"]
    assert ids_of(reader) == ids_of(Index(tmp_path)) == expected
    commit(tmp_path, 3, "c")
    assert ids_of(reader) == ids_of(Index(tmp_path)) == sorted([*expected, "c"])
    assert len(list(tmp_path.glob("*.toc*"))) == 1


def test_readers_of_a_replaced_segment_go_on(tmp_path: Path) -> None:
    """They have it mapped, and read parts of it that they had not looked at before it was unlinked."""
    create(tmp_path)
    terms = demo_terms()[:FANOUT]
    for n, each in enumerate(terms):
        change = Change(tmp_path)
        change.add(f"r{n}", each)
        change.commit(n)
    reader = Index(tmp_path)
    before = reader.segments()
    assert merged(tmp_path)
    assert len(reader.segments()) == 1
    assert len(list(tmp_path.glob("*.seg"))) == 1
    for n, segment in enumerate(before):
        check_live(segment, {0: terms[n]})


def test_a_segment_that_is_replaced_between_two_looks_is_looked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create(tmp_path)
    for n in range(FANOUT):
        commit(tmp_path, n, f"r{n}")
    opened, looks = indexes.open_segment, 0

    def late(*given: object) -> object:
        nonlocal looks
        looks += 1
        if looks == 1:
            with monkeypatch.context() as usual:
                usual.setattr(indexes, "open_segment", opened)
                assert merged(tmp_path)
        return opened(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(indexes, "open_segment", late)
    assert ids_of(Index(tmp_path)) == [f"r{n}" for n in range(FANOUT)]


def test_readers_beside_a_writer_see_every_commit_whole(tmp_path: Path) -> None:
    """Each commit adds two records that are only ever there together."""
    create(tmp_path)
    done, wrong = threading.Event(), []

    def read() -> None:
        index, most = Index(tmp_path), 0
        while not done.is_set():
            found = ids_of(index)
            pairs = {id[1:] for id in found}
            if len(found) != 2 * len(pairs) or len(pairs) < most:
                wrong.append(found)
            most = len(pairs)

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for n in range(3 * FANOUT):
        commit(tmp_path, n, f"a{n}", f"b{n}")
        merged(tmp_path)
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(ids_of(Index(tmp_path))) == 6 * FANOUT
