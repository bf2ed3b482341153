"""Ordinal numbers in digits, Roman numerals and words (`14`, `XIV`, `mười bốn`)."""

from __future__ import annotations

from corpus.tables import alternation, rows

_WORDS = {row["words"]: int(row["value"]) for row in rows("numerals")}
#: A numeral in match form: digits, Roman, or words in small letters or with a capital.
NUMERAL = rf"(?:\d{{1,3}}(?!\d)|[IVXL]{{1,6}}(?!\w)|(?i:{alternation(_WORDS)})(?!\w))"
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}


def number_of(text: str) -> int | None:
    """The value of a numeral, None where it is none."""
    text = text.strip()
    if text.isdigit():
        return int(text)
    if text and all(c in _ROMAN for c in text):
        values = [_ROMAN[c] for c in text]
        return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
    return _WORDS.get(text.lower())
