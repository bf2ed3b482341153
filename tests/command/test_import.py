"""Importing by several processes: the same as by one, whatever happens to any of them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.home import Home
from corpus.store import Store
from tests.command.test_cli import Command
from tests.reports import article
from webapp import importing
from webapp.importing import PIECE, import_lines

FOUR_PIECES = 3 * PIECE + 40
needs_proc = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="children are looked up in /proc")


def line(number: int, **fields: object) -> str:
    values = {
        "id": f"r{number}",
        "title": f"Hội nghị số {number}",
        "paragraphs": [f"Họp ngày {number % 28 + 1}/5/2023 bàn hồ sơ {7_000_000 + number}, trồng rừng."],
    }
    return json.dumps(values | fields, ensure_ascii=False)


@pytest.fixture
def bienban(tmp_path: Path) -> Command:
    return Command(tmp_path / "home")


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "nhieu.jsonl"
    path.write_text("\n".join(map(line, range(FOUR_PIECES))) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Good lines with all that can be wrong or double, within a piece and across pieces."""
    rows = [line(number) for number in range(FOUR_PIECES)]
    rows[7] = "không phải JSON"
    rows[8] = '{"title": " ", "paragraphs": []}'
    rows[20] = rows[10]  # the same again
    rows[21] = line(11, title="Bản sửa")  # another version, in the same piece
    rows[PIECE + 5] = line(12, title="Bản sửa")  # another version, in the next piece
    rows[PIECE + 6] = rows[PIECE + 4].replace('"r', '"khac')  # the same but for the id
    rows[PIECE + 9] = line(0, id="r30", paragraphs=["Nội dung khác."])
    rows[2 * PIECE] = ""
    rows[2 * PIECE + 1] = "x" * 50
    path = tmp_path / "lan.jsonl"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def told(command: Command, path: Path, *args: str, code: int = 0) -> list[dict]:
    return command.lines("import", str(path), "--json", *args, code=code)


def test_several_processes_tell_and_keep_what_one_does(tmp_path: Path, mixed: Path) -> None:
    one, several = Command(tmp_path / "one"), Command(tmp_path / "several")
    lines = told(several, mixed, "-j", "3", code=1)
    assert lines == told(one, mixed, "-j", "1", code=1)
    assert {each["status"] for each in lines} == {"added", "updated", "failed", "unchanged"}
    assert several("export").stdout == one("export").stdout
    for query in ("hồ sơ 7000012", "bản sửa", "trồng rừng", "nội dung khác"):
        totals = [json.loads(each("search", query, "--json").stdout)["total"] for each in (one, several)]
        assert totals[0] == totals[1] > 0
    assert several("doctor").stdout == one("doctor").stdout
    again = told(several, mixed, "-j", "2", code=1)
    assert [each["id"] for each in again] == [each["id"] for each in lines]


def test_the_same_import_again_changes_nothing(bienban: Command, clean: Path) -> None:
    assert {each["status"] for each in told(bienban, clean)} == {"added"}
    assert {each["status"] for each in told(bienban, clean)} == {"unchanged"}
    assert bienban("doctor").stdout == f"all well: {FOUR_PIECES} records\n"


def started(bienban: Command, path: Path, *args: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "webapp", "--home", str(bienban.home), "import", str(path), "--json", *args]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_imports_at_once_both_succeed(bienban: Command, clean: Path) -> None:
    running = [started(bienban, clean, "-j", "2") for _ in range(2)]
    lines = [[json.loads(each) for each in child.communicate(timeout=300)[0].splitlines()] for child in running]
    assert [child.returncode for child in running] == [0, 0]
    assert [len(each) for each in lines] == [FOUR_PIECES] * 2
    assert sum(each["status"] == "added" for both in lines for each in both) == FOUR_PIECES
    assert bienban("doctor").stdout == f"all well: {FOUR_PIECES} records\n"


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGINT])
def test_what_was_told_before_the_end_is_kept(bienban: Command, clean: Path, by: signal.Signals) -> None:
    child = started(bienban, clean, "-j", "2")
    assert child.stdout is not None
    first = json.loads(child.stdout.readline())
    child.send_signal(by)
    assert child.stderr is not None
    rest, errors = child.stdout.read(), child.stderr.read()
    assert child.wait(60) != 0
    assert "Traceback" not in errors
    acknowledged = [first["id"], *(json.loads(each)["id"] for each in rest.splitlines() if each.endswith("}"))]
    with Store(Home(bienban.home)) as store:
        assert all(store.get(id) is not None for id in acknowledged)
    bienban("sync")
    assert "all well" in bienban("doctor").stdout
    told(bienban, clean)
    assert bienban("doctor").stdout == f"all well: {FOUR_PIECES} records\n"


def children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def workers_of(pid: int) -> list[int]:
    """They are forked by a server, which is a child."""
    return [worker for server in children(pid) for worker in children(server)]


@needs_proc
def test_a_killed_worker_is_one_sentence(bienban: Command, clean: Path) -> None:
    clean.write_text("".join(clean.read_text(encoding="utf-8") for _ in range(20)), encoding="utf-8")
    child = started(bienban, clean, "-j", "2")
    assert child.stdout is not None
    child.stdout.readline()
    os.kill(workers_of(child.pid)[0], signal.SIGKILL)
    _, errors = child.communicate(timeout=120)
    assert child.returncode == 1
    assert errors.startswith("bienban: a worker process was killed")
    assert len(errors.splitlines()) == 1
    bienban("sync")
    assert "all well" in bienban("doctor").stdout


@needs_proc
def test_workers_end_with_a_killed_parent(bienban: Command, clean: Path) -> None:
    child = started(bienban, clean, "-j", "2")
    assert child.stdout is not None
    child.stdout.readline()
    workers = [*children(child.pid), *workers_of(child.pid)]
    assert len(workers) > 2
    child.kill()
    child.communicate(timeout=60)
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() and "Z" not in state(pid) for pid in workers):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def test_few_lines_start_no_process(home: Home, clean: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("a pool for a few lines")

    monkeypatch.setattr(importing, "in_order", never)
    clean.write_text("\n".join(map(line, range(PIECE))), encoding="utf-8")
    with Store(home) as store:
        outcomes = list(import_lines(home, store, str(clean), jobs=8))
    assert {outcome.status for outcome in outcomes} == {"added"}


def test_files_are_parsed_by_several_processes(bienban: Command, tmp_path: Path) -> None:
    inside = tmp_path / "bai"
    inside.mkdir()
    for number in range(20):
        (inside / f"{number:02}.txt").write_text(article(number), encoding="utf-8")
    (inside / "05.txt").write_bytes(b"")
    lines = bienban.lines("add", str(inside), "--json", "-j", "3", code=1)
    assert [Path(each["source"]).name for each in lines] == [f"{number:02}.txt" for number in range(20)]
    assert [each["status"] for each in lines].count("added") == 19
    one = Command(tmp_path / "one")
    assert one.lines("add", str(inside), "--json", code=1) == lines
    assert one("export").stdout == bienban("export").stdout
