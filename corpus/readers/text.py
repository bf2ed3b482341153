"""Plain text (and Markdown) → blocks: lines, joined where a paragraph or caption was wrapped."""

from __future__ import annotations

import re

from corpus.readers.page import Block, Page
from corpus.tables import words_of
from corpus.text import LOWER, UPPER, clean

_MARKDOWN = (
    (re.compile(r"^#{1,6}\s+"), ""),
    (re.compile(r"\*\*(.+?)\*\*"), r"\1"),
    (re.compile(r"^>\s+"), ""),
)
_HEADING = re.compile(r"^#{2,6}\s+\S")
_STARTS_NEW = re.compile(r"^(?:[-+•*–]\s|\d{1,2}[.)]\s|[a-zđ][.)]\s|[IVX]{1,4}[.)]\s|[^.:]{2,40}:\s)")
_ENDS = re.compile(r"[.;:!?…][\"”')]*$|\./\.$")
_RULE = re.compile(r"^[\s*_=~–—-]{2,}$")
_COLUMNS = re.compile(r"\S(?:\s{3,}|\t+)\S")
_WRAP_WIDTH = (56, 110)


def read(text: str) -> Page:
    """Blocks of kind `paragraph` (the first line of a chunk), `line` (one that follows directly),
    `heading`.
    """
    blocks: list[Block] = []
    for chunk in _chunks(text):
        lines = _joined(chunk)
        for position, (place, line, heading) in enumerate(lines):
            kind = "heading" if heading else "line" if position else "paragraph"
            blocks.append(Block(kind, line, place))  # type: ignore[arg-type]
    return Page(tuple(blocks))


Line = tuple[int, str, bool]


def _chunks(text: str) -> list[list[Line]]:
    """Runs of lines between empty lines; rulers are dropped, columns become lines of their own."""
    chunks: list[list[Line]] = [[]]
    for place, raw in enumerate(text.splitlines()):
        heading = bool(_HEADING.match(raw))
        for pattern, plain in _MARKDOWN:
            raw = pattern.sub(plain, raw)
        if _RULE.match(raw) and raw.strip():
            continue
        if not clean(raw):
            chunks.append([])
            continue
        parts = re.split(r"\s{3,}|\t+", raw.strip()) if _COLUMNS.search(raw) and len(raw) < 140 else [raw]
        chunks[-1] += [(place, clean(part), heading) for part in parts if clean(part)]
    return [chunk for chunk in chunks if chunk]


def _joined(chunk: list[Line]) -> list[Line]:
    """A chunk with the lines put together that were one paragraph."""
    wrapped = len(chunk) > 2 and all(_WRAP_WIDTH[0] <= len(line) <= _WRAP_WIDTH[1] for _, line, _ in chunk[:-1])
    out: list[Line] = []
    for place, line, heading in chunk:
        if out and not heading and not out[-1][2] and _continues(out[-1][1], line, wrapped):
            out[-1] = (out[-1][0], f"{out[-1][1]} {line}", False)
        else:
            out.append((place, line, heading))
    return out


_CREDIT = re.compile(r"^\(?(?:Ảnh|ảnh) ?:")
#: Words that end no line: what follows with a capital letter goes on with the name.
_DANGLING = re.compile(rf"(?:,|\b{words_of('dangling')})$")
_CAPITALS = re.compile(rf"^[^{LOWER}]+$")
_CAPITALISED = re.compile(rf"^[{UPPER}\d“\"(]")


def _continues(before: str, line: str, wrapped: bool) -> bool:
    """Whether `line` goes on with the paragraph that `before` began."""
    if _CREDIT.match(line):
        return True
    if _STARTS_NEW.match(line):
        return False
    if wrapped:
        return True
    if _ENDS.search(before) or _CAPITALS.match(before) or _CAPITALS.match(line):
        return False
    if not _CAPITALISED.match(line):
        return True
    return bool(_DANGLING.search(before))


def join_lines(text: str) -> list[str]:
    """The clean lines of `text`; lines that were one wrapped paragraph or caption are put together."""
    chunk = [(0, clean(line), False) for line in text.splitlines() if clean(line)]
    return [line for _, line, _ in _joined(chunk)]
