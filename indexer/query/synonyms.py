"""Abbreviations, their full forms and joined provinces: what is searched beside the typed words.

The rules are rows of `tables/synonyms.tsv`; they work at query time, and the reader is told of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from indexer.analysis import Analysed, analyse
from indexer.analysis.spelling import is_syllable
from indexer.tables import table

EQUAL, JOINED = 0.9, 0.4  # weight of a synonym, and of a province joined to the typed one


@dataclass(frozen=True)
class Alternative:
    """The tokens `start:end` of a run may also stand as `read`, at `share` of the weight."""

    start: int
    end: int
    label: str
    read: Analysed
    share: float


@dataclass(frozen=True)
class _Form:
    label: str
    read: Analysed
    kind: str
    others: tuple[str, ...]


@cache
def _forms() -> dict[tuple[str, ...], list[_Form]]:
    """Every form that may be typed, by its folded keys."""
    found: dict[tuple[str, ...], list[_Form]] = {}
    for row in table("indexer.query", "synonyms"):
        forms = row["forms"].split(" | ")
        for form in forms if row["kind"] != "out" else forms[:1]:
            read = analyse(form)
            others = tuple(other for other in forms if other != form)
            found.setdefault(tuple(read.folded), []).append(_Form(form, read, row["kind"], others))
    return found


LONGEST = 8  # tokens of a form


def alternatives(read: Analysed, text: str) -> tuple[Alternative, ...]:
    """The synonyms of what stands in a run; longer forms first, none inside another."""
    found: list[Alternative] = []
    taken: set[int] = set()
    for length in range(min(LONGEST, len(read.tokens)), 0, -1):
        for start in range(len(read.tokens) - length + 1):
            span = range(start, start + length)
            if taken.intersection(span):
                continue
            for form in _forms().get(tuple(read.folded[start : start + length]), ()):
                if _meant(read, text, span, form):
                    taken.update(span)
                    share = JOINED if form.kind == "place" else EQUAL
                    found += [Alternative(start, start + length, o, analyse(o), share) for o in form.others]
    return tuple(found)


def written_out(read: Analysed) -> list[str]:
    """The exact keys of a text, abbreviations in their full form: HĐND tỉnh → hội đồng nhân dân tỉnh."""
    keys: list[str] = []
    n = 0
    while n < len(read.exact):
        for length in (3, 2, 1):
            row = _SHORT.get(tuple(read.exact[n : n + length]))
            if row:
                keys += row
                n += length
                break
        else:
            keys.append(read.exact[n])
            n += 1
    return keys


def _short_forms() -> dict[tuple[str, ...], list[str]]:
    rows = [row["forms"].split(" | ") for row in table("indexer.query", "synonyms") if row["kind"] == "both"]
    return {
        tuple(keys): analyse(forms[-1]).exact
        for forms in rows
        for form in forms[:-1]
        for read in [analyse(form)]
        for keys in (read.exact, read.folded)
    }


_SHORT = _short_forms()


def _meant(read: Analysed, text: str, span: range, form: _Form) -> bool:
    """A word with marks must have those of the form; a short code that is also a syllable (`tu`, `ct`)
    counts only in capitals, in a query that is not all in capitals."""
    typed = [read.exact[n] for n in span]
    if any(key != read.folded[n] for n, key in zip(span, typed, strict=True)) and typed != form.read.exact:
        return False
    if not form.label.isupper() or len(span) > 1:
        return True
    word = text[read.tokens[span[0]].start : read.tokens[span[0]].end]
    ambiguous = form.kind == "out" or is_syllable(read.folded[span[0]])
    return not ambiguous or (word.isupper() and (len(read.tokens) == 1 or not text.isupper()))
