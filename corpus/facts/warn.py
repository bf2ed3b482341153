"""What a careful reader should know before trusting the record."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.facts.meeting import Told
from corpus.facts.numerals import NUMERAL, number_of
from corpus.facts.people import People
from corpus.facts.reading import Reading
from corpus.record import Warning

_DOTS = re.compile(r"\.{6,}|…{3,}|_{6,}")
_ANNOUNCED = re.compile(rf"(?:cho ý kiến|thảo luận|bàn|xem xét)[^.;]{{0,30}}? (?P<n>{NUMERAL}) nội dung")


def read_warnings(reading: Reading, told: Told, people: People) -> Iterator[Warning]:
    """The warnings in the order of the text: `no_year`, `empty_form`, `no_title`, `two_numbers`."""
    article = reading.article
    if told.unresolved:
        day = f"{told.unresolved.day}/{told.unresolved.month}"
        yield Warning(code="no_year", message=f"The meeting day {day} has no year in the text.", paragraph=told.told_in)
    blanks = sum(len(_DOTS.findall(p.text)) for p in article.paragraphs)
    if blanks > 5 and blanks * 3 > len(article.paragraphs):
        yield Warning(code="empty_form", message="Rows of dots: this looks like a form that nobody filled in.")
    if not article.titled:
        yield Warning(code="no_title", message="No title is printed; the first sentence stands for it.")
    if (
        sum(k.part == "chair" for k in people.known) == 0
        and told.meeting
        and article.paper
        and article.paper.genre == "minutes"
    ):
        yield Warning(code="no_chair", message="The minutes name nobody who chaired.")
    yield from _announced(reading)


def _announced(reading: Reading) -> Iterator[Warning]:
    """`cho ý kiến 9 nội dung`: how many were announced, for a reader who counts fewer."""
    for paragraph in reading.article.paragraphs:
        for match in _ANNOUNCED.finditer(paragraph.key):
            count = number_of(match["n"])
            if count and count > 1:
                message = f"The text announces {count} items of the agenda; it may name fewer."
                yield Warning(code="items_announced", message=message, paragraph=paragraph.index, span=match.span())
                return
