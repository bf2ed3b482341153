"""From TCVN3, VNI or VIQR to Unicode."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from corpus.legacy.encodings import Encoding, letters
from corpus.legacy.syllables import is_syllable
from corpus.tables import alternation

_VIQR_TONES = "'’`?~."
_VIQR_SHAPES = "(^+*"
#: A word of VIQR begins with a letter (or an escaped one) that is no part of a number.
_VIQR_WORD = re.compile(r"(?<![0-9])(?:[A-Za-z]|\\[dD])(?:[A-Za-z(^+*'’`?~.]|\\[(^+*'’`?~.\\dD])*")


def convert(text: str, encoding: Encoding, *, all_caps: bool = False) -> str:
    """`text`, all of which is in `encoding`, in NFC.

    TCVN3 and VNI are taken as their bytes look when read as Latin-1 or windows-1252. `all_caps` is for the fonts that
    draw small letters as capitals (.VnTimeH, .VnArialH): all letters come out as capitals. Characters without a
    row in the table stay. In VIQR a backslash before a mark keeps the mark; a syllable bears one tone, so what would
    be the second one is punctuation, and a word with tone marks alone that is no syllable (`e.g.`, `Panama.`)
    stays as it is.
    """
    composed = unicodedata.normalize("NFC", text)
    if encoding == "viqr":
        converted = _VIQR_WORD.sub(lambda word: _viqr_word(word.group()), composed)
    else:
        converted = _pattern(encoding).sub(_replacement(encoding), composed)
    return unicodedata.normalize("NFC", converted.upper() if all_caps else converted)


@cache
def _pattern(encoding: Encoding) -> re.Pattern[str]:
    return re.compile(alternation(letters(encoding)))


@cache
def _replacement(encoding: Encoding) -> Callable[[re.Match[str]], str]:
    table = letters(encoding)
    return lambda match: table[match.group()]


@cache
def _viqr_pattern() -> re.Pattern[str]:
    return re.compile(r"\\(?P<kept>.)|" + alternation(letters("viqr")))


def _viqr_word(word: str) -> str:
    """One word; marks at its end that make no syllable of it are punctuation (`nhie^u?`)."""
    converted, bare = _viqr_letters(word), word.rstrip(_VIQR_TONES)
    if is_syllable(converted.rstrip(_VIQR_TONES)):
        return converted
    if bare != word and is_syllable(shorter := _viqr_letters(bare)):
        return shorter + word[len(bare) :]
    marked = any(mark in word for mark in _VIQR_SHAPES) or "\\" in word or word[:2].lower() == "dd" or "DD" in word
    return converted if marked else word


def _viqr_letters(word: str) -> str:
    """The word with its letters read as the table says, one tone at most."""
    table, toned = letters("viqr"), False

    def letter(match: re.Match[str]) -> str:
        nonlocal toned
        if match["kept"]:
            return match["kept"]
        written, left = match.group(), ""
        tone = next((mark for mark in written if mark in _VIQR_TONES), "")
        if tone and toned:
            written, left = written.replace(tone, ""), tone
        toned = toned or bool(tone)
        return table.get(written, written) + left

    return _viqr_pattern().sub(letter, word)
