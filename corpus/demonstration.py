"""The demo articles that the project ships: reports and minutes of one fictional province."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

import msgspec
from msgspec import structs

from corpus.identity import key_of
from corpus.ingest import Prepared
from corpus.inputs import READABLE, Beside
from corpus.originals import digest
from corpus.parse import parse
from corpus.readers import media_type
from corpus.record import Source


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
        source = Source(
            url=meta.url,
            file=f"demo/{item.name}",
            sha256=digest(data),
            media_type=media_type(data),
            retrieved_at=meta.retrieved_at,
        )
        record = structs.replace(parse(data, item.name, meta.url), source=source)
        yield Prepared(item.name, data, record, key_of(record, source.file), None, source.media_type or "")
