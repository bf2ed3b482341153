"""Text → tokens: syllables and numbers with their place in the original text.

A token is a run of letters and digits in lower case. There is no stop list and no shortest length
(`y tế`, `ý kiến` are words). Numbers have one spelling: `5.835` is 5835, `2.4` and `2,4` are `2,4`,
`05` is 5; units glued to a number are split from it (`350km`). `TƯ` and `T.Ư` (Trung ương) are the
token `t.ư`, not the syllable of `đầu tư`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from indexer.analysis.normalise import Normalised
from indexer.tables import table

_UNITS = "|".join(sorted((row["unit"] for row in table("indexer.analysis", "units")), key=len, reverse=True))
_MARKS = "[\u0300-\u036f]*"
TOKEN_PATTERN = re.compile(
    r"(?P<central>(?<!\w)T(?:\.\s?)?Ư(?!\w))"
    r"|(?P<number>(?<![\w.,])(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+[.,]\d+|\d+)(?![\w\u0300-\u036f]|[.,]\d))"
    rf"|(?P<measure>(?<![\w.,])(?:\d{{1,3}}(?:\.\d{{3}})+|\d+[.,]\d+|\d+)(?=(?:{_UNITS})(?!\w)))"
    rf"|(?P<word>(?:[^\W_]{_MARKS})+)",
    re.IGNORECASE,
)
STOP = re.compile(r"[.!?…;\n\r]")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")


class Token(NamedTuple):
    """`text` in lower case; `start`, `end` in the original; `joined`: no stop between it and the one before."""

    text: str
    start: int
    end: int
    joined: bool


def tokenise(clean: Normalised) -> list[Token]:
    """The tokens of a text, in order. Never raises; a text without letters and digits gives none."""
    found: list[Token] = []
    last_end = 0
    for match in TOKEN_PATTERN.finditer(clean.text):
        start, end = match.span()
        joined = bool(found) and not STOP.search(clean.text, last_end, start)
        word = _spelling(match, clean.text)
        found.append(Token(word, *clean.original(start, end), joined))
        last_end = end
    return found


def _spelling(match: re.Match[str], text: str) -> str:
    if match.lastgroup == "word":
        return number_spelling(match[0]) if match[0].isdecimal() else match[0].lower()
    if match.lastgroup == "central":
        return "t.ư" if _is_central(match, text) else match[0].lower()
    return number_spelling(match[0])


def _is_central(match: re.Match[str], text: str) -> bool:
    """`TƯ` in capitals beside words that are not: a line all in capitals says nothing (ĐẦU TƯ CÔNG)."""
    if "." in match[0]:
        return True
    before = re.findall(r"\w+", text[max(0, match.start() - 30) : match.start()])
    return match[0].isupper() and not (before and len(before[-1]) > 1 and before[-1].isupper())


def number_spelling(typed: str) -> str:
    """One spelling of a number: no points between thousands, a comma before decimals, no leading zeros."""
    if _GROUPED.fullmatch(typed):
        return typed.replace(".", "")
    if typed.isdecimal():
        return (typed.lstrip("0") or "0") if len(typed) <= 3 else typed
    return typed.replace(".", ",")
