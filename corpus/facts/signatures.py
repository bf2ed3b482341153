"""The names below an office paper: who signed, in which office or part (side by side or below each other)."""

from __future__ import annotations

import re

from corpus.article import Article, Paragraph
from corpus.facts.names import starts_with_surname
from corpus.paper import body_case
from corpus.record import Part
from corpus.text import LOWER, UPPER, WORD

_NAME = re.compile(rf"^{WORD}(?: {WORD}){{1,4}}$|^[{UPPER}]'[{UPPER}]?[{LOWER}]+$")
_CAPITALS = re.compile(rf"^(?:TM|KT|TL|TUQ|Q)?\.? ?[^{LOWER}\d]*[{UPPER}]{{2}}[^{LOWER}\d]*$")
_LABELS: tuple[tuple[re.Pattern[str], Part], ...] = (
    (re.compile(r"(?:THƯ K[ÝÍ]|NGƯỜI GHI BIÊN BẢN)"), "secretary"),
    (re.compile(r"^(?:CHỦ T[ỌO][AẠ]|CHỦ TRÌ|CHỦ TỌA)"), "chair"),
)
_ON_BEHALF = re.compile(r"^(?:TM|KT|TL|TUQ)\b")
_TAIL = 24

#: (name, (paragraph, start, end), office in normal case or None, part)
Signature = tuple[str, tuple[int, int, int], str | None, Part]


def signatures(article: Article) -> list[Signature]:
    """The signatures of a paper, empty for a news report."""
    if article.paper is None:
        return []
    labels: list[str] = []
    found: list[Signature] = []
    named = 0
    for paragraph in article.paragraphs[-_TAIL:]:
        if _is_label(paragraph):
            if named:
                labels, named = [], 0
            labels.append(paragraph.key)
        elif labels and _NAME.match(paragraph.key) and starts_with_surname(paragraph.key):
            found.append(_signed(paragraph, labels, named))
            named += 1
        elif len(paragraph.key) > 60:
            labels, named = [], 0
    return found


def _is_label(paragraph: Paragraph) -> bool:
    return len(paragraph.key) < 60 and bool(_CAPITALS.match(paragraph.key))


def _signed(paragraph: Paragraph, labels: list[str], position: int) -> Signature:
    parts = [part for label in labels for pattern, part in _LABELS if pattern.search(label)]
    part: Part = parts[min(position, len(parts) - 1)] if parts and position < len(parts) else "signed"
    offices = [
        label for label in labels if not _ON_BEHALF.match(label) and not any(p.search(label) for p, _ in _LABELS)
    ]
    office = body_case(offices[-1]) if offices and part == "signed" else None
    return paragraph.text, (paragraph.index, 0, len(paragraph.text)), office, part
