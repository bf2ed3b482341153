"""The command line as a person or a script uses it: real processes, exit codes, lines."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.reports import article


class Command:
    """Runs `bienban` on one home."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def __call__(self, *args: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "webapp", "--home", str(self.home), *args],
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        return done

    def lines(self, *args: str, code: int = 0) -> list[dict]:
        return [json.loads(line) for line in self(*args, code=code).stdout.splitlines()]


@pytest.fixture
def bienban(tmp_path: Path) -> Command:
    return Command(tmp_path / "home")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "bai" / "sau"
    inside.mkdir(parents=True)
    for number in range(3):
        (inside / f"{number}.txt").write_text(article(number), encoding="utf-8")
    (inside / "anh.jpg").write_bytes(b"\xff\xd8\xff")
    return tmp_path / "bai"


def test_add_a_folder_and_find_it(bienban: Command, folder: Path) -> None:
    lines = bienban.lines("add", str(folder), "--json")
    assert [(line["status"], line["reason"]) for line in lines] == [("added", None)] * 3
    assert all(set(line) == {"status", "id", "source", "reason"} for line in lines)
    assert "1 skipped" in bienban("add", str(folder)).stdout
    found = json.loads(bienban("search", "hồ sơ 7000001", "--json").stdout)
    assert found["hits"][0]["id"] == lines[1]["id"]
    record = json.loads(bienban("show", lines[1]["id"], "--json").stdout)
    assert record["source"]["file"] == str(folder / "sau" / "1.txt")
    assert bienban("doctor").stdout == "all well: 3 records\n"


def test_some_fail_and_the_rest_is_kept(bienban: Command, folder: Path) -> None:
    (folder / "hong.txt").write_bytes(b"\x00\x01\x02" * 50)
    done = bienban("add", str(folder), str(folder / "khong-co.txt"), code=1)
    assert len([line for line in done.stderr.splitlines() if ".txt: " in line]) == 2
    assert "3 added" in done.stdout


@pytest.mark.parametrize(
    "args",
    [["add"], ["add", "a", "b", "--url", "https://a.example/"], ["nope"], ["serve", "--port", "x"], ["remove", "x"]],
)
def test_a_wrong_command_ends_with_2(bienban: Command, args: list[str]) -> None:
    bienban(*args, code=2)


@pytest.mark.parametrize(
    "args", [["show", "nope"], ["parse", "nope.txt"], ["import", "nope.jsonl"], ["remove", "nope", "--reason", "x"]]
)
def test_what_is_not_there_is_one_sentence(bienban: Command, args: list[str]) -> None:
    done = bienban(*args, code=1)
    assert len(done.stderr.strip().splitlines()) == 1
    assert "nope" in done.stderr


def test_import_keeps_the_order_and_names_the_wrong_line(bienban: Command, tmp_path: Path) -> None:
    file = tmp_path / "tin.jsonl"
    rows = ['{"title": "Một", "paragraphs": ["a"]}', "không phải JSON", "", '{"title": "Hai", "paragraphs": ["b"]}']
    file.write_text("\n".join(rows), encoding="utf-8")
    lines = bienban.lines("import", str(file), "--json", code=1)
    assert [line["status"] for line in lines] == ["added", "failed", "added"]
    assert lines[1]["source"].endswith(":2")


def test_export_and_import_give_the_same(bienban: Command, folder: Path, tmp_path: Path) -> None:
    bienban("add", str(folder))
    exported = bienban("export").stdout
    file = tmp_path / "xuat.jsonl"
    file.write_text(exported, encoding="utf-8")
    other = Command(tmp_path / "other")
    other("import", str(file))
    assert other("export").stdout == exported
    assert len(bienban("export", "--query", "hồ sơ 7000002").stdout.splitlines()) == 1
    csv = bienban("export", "--format", "csv").stdout
    assert csv.startswith("id,title,")
    assert len(csv.splitlines()) == 4


def test_parse_stores_nothing(bienban: Command, folder: Path) -> None:
    record = json.loads(bienban("parse", str(folder / "sau" / "0.txt"), "--json").stdout)
    assert record["chair"]["name"] == "Mùa A Sình"
    assert not bienban.home.exists()


def test_remove_and_force(bienban: Command, folder: Path) -> None:
    first = bienban.lines("add", str(folder), "--json")[0]
    bienban("remove", first["id"], "--reason", "đăng nhầm")
    assert "đăng nhầm" in bienban("show", first["id"], code=1).stderr
    assert json.loads(bienban("search", "7000000", "--json").stdout)["total"] == 0
    again = bienban.lines("add", first["source"], "--json")[0]
    assert (again["status"], "removed" in again["reason"]) == ("unchanged", True)
    assert bienban.lines("add", first["source"], "--force", "--json")[0]["status"] == "updated"
    assert json.loads(bienban("search", "7000000", "--json").stdout)["total"] == 1


def test_demo_in_and_out(bienban: Command, folder: Path) -> None:
    bienban("add", str(folder))
    before = bienban("export").stdout
    assert "0 failed" in bienban("demo").stdout
    assert json.loads(bienban("search", "hoi nghi ban thuong vu", "--json").stdout)["total"] >= 5
    bienban("demo", "--remove")
    assert bienban("export").stdout == before
    assert bienban("doctor").stdout == "all well: 3 records\n"
    bienban("demo", "--if-empty")
    assert bienban("export").stdout == before


def test_doctor_names_what_is_wrong_and_repairs_the_index(bienban: Command, folder: Path) -> None:
    bienban("add", str(folder))
    victim = max((bienban.home / "index").glob("*/*.seg"), key=lambda path: path.stat().st_size)
    victim.write_bytes(victim.read_bytes()[:-100])
    done = bienban("doctor", code=1)
    assert victim.name in done.stderr
    bienban("doctor", "--repair")
    assert bienban("doctor").stdout == "all well: 3 records\n"
    with closing(sqlite3.connect(bienban.home / "store.db")) as database:
        database.execute("UPDATE originals SET data = CAST('x' AS BLOB)")
        database.commit()
    assert "SHA-256" in bienban("doctor", code=1).stderr


def test_the_home_comes_from_option_environment_or_folder(tmp_path: Path, folder: Path) -> None:
    for args, environment, place in [
        (["--home", str(tmp_path / "a")], {"BIENBAN_HOME": str(tmp_path / "b")}, "a"),
        ([], {"BIENBAN_HOME": str(tmp_path / "b")}, "b"),
        ([], {}, "bienban-data"),
    ]:
        command = [sys.executable, "-m", "webapp", *args, "add", str(folder)]
        root = str(Path(__file__).resolve().parents[2])
        subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": root} | environment, check=True, capture_output=True)
        assert (tmp_path / place / "store.db").exists()
