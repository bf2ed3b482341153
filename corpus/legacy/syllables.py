"""Whether a word with its marks is a Vietnamese syllable, as strictly as the orthography allows.

`indexer.analysis.spelling` has a check for folded keys; it says nothing about marks, and `corpus` must not import
`indexer`. This one judges whole spellings: which letters may open a syllable before which vowel, which rhymes exist
(`tables/rhymes.tsv`), which tones a stop allows, and on which letter the tone mark stands.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from corpus.legacy.encodings import rows

#: More than nghiêng in NFD; nothing longer is looked at or remembered.
_LONGEST = 12
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOP_TONES = ("\u0301", "\u0323")
_SHAPED = "ăâêôơư"
_FRONT = "eêiy"
_INITIAL = re.compile(r"ngh|ng|nh|kh|gh|gi|ph|th|tr|ch|qu|[bcdđghklmnprstvx]|")
_EITHER_TONE = frozenset(["oa", "oe", "uy"])
#: What stands before front vowels only, before the others only (spellings of one sound), and before y alone.
_BEFORE_FRONT = frozenset(["k", "gh", "ngh"])
_BEFORE_Y = frozenset(["", "h", "k", "l", "m", "s", "t", "th", "v"])
_BEFORE_OTHER = frozenset(["c", "g", "ng"])


@cache
def _rhymes() -> dict[str, tuple[str, str]]:
    """Each rhyme without tone → its vowels and its coda."""
    found = {}
    for row in rows("rhymes"):
        for coda in ([""] if row["open"] else []) + row["codas"].split():
            found[row["vowels"] + coda] = (row["vowels"], coda)
    return found


def is_syllable(word: str) -> bool:
    """Whether `word` (any case, NFC or NFD) is spelled as a Vietnamese syllable, its tone mark included."""
    return len(word) <= _LONGEST and _judged(word)


@lru_cache(maxsize=8192)
def _judged(word: str) -> bool:
    plain, tone, at = _split(word.lower())
    initial = _initial(plain)
    rhyme = plain[len(initial) :]
    if tone is None or rhyme not in _rhymes() or not _fits(initial, rhyme):
        return False
    vowels, coda = _rhymes()[rhyme]
    if coda in ("c", "ch", "p", "t") and tone not in _STOP_TONES:
        return False
    return not tone or at - len(initial) in _toned(vowels, coda)


def _split(word: str) -> tuple[str, str | None, int]:
    """The word without its tone mark, the mark (empty for none, None for several) and the letter that bears it."""
    plain, tones, at = "", "", -1
    for letter in unicodedata.normalize("NFC", word):
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(part for part in parts if part in _TONES)
        if tone:
            tones, at = tones + tone, len(plain)
        plain += unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    return plain, tones if len(tones) < 2 else None, at


def _initial(plain: str) -> str:
    """The consonants that open a syllable; in `gì`, `gìn`, `giêng` the i belongs to the rhyme."""
    match = _INITIAL.match(plain)
    initial = match.group() if match else ""
    if initial == "gi" and plain[2:3] in ("", *"nêm"):
        return "g"
    return initial


def _fits(initial: str, rhyme: str) -> bool:
    """Whether the spelling of the initial suits the vowel behind it (kẻ, not cẻ; nghe, not nge)."""
    front = rhyme[0] in _FRONT
    if initial == "g" and rhyme in ("i", "in", "iêng", "iêt", "iêm", "iêc"):
        return True
    if initial in _BEFORE_FRONT:
        return front
    if initial in _BEFORE_OTHER:
        return not front
    if initial == "qu":
        return rhyme[0] not in "uưo"
    if rhyme[0] == "y":
        return initial in _BEFORE_Y if rhyme == "y" else initial == "" and rhyme.startswith("yê")
    return True


def _toned(vowels: str, coda: str) -> tuple[int, ...]:
    """The letters of a rhyme that may bear the tone: both schools for hòa / hoà, otherwise the one that all use."""
    shaped = [n for n, letter in enumerate(vowels) if letter in _SHAPED]
    if shaped:
        return (shaped[-1],)
    if coda:
        return (len(vowels) - 1,)
    return (0, 1) if vowels in _EITHER_TONE else (0,)
