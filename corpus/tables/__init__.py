"""The rules that are data: tab-separated tables beside this file.

A table's first row names its columns, a line that starts with `#` is a comment, every row carries an
`example` that `tests/test_tables.py` runs. Empty cells are empty strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


def parse_tsv(text: str) -> tuple[dict[str, str], ...]:
    """The rows of a tab-separated table as dictionaries; short rows are filled with empty cells."""
    lines = [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]
    head = lines[0]
    return tuple(dict(zip(head, row + [""] * (len(head) - len(row)), strict=False)) for row in lines[1:])


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """All rows of the table `name` (without `.tsv`). Raises FileNotFoundError for an unknown table."""
    return parse_tsv((files(__name__) / f"{name}.tsv").read_text(encoding="utf-8"))


def column(name: str, key: str, **where: str) -> tuple[str, ...]:
    """The cells of one column, of the rows whose other cells equal `where`."""
    return tuple(row[key] for row in rows(name) if all(row[k] == v for k, v in where.items()))


def alternation(words: Iterable[str]) -> str:
    """A regular expression that matches any of the literal `words`, the longest first."""
    return "(?:" + "|".join(re.escape(w) for w in sorted(set(words), key=len, reverse=True)) + ")"


def words_of(name: str) -> str:
    """A regular expression that matches any pattern of the list `name` in the table `cues`."""
    return "(?:" + "|".join(column("cues", "pattern", cue=name)) + ")"
