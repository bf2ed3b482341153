"""Quantities: a number with its measure or with the noun that is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.article import Paragraph
from corpus.facts.reading import Reading
from corpus.record import Figure
from corpus.tables import alternation, column

_NUM = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)"
_MULTIPLIER = alternation(column("units", "unit", kind="multiplier"))
_UNIT = alternation(column("units", "unit", kind="measure"))
_FIGURE = re.compile(rf"(?<![\w./,-])(?P<n>{_NUM})(?:\s?-\s?(?P<n2>{_NUM}))?(?![\d/])(?!\.\d)")
_MEASURE = re.compile(rf"\s?(?:(?:{_MULTIPLIER}\s)?(?:{_UNIT})|{_MULTIPLIER})(?!\w| chí| bào| bộ)|\s?%")
_BEFORE = re.compile(rf"(?<!\w)(?:{'|'.join(column('figure_traps', 'pattern'))})\s?$", re.IGNORECASE)
_NOUN = re.compile(r"\s(?P<noun>[^\W\d_][\w']*(?: [^\W\d_][\w']*){0,5})")
_NOUN_END = frozenset(column("noun_ends", "word"))
_KEEPS = frozenset(column("noun_keeps", "words"))
_NOT_COUNTED = frozenset(column("not_counted", "word"))
_WHAT = re.compile(r" (?P<what>[^,.;:()\"]{3,60})")
_WHAT_BEFORE = re.compile(
    r"(?P<what>[^,.;:()\"\d]{4,60}?) (?:đạt|là|ước đạt|ước|còn|chiếm|tăng|giảm|gần|hơn|trên|khoảng"
    r"|được|chỉ đạt|mới đạt|đã đạt| )*$"
)
_YEAR = re.compile(r"(?:năm|Năm) (?P<y>20\d\d)")


def read_figures(reading: Reading) -> tuple[Figure, ...]:
    """The figures of all paragraphs, without numbers of documents, dates, sessions, years and people."""
    return tuple(figure for paragraph in reading.article.paragraphs for figure in _in_paragraph(reading, paragraph))


def _in_paragraph(reading: Reading, paragraph: Paragraph) -> Iterator[Figure]:
    key = paragraph.key
    for match in _FIGURE.finditer(key):
        if reading.in_citation(paragraph.index, match.start()) or _BEFORE.search(
            key[max(0, match.start() - 16) : match.start()]
        ):
            continue
        unit = _unit_at(key, match.end())
        if unit is None:
            continue
        start, end = unit
        what = _what(paragraph, match.start(), end, key[start:end].strip())
        year = _year(paragraph, match.start())
        for name in ("n", "n2"):
            if match[name]:
                yield Figure(
                    value=value_of(match[name]),
                    unit=paragraph.text[start:end].strip(),
                    what=what,
                    year=year,
                    paragraph=paragraph.index,
                    span=(match.start(name), end),
                )


def value_of(number: str) -> float:
    """`5.835` → 5835, `78,76` → 78.76: the point groups thousands, the comma is decimal."""
    return float(number.replace(".", "").replace(",", "."))


def _unit_at(key: str, at: int) -> tuple[int, int] | None:
    """The range of the measure or of the counted noun behind a number."""
    measure = _MEASURE.match(key, at)
    if measure:
        return measure.start(), measure.end()
    noun = _NOUN.match(key, at)
    if not noun:
        return None
    end = noun.start("noun")
    words = noun["noun"].split(" ")
    if " ".join(words[:2]) not in _KEEPS and (words[0] in _NOT_COUNTED or words[0] in _NOUN_END):
        return None
    for position, word in enumerate(words):
        pair = " ".join(words[position : position + 2])
        kept = " ".join(words[max(0, position - 1) : position + 1]) in _KEEPS or pair in _KEEPS
        if position and not kept and (word in _NOUN_END or pair in _NOUN_END or word[0].isupper()):
            break
        end += len(word) + 1
    end -= 1
    return noun.start("noun"), end


def _what(paragraph: Paragraph, start: int, end: int, unit: str) -> str | None:
    """What is counted or measured: the words behind the unit, else those before the number."""
    after = _WHAT.match(paragraph.key, end)
    if after and not re.match(r" (?:và|so với|trong|của|để|thì|bằng|tăng|giảm) ", after.group() + " "):
        return paragraph.text[after.start("what") : after.end("what")].strip()
    before = _WHAT_BEFORE.search(paragraph.key[max(0, start - 90) : start])
    offset = max(0, start - 90)
    return paragraph.text[offset + before.start("what") : offset + before.end("what")].strip() if before else None


def _year(paragraph: Paragraph, at: int) -> int | None:
    """The year named last before the figure in its paragraph, else the only one behind it."""
    before = [int(m["y"]) for m in _YEAR.finditer(paragraph.key, 0, at)]
    if before:
        return before[-1]
    after = {int(m["y"]) for m in _YEAR.finditer(paragraph.key, at)}
    return after.pop() if len(after) == 1 else None
