"""The sentences that cite a document, as its page shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from corpus.record import CitedDocument, Record
from corpus.store import Stored
from corpus.text import sentences
from indexer.collection import Citations
from webapp.prose import marked, unbroken, woven


@dataclass(frozen=True)
class Sentence:
    """A citing sentence of a report; `short` where every number in it is a bare one."""

    stored: Stored
    html: Markup
    paragraph: int | None
    sentence: int | None
    short: bool

    @property
    def date(self) -> str | None:
        """The day of the meeting, else of publication."""
        return self.stored.record.meeting_date or self.stored.record.published_date

    @property
    def year(self) -> str:
        """The year by which the sentences are grouped, empty where no day is known."""
        return (self.date or "")[:4]


def citing(citations: Citations) -> list[Sentence]:
    """Every citing sentence, in the order of the reports."""
    pairs = zip(citations.reports, citations.documents, strict=True)
    return [one for stored, document in pairs for one in _of(stored, document)]


def _of(stored: Stored, document: CitedDocument) -> Iterator[Sentence]:
    found = False
    for paragraph, text in enumerate(stored.record.paragraphs):
        spans = _spans(stored.record, document, paragraph)
        for number, one in enumerate(sentences(text)):
            inside = [span for span in spans if one.start <= span[0] < span[1] <= one.end]
            if inside:
                found = True
                html = woven(text, one.start, one.end, (marked(*span) for span in inside))
                short = not any(_is_full(text[first:last], document.number) for first, last in inside)
                yield Sentence(stored, html, paragraph, number, short)
    if not found:  # cited in the title or a caption, or where the place is not known
        yield Sentence(stored, unbroken(stored.record.title), None, None, False)


def _spans(record: Record, document: CitedDocument, paragraph: int) -> list[tuple[int, int]]:
    """Where a paragraph cites the document: as read, else where its number stands."""
    if document.spans:
        return [(start, end) for at, start, end in document.spans if at == paragraph]
    if paragraph not in document.paragraphs:
        return []
    return [found.span() for found in re.finditer(re.escape(document.number), record.paragraphs[paragraph])]


def _is_full(words: str, number: str) -> bool:
    return _bare(number) in _bare(words)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()
