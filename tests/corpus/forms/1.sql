-- The store of a home, form 1. Times are ISO 8601 with offset. Every change of a record appends a row
-- to `changes`; whoever derives something from the store (the index) remembers the last `seq` it saw.
CREATE TABLE records (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  demo INTEGER NOT NULL DEFAULT 0,
  added_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  removed_at TEXT,
  reason TEXT
) WITHOUT ROWID;

CREATE TABLE versions (
  id TEXT NOT NULL REFERENCES records(id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  media_type TEXT NOT NULL,
  source TEXT NOT NULL,
  stored_at TEXT NOT NULL,
  retrieved_at TEXT,
  record TEXT NOT NULL,
  record_sha256 TEXT NOT NULL,
  PRIMARY KEY (id, number)
) WITHOUT ROWID;
CREATE INDEX versions_by_original ON versions(sha256);

-- Every key (address, path, given id, text) that leads to a record.
CREATE TABLE sources (
  key TEXT PRIMARY KEY,
  id TEXT NOT NULL REFERENCES records(id) ON DELETE CASCADE,
  noted_at TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE errors (
  source TEXT PRIMARY KEY,
  reason TEXT NOT NULL,
  at TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE changes (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL
);
