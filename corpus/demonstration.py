"""The demo articles that the project ships: reports and minutes of one fictional province."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

import msgspec

from corpus.identity import key_of
from corpus.ingest import Prepared, read_record
from corpus.inputs import READABLE, Beside


def demo_articles() -> Iterator[Prepared]:
    """Each demo article, parsed. Their `source.file` is `demo/NAME`, wherever the project is installed."""
    folder = files("corpus").joinpath("demo")
    for item in sorted(folder.iterdir(), key=lambda each: each.name):
        stem, _, ending = item.name.rpartition(".")
        if f".{ending}" not in READABLE:
            continue
        beside = folder.joinpath(f"{stem}.meta.json")
        meta = msgspec.json.decode(beside.read_bytes(), type=Beside) if beside.is_file() else Beside()
        data = item.read_bytes()
        file = f"demo/{item.name}"
        record = read_record(data, item.name, url=meta.url, file=file, retrieved_at=meta.retrieved_at)
        yield Prepared(item.name, data, record, key_of(record, file), None, record.source.media_type or "")
