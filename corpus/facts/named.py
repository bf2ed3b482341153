"""Drafts, proposals, laws and projects that the text cites by name, without a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from corpus.article import Paragraph
from corpus.facts.bodies import body_at
from corpus.facts.documents import TYPES
from corpus.facts.reading import Reading
from corpus.record import NamedDocument
from corpus.tables import alternation, column
from corpus.text import UPPER

Status = Literal["draft", "proposal", "law", "other"]
_TYPES = alternation(column("document_types", "type"))
_DRAFT = re.compile(rf"(?<!\w)[Dd]ự thảo (?P<type>(?i:{_TYPES}))(?!\w)(?! số)")
_PROPOSAL = re.compile(r"(?<!\w)(?P<type>[Tt]ờ trình|Đề án|Dự án|Phương án)(?!\w)(?! số)(?= (?:của|về|[\"“]|[A-ZĐ]))")
_LAW = re.compile(
    rf"(?<!\w)(?P<type>Luật|Bộ luật|Pháp lệnh|Hiến pháp)(?: (?P<about>[{UPPER}][^.,;:()\d]{{2,60}}?))"
    rf"(?=[.,;:()]| năm| số| và | được| đã| có|$)"
)
_KINDS: tuple[tuple[re.Pattern[str], Status], ...] = (
    (_DRAFT, "draft"),
    (_PROPOSAL, "proposal"),
    (_LAW, "law"),
)
_BY = re.compile(r" của ")
_ABOUT = re.compile(r" (?P<about>(?:về|v/v)? ?[^.,;:()]{4,160})")


def read_named(reading: Reading) -> tuple[NamedDocument, ...]:
    """The named documents of all paragraphs in order, each wording once."""
    found: dict[tuple[str, str | None], NamedDocument] = {}
    for paragraph in reading.article.paragraphs:
        for named in _in_paragraph(reading, paragraph):
            if named.about is not None or not any(kind == named.type for kind, _ in found):
                found.setdefault((named.type, named.about), named)
    return tuple(found.values())


def _in_paragraph(reading: Reading, paragraph: Paragraph) -> Iterator[NamedDocument]:
    key = paragraph.key
    drafts = [(m.start(), m.end()) for m in _DRAFT.finditer(key)]
    for pattern, status in _KINDS:
        for match in pattern.finditer(key):
            if reading.in_citation(paragraph.index, match.start()):
                continue
            if status != "draft" and any(s <= match.start() < e for s, e in drafts):
                continue
            yield _named(paragraph, match, status)


def _named(paragraph: Paragraph, match: re.Match[str], status: Status) -> NamedDocument:
    key, text, at = paragraph.key, paragraph.text, match.end()
    issuer = None
    by = _BY.match(key, at)
    if by and (end := body_at(key, by.end())):
        issuer, at = text[by.end() : end], end
    kind = TYPES.get(match["type"].lower(), match["type"])
    if status == "law":
        about: str | None = text[match.start("about") : match.end("about")]
    else:
        tail = _ABOUT.match(key, at)
        about = text[tail.start("about") : tail.end("about")].strip(' "“”') if tail else None
        at = tail.end() if tail else at
    return NamedDocument(
        type=kind,
        about=about,
        issuer=issuer,
        status=status,
        paragraph=paragraph.index,
        span=(match.start(), at),
    )
