"""Opening the database of a home: created where it is missing, brought to the newest form where it is older.

`migrations/N.sql` turns form N - 1 into form N; `schema.sql` is the newest form whole. All of it happens
under the write lock and in one transaction, so that a killed process leaves the former form.
"""

from __future__ import annotations

import sqlite3
from importlib.resources import files

from corpus.errors import HomeError
from corpus.home import Home

FORM = 2  # of the database, in `PRAGMA user_version`
CHECKPOINT = 4_000  # pages of 4 KiB in the log before they are moved into the database


def open_database(home: Home) -> sqlite3.Connection:
    """A connection to the database in its newest form. Raises HomeError where the home cannot be used."""
    try:
        db = sqlite3.connect(home.database, timeout=60, isolation_level=None, check_same_thread=False)
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("PRAGMA foreign_keys=ON")
        db.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT}")
        if _form(db) > FORM:
            raise HomeError(f"the store {home.database} was written by a newer bienban; upgrade this one")
        if _form(db) < FORM:
            with home.writing():
                _bring_up(db, _form(db))
    except sqlite3.Error as problem:
        raise HomeError(f"the store {home.database} cannot be opened: {problem}") from None
    return db


def _form(db: sqlite3.Connection) -> int:
    form: int = db.execute("PRAGMA user_version").fetchone()[0]
    return form


def _bring_up(db: sqlite3.Connection, form: int) -> None:
    if form >= FORM:  # another process was faster
        return
    names = [f"migrations/{number}.sql" for number in range(form + 1, FORM + 1)] if form else ["schema.sql"]
    steps = "".join(files("corpus").joinpath(name).read_text(encoding="utf-8") for name in names)
    db.executescript(f"BEGIN IMMEDIATE; {steps} PRAGMA user_version={FORM}; COMMIT;")
