"""A query cut into lexical pieces: plain text, quoted text, and the marks of the query language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.analysis.identifiers import flatten
from indexer.tables import table

FIELDS = {
    flatten(name): row["field"] for row in table("indexer.query", "query_fields") for name in row["names"].split(", ")
}
_NAMES = "|".join(name.replace(" ", r"\s+") for name in sorted(FIELDS, key=len, reverse=True))
# Sought in the flattened text (lower case, no marks), which has the length of the text itself.
_MARK = re.compile(
    rf"(?P<field>(?<!\w)(?:{_NAMES})\s?:(?=\s*[\w\"]))"
    r"|(?P<without>(?<![^\s(])-(?=[\w\"]))"
    r"|(?P<quote>\")"
    r"|(?P<prefix>\w{2,}\*)"
    r"|(?P<either>(?<!\w)(?:or|hoac)(?!\w)|\|)"
    r"|(?P<open>\()|(?P<close>\))"
)
_EITHER = frozenset({"OR", "hoặc", "HOẶC", "Hoặc", "hoac", "|"})


@dataclass(frozen=True)
class Piece:
    """`kind`: text, phrase, field, without, prefix, either, open or close."""

    kind: str
    text: str


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of a normalised text, in order; an unclosed quotation mark counts for nothing."""
    flat = flatten(text)
    at = begin = 0
    while match := _MARK.search(flat, at):
        kind = match.lastgroup or ""
        typed = text[match.start() : match.end()]
        at = match.end()
        if kind == "either" and typed not in _EITHER:
            continue
        if kind == "quote" and text.find('"', at) < 0:
            text = text[: match.start()] + " " + text[at:]
            continue
        yield from _plain(text[begin : match.start()])
        if kind == "quote":
            closing = text.index('"', at)
            yield Piece("phrase", text[at:closing])
            at = closing + 1
        elif kind == "field":
            yield Piece("field", FIELDS[re.sub(r"\s+", " ", match[0].rstrip(": "))])
        else:
            yield Piece(kind, typed.rstrip("*"))
        begin = at
    yield from _plain(text[begin:])


def _plain(text: str) -> Iterator[Piece]:
    if text.strip():
        yield Piece("text", text)
