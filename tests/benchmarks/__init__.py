"""`make bench`: our engine beside tantivy, SQLite FTS5 and stock Whoosh, on the same analysed terms, in one run."""
