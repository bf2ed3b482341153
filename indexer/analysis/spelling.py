"""From an exact key back to the spelling that a reader is shown, and what a Vietnamese syllable looks like."""

from __future__ import annotations

import re
import unicodedata

from indexer.analysis.keys import TONES

_INITIAL = "ngh|ng|nh|kh|gh|ph|th|tr|ch|qu|gi|[bcdđghklmnpqrstvx]"
_FINAL = "ng|nh|ch|[cmnpt]"
_VOWELS = "aăâeêioôơuưy"
_PARTS = re.compile(rf"(?P<initial>(?:{_INITIAL})?)(?P<nucleus>[{_VOWELS}]+)(?P<final>(?:{_FINAL})?)")
_SHAPED = "ăâêôơư"
# Nuclei of syllables without marks (folded); source: Đoàn Thiện Thuật, Ngữ âm tiếng Việt, table of rhymes.
_NUCLEI = frozenset(
    [
        "a",
        "ai",
        "ao",
        "au",
        "ay",
        "e",
        "eo",
        "eu",
        "i",
        "ia",
        "ie",
        "ieu",
        "iu",
        "o",
        "oa",
        "oai",
        "oao",
        "oay",
        "oe",
        "oeo",
        "oi",
        "oo",
        "u",
        "ua",
        "uau",
        "ue",
        "ui",
        "uo",
        "uoi",
        "uou",
        "uu",
        "uy",
        "uya",
        "uye",
        "uyu",
        "y",
        "ye",
        "yeu",
    ]
)


def spell(key: str) -> str:
    """The ordinary spelling of an exact key: `hoị` + shape → hội, `uỷ` → ủy. A key that is no
    Vietnamese syllable keeps its tone at the end."""
    bare = key.rstrip(TONES)
    tone = key[len(bare) :]
    if not tone:
        return key
    match = _PARTS.fullmatch(bare)
    if match is None or len(tone) > 1:
        return unicodedata.normalize("NFC", key)
    initial, nucleus, final = match["initial"], match["nucleus"], match["final"]
    at = len(initial) + _toned(nucleus, final)
    return unicodedata.normalize("NFC", bare[: at + 1] + tone + bare[at + 1 :])


def _toned(nucleus: str, final: str) -> int:
    """Which letter of the nucleus bears the tone: the shaped one, else the last before a final
    consonant, else the first of two and the middle of three."""
    shaped = [n for n, letter in enumerate(nucleus) if letter in _SHAPED]
    if shaped:
        return shaped[-1]
    if final:
        return len(nucleus) - 1
    return len(nucleus) // 2 if len(nucleus) == 3 else 0


def is_syllable(folded: str) -> bool:
    """Whether letters without marks can be a Vietnamese syllable."""
    match = _PARTS.fullmatch(folded)
    if match is None:
        return folded == "gi"
    return match["nucleus"] in _NUCLEI
