-- Form 1 → 2: small originals stand in the store; those that are files stay files.
CREATE TABLE originals (
  sha256 TEXT PRIMARY KEY,
  data BLOB NOT NULL
) WITHOUT ROWID;
