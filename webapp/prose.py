"""The text of a report as HTML: sentences that can be linked to, with links or marks inside."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from corpus.record import Record
from corpus.text import sentences
from webapp import links

# a document number or a span of years, which no line break may cut
_UNBROKEN = re.compile(r"\b[0-9]+(?:/[0-9]{4})?[-–/][A-ZĐ][\wĐđ./–-]*\w|\b[0-9]{4} [-–] [0-9]{4}\b")


def unbroken(text: str | None) -> Markup:
    """`text` as HTML in which document numbers and spans of years stay on one line."""
    parts, at = [], 0
    for found in _UNBROKEN.finditer(text or ""):
        parts += [escape((text or "")[at : found.start()]), Markup('<span class="nb">%s</span>') % found[0]]
        at = found.end()
    return Markup("").join([*parts, escape((text or "")[at:])])


def unbroken_html(html: str) -> Markup:
    """The same for a snippet, which is safe HTML already; its only tag is <mark>."""
    return Markup(_UNBROKEN.sub(r'<span class="nb">\g<0></span>', html))


def subject(about: str) -> str:
    """What a document is about without the word "về", where a label says it."""
    return re.sub(r"^(?:v/v|về việc|về)\s+", "", about, flags=re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """A range of characters of a text, and the HTML that stands around it."""

    start: int
    end: int
    before: Markup
    after: Markup


def marked(start: int, end: int) -> Part:
    """A part that lights up."""
    return Part(start, end, Markup("<mark>"), Markup("</mark>"))


def woven(text: str, start: int, end: int, parts: Iterable[Part]) -> Markup:
    """The characters of `text` from `start` to `end` with the parts that lie within, none overlapping."""
    pieces, at = [], start
    for part in sorted(parts, key=lambda one: (one.start, -one.end)):
        if at <= part.start < part.end <= end:
            pieces += [
                unbroken(text[at : part.start]),
                part.before,
                unbroken(text[part.start : part.end]),
                part.after,
            ]
            at = part.end
    return Markup("").join([*pieces, unbroken(text[at:end])])


def paragraphs(record: Record) -> list[Markup]:
    """Each paragraph as HTML: sentence k of paragraph p is `#dp-k` (both from 1), citations are links."""
    cited: dict[int, list[Part]] = {}
    for document in record.cited_documents:
        before = Markup('<a href="%s">') % links.document(document.number)
        for paragraph, start, end in document.spans:
            cited.setdefault(paragraph, []).append(Part(start, end, before, Markup("</a>")))
    return [_paragraph(text, index, cited.get(index, [])) for index, text in enumerate(record.paragraphs)]


def _paragraph(text: str, index: int, parts: list[Part]) -> Markup:
    pieces, at = [], 0
    for number, one in enumerate(sentences(text), 1):
        sentence = woven(text, one.start, one.end, parts)
        pieces += [escape(text[at : one.start]), Markup('<span class="s" id="d%d-%d">') % (index + 1, number)]
        pieces += [sentence, Markup("</span>")]
        at = one.end
    return Markup("").join([*pieces, escape(text[at:])])


@dataclass(frozen=True)
class Place:
    """Where a fact stands: paragraph and sentence from 0, the sentence None where it is not known."""

    paragraph: int
    sentence: int | None

    @property
    def anchor(self) -> str:
        """The address within the page."""
        return f"#d{self.paragraph + 1}" + ("" if self.sentence is None else f"-{self.sentence + 1}")


def place(record: Record, paragraph: int | None, span: tuple[int, int] | None, *words: str | None) -> Place | None:
    """The place of a fact: by its span, else where the first of `words` stands in its paragraph."""
    if paragraph is None or paragraph >= len(record.paragraphs):
        return None
    text = record.paragraphs[paragraph]
    at = span[0] if span else next((text.find(one) for one in words if one and one in text), -1)
    inside = (k for k, one in enumerate(sentences(text)) if one.start <= at < one.end)
    return Place(paragraph, next(inside, None))
