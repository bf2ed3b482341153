"""From source bytes to stored records: readers, parsing, the record, the store."""

from __future__ import annotations

from corpus.home import Home
from corpus.record import Record, from_json, json_schema, to_dict, to_json
from corpus.store import Store, Stored, Version

__all__ = ["Home", "Record", "Store", "Stored", "Version", "from_json", "json_schema", "to_dict", "to_json"]
