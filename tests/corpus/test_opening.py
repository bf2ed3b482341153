"""A home of a former version opens, keeps all it had, and takes new records; a newer one is left alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import HomeError
from corpus.home import Home
from corpus.opening import FORM
from corpus.originals import digest
from corpus.record import to_json
from corpus.store import Store
from indexer import sync
from tests.conftest import filled
from tests.reports import report

FORMS = Path(__file__).parent / "forms"
OLD = report("Hội nghị cũ", "Nội dung cũ", id="cu", url="https://a.example/cu")
LINE = b"the bytes of the old source"


@pytest.fixture
def former(home: Home) -> Home:
    """A home as form 1 left it: one record, its original a file."""
    home.prepare()
    sha256, text = digest(LINE), to_json(OLD).decode()
    path = home.originals / sha256[:2] / sha256[2:]
    path.parent.mkdir()
    path.write_bytes(LINE)
    at = "2024-01-02T03:04:05+00:00"
    with closing(sqlite3.connect(home.database)) as db:
        db.executescript((FORMS / "1.sql").read_text(encoding="utf-8") + "PRAGMA user_version=1;")
        db.execute("INSERT INTO records VALUES ('cu', 1, 0, ?, ?, NULL, NULL)", (at, at))
        version = ("cu", 1, sha256, "text/plain", "https://a.example/cu", at, None, text, digest(text.encode()))
        db.execute("INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", version)
        db.execute("INSERT INTO sources VALUES ('url:https://a.example/cu', 'cu', ?)", (at,))
        db.execute("INSERT INTO changes (id) VALUES ('cu')")
        db.commit()
    return home


def test_a_home_of_form_1_opens_and_works(former: Home) -> None:
    with Store(former) as store:
        stored = store.get("cu")
        assert stored is not None
        assert stored.record == OLD
        assert store.originals.read(digest(LINE)) == LINE
    with closing(sqlite3.connect(former.database)) as db:
        assert db.execute("PRAGMA user_version").fetchone()[0] == FORM
    again, new = filled(former, [report("Khác", "mới", url="https://a.example/cu"), report("Mới", "mới")])
    assert again == "cu"
    with Store(former) as store:
        assert [version.number for version in store.versions("cu")] == [1, 2]
        assert store.originals.read(digest(LINE)) == LINE
        assert store.get(new) is not None
        assert list(store.damages()) == []
        with former.writing():
            assert sync(former, store) == 0


def test_all_ways_lead_to_the_same_tables(former: Home, tmp_path: Path) -> None:
    new = Home(tmp_path / "new")
    for home in (former, new):
        Store(home).close()
    schemas = []
    for home in (former, new):
        with closing(sqlite3.connect(home.database)) as db:
            rows = db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()
            schemas.append([(name, " ".join(sql.split())) for name, sql in rows])
    assert schemas[0] == schemas[1]


def test_a_newer_store_is_not_touched(home: Home) -> None:
    Store(home).close()
    with closing(sqlite3.connect(home.database)) as db:
        db.execute(f"PRAGMA user_version={FORM + 1}")
    with pytest.raises(HomeError, match="newer"):
        Store(home)
