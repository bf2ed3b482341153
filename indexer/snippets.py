"""Snippets: the passage of a report that best shows why it was found, what matched marked in it.

Whole words in the spelling of the source, whatever was typed; neighbouring words that match are one
mark; the only tag is <mark>.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from html import escape

from corpus.record import Record
from indexer.analysis import Analysed, analyse, analyse_words
from indexer.passages import Passage
from indexer.sought import Sought

WIDTH = 36  # tokens of a snippet
BEFORE = 6  # tokens of it before the first match, where there is room
FRAGMENT = 8  # tokens of the text of a `#:~:text=` link


@dataclass(frozen=True)
class Snippet:
    """`paragraph` is None where nothing of the paragraphs matched; `fragment` is plain text."""

    html: str
    paragraph: int | None
    fragment: str | None


@dataclass(frozen=True)
class _Passage:
    paragraph: int
    read: Analysed
    marks: list[float]


def snippet_of(record: Record, sought: Sought, passage: Passage) -> Snippet:
    """The passage that the index chose; the beginning of the paragraphs where nothing of them matches."""
    if passage.paragraph is None or passage.paragraph >= len(record.paragraphs):
        return _beginning(record)
    text = record.paragraphs[passage.paragraph]
    read = analyse_words(text)
    marks = _marks(read, sought, passage.strict, set())
    return _cut(text, _Passage(passage.paragraph, read, marks)) if any(marks) else _beginning(record)


def snippet(record: Record, sought: Sought) -> Snippet:
    """The best passage, found by reading all paragraphs: where numbers or days are sought, which may be
    written in many ways."""
    reads = [analyse(text) for text in record.paragraphs]
    strict = sought.strict({key for read in reads for key in read.exact})
    wanted = _identifiers(reads, sought)
    best, value = None, 0.0
    for number, read in enumerate(reads):
        marks = _marks(read, sought, strict, wanted)
        if (worth := _worth(read, marks)) > value:
            best, value = _Passage(number, read, marks), worth
    return _beginning(record) if best is None else _cut(record.paragraphs[best.paragraph], best)


def _beginning(record: Record) -> Snippet:
    words = (record.lead or next(iter(record.paragraphs), "")).split()
    return Snippet(escape(" ".join(words[:WIDTH])) + (" …" if len(words) > WIDTH else ""), None, None)


def around(record: Record, paragraph: int, span: tuple[int, int]) -> Snippet:
    """The passage around a place of the text, that place marked."""
    text = record.paragraphs[paragraph]
    read = analyse(text)
    marks = [1.0 if span[0] <= token.start < span[1] else 0.0 for token in read.tokens]
    return _cut(text, _Passage(paragraph, read, marks)) if any(marks) else Snippet(escape(text), paragraph, None)


def marked(text: str, sought: Sought) -> str:
    """A whole text (a title) with its matches marked."""
    read = analyse(text) if sought.identifiers else analyse_words(text)
    marks = _marks(read, sought, sought.strict(set(read.exact)), _identifiers([read], sought))
    return _html(text, read, marks, 0, len(read.tokens), 0, len(text))


def _identifiers(reads: list[Analysed], sought: Sought) -> set[str]:
    have = {term for read in reads for each in read.identifiers for term in each.terms}
    return {term for terms in sought.identifiers for term in [next((t for t in terms if t in have), "")]}


def _marks(read: Analysed, sought: Sought, strict: AbstractSet[str], wanted: set[str]) -> list[float]:
    """The weight of each token as a match, 0 for none."""
    marks = []
    for exact, fold in zip(read.exact, read.folded, strict=True):
        weight = sought.exact.get(exact, 0.0)
        marks.append(weight or (0.0 if fold in strict else sought.folded.get(fold, 0.0)))
    for each in read.identifiers:
        if wanted.intersection(each.terms):
            for n, token in enumerate(read.tokens):
                if each.start <= token.start < each.end:
                    marks[n] = max(marks[n], 5.0)
    return _without_strays(read, marks)


def _without_strays(read: Analysed, marks: list[float]) -> list[float]:
    """A lone syllable of a phrase that stands whole elsewhere in the passage is no match (“Nghị” of
    another “Nghị quyết”)."""
    beside = [
        bool(weight)
        and bool((n and marks[n - 1]) or (n + 1 < len(marks) and marks[n + 1] and read.tokens[n + 1].joined))
        for n, weight in enumerate(marks)
    ]
    whole = {read.folded[n] for n, is_beside in enumerate(beside) if is_beside}
    return [0.0 if weight and not beside[n] and read.folded[n] in whole else weight for n, weight in enumerate(marks)]


def _worth(read: Analysed, marks: list[float]) -> float:
    """Distinct words matched, by weight, and half as much again for each that stands beside another."""
    seen: dict[str, float] = {}
    beside = 0.0
    for n, weight in enumerate(marks):
        if weight:
            seen[read.folded[n]] = weight
            beside += weight / 2 if n and marks[n - 1] else 0.0
    return sum(seen.values()) + beside / 2


def _cut(text: str, passage: _Passage) -> Snippet:
    tokens, marks = passage.read.tokens, passage.marks
    start = _window(passage.read, marks)
    end = min(len(tokens), start + WIDTH)
    left = 0 if start == 0 else tokens[start].start
    right = len(text) if end == len(tokens) else tokens[end - 1].end
    html = _html(text, passage.read, marks, start, end, left, right)
    first = next(n for n in range(start, end) if marks[n])
    last = min(len(tokens), first + FRAGMENT)
    fragment = text[tokens[first].start : tokens[last - 1].end]
    return Snippet(("… " if left else "") + html + (" …" if right < len(text) else ""), passage.paragraph, fragment)


def _window(read: Analysed, marks: list[float]) -> int:
    """Where the window of WIDTH tokens with the most distinct matches begins, with some words before."""
    matches = [n for n, weight in enumerate(marks) if weight]
    first, last, value = matches[0], matches[0], 0.0
    for start in matches:
        inside = [n for n in matches if start <= n < start + WIDTH]
        worth = sum({read.folded[n]: marks[n] for n in inside}.values())
        if worth > value:
            first, last, value = start, inside[-1], worth
    before = min(BEFORE, WIDTH - 1 - (last - first))
    return max(0, min(first - before, len(marks) - WIDTH))


def _html(text: str, read: Analysed, marks: list[float], start: int, end: int, left: int, right: int) -> str:
    out, at, n = [], left, start
    while n < end:
        if not marks[n]:
            n += 1
            continue
        last = n
        while last + 1 < end and marks[last + 1] and read.tokens[last + 1].joined:
            last += 1
        out.append(escape(text[at : read.tokens[n].start]))
        out.append(f"<mark>{escape(text[read.tokens[n].start : read.tokens[last].end])}</mark>")
        at, n = read.tokens[last].end, last + 1
    out.append(escape(text[at:right]))
    return "".join(out)
