"""The three legacy encodings and their tables (`tables/*.tsv`)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from corpus.tables import parse_tsv

Encoding = Literal["tcvn3", "vni", "viqr"]
ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """All rows of a table of this package (without `.tsv`)."""
    return parse_tsv((files("corpus.legacy") / "tables" / f"{name}.tsv").read_text(encoding="utf-8"))


@cache
def letters(encoding: Encoding) -> dict[str, str]:
    """What is written in `encoding` → the letter in NFC."""
    return {row["legacy"]: row["letter"] for row in rows(encoding)}
