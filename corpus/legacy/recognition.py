"""Whether a text is in TCVN3, VNI or VIQR, judged from the text alone, and conservatively.

Words are the witnesses. For an encoding speaks a word that becomes a Vietnamese syllable and is none as it stands;
against it a word with foreign letters that becomes none. Words that are syllables either way (`xã`, `bé`) say nothing.
A text is recognised where the witnesses for one encoding are clear and next to nothing speaks against it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from string import ascii_letters

from corpus.legacy.conversion import convert
from corpus.legacy.encodings import ENCODINGS, Encoding, letters, rows
from corpus.legacy.syllables import is_syllable
from corpus.tables import alternation

# How a word testifies: "clear" words hold what no other language writes inside a word, "faint" ones need company,
# "either" are syllables in both readings (or words of tables/foreign.tsv), "against" become no syllable, "other" are
# unmarked words of other languages, "unicode" have letters that only Unicode has, all others say nothing.

#: Shares of the witnesses for an encoding that the words against it may reach.
_AGAINST, _UNICODE, _OTHER, _EITHER = 1 / 5, 1 / 20, 1, 2
#: Characters of a word that are looked at: no syllable is that long in any of the encodings.
_LONGEST = 24
#: Signs of TCVN3 that are letters in no language; · and × also join letters in formulas (N·m, a×b).
_SIGNS = "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶¸¹»¼½¾÷\u2212"
_TCVN3_CLEAR = re.compile(rf"(?=.{{3}})(?:[®§]|.+[{_SIGNS}]|.*[a-zß-ÿ][À-ÖØ-Þ])")
#: Letters that Unicode and VNI share, beside ASCII.
_SAME = set("íìÍÌ" + ascii_letters)
_VOWEL = re.compile("[AEIOUY]|[^\\W\\dA-ZĐ]")
_VIQR_WORD = re.compile(r"(?<![\w\\])[A-Za-z][^\W\d_]*(?:[(^+*'’`?~.\\]+[^\W\d_]*)*[)\d]?")
_VIQR_SHAPE = re.compile(r"[a-z][(^+*]|\bdd", re.IGNORECASE)
#: A tone mark between letters (Ti?nh, u?y), where ' and . need three letters (not I'm).
_VIQR_INSIDE = re.compile(r"[a-z]*[aeiouy](?:[`?~][a-z]+|['’.](?:[a-z]{2,}|(?<=[a-z]{2}.)[a-z]))$", re.IGNORECASE)
#: Calls, code points, and words cut short with * (our own query language): f(a), U+2212, tho*.
_VIQR_CODE = re.compile(r"[*)\d]")
_VIQR_TONED = re.compile(r"(?=.*[a-z].*[a-z]).*[aeou][(^+*]['’`?~.]|dd.*[(^+*'`?~]|(?:[^a-z]*[a-z]){4}", re.IGNORECASE)


def recognise(text: str) -> Encoding | None:
    """The legacy encoding that `text` (a whole document or a short query) is in; None in doubt and for all others."""
    composed = unicodedata.normalize("NFC", text)
    possible: tuple[Encoding, ...] = ("viqr",) if composed.isascii() else ENCODINGS
    found = {encoding: _weight(_testimony(composed, encoding)) for encoding in possible}
    most = max(found.values())
    best = [encoding for encoding, weight in found.items() if weight == most > 0]
    return best[0] if len(best) == 1 else None


def _weight(heard: Counter[str]) -> int:
    """How much speaks for an encoding; 0 where that is not enough or too much speaks against it."""
    witnesses = heard["clear"] + heard["faint"]
    if not heard["clear"] and heard["faint"] < 2:
        return 0
    limits = {"against": _AGAINST, "unicode": _UNICODE, "other": _OTHER, "either": _EITHER}
    if any(heard[kind] > witnesses * limit for kind, limit in limits.items()):
        return 0
    return witnesses


def _testimony(text: str, encoding: Encoding) -> Counter[str]:
    """How many words of `text` testify how."""
    heard: Counter[str] = Counter()
    judge = _judge_viqr if encoding == "viqr" else _judge
    for word, times in Counter(_words(text, encoding)).items():
        heard[judge(word, encoding)] += times
    return heard


def _words(text: str, encoding: Encoding) -> Iterator[str]:
    return (match.group()[:_LONGEST] for match in _word_pattern(encoding).finditer(text))


@cache
def _word_pattern(encoding: Encoding) -> re.Pattern[str]:
    """Words with the signs that are letters in the encoding."""
    if encoding == "viqr":
        return _VIQR_WORD
    signs = "".join(sorted({sign for sign in "".join(letters(encoding)) if not sign.isalpha()}))
    return re.compile(r"(?:[^\W\d_]" + (f"|[{re.escape(signs)}]" if signs else "") + ")+")


@lru_cache(maxsize=8192)
def _judge(word: str, encoding: Encoding) -> str:
    """How a word testifies for TCVN3 or VNI."""
    if word.isascii():
        return _plain(word)
    if _only_unicode(word):
        return "unicode"
    if len(word) == 1 and not word.isalpha():
        return "says nothing"
    converted = convert(word, encoding)
    if converted.isupper() and not _VOWEL.search(converted):
        return "says nothing"  # HĐND, QĐ
    if not is_syllable(converted):
        return "against"
    if is_syllable(word) or len(word) == 1 or word.lower() in _foreign():
        return "either" if converted != word or not set(word) - _SAME else "against"
    return "clear" if _clear(encoding)(word) else "faint"


@lru_cache(maxsize=8192)
def _judge_viqr(word: str, encoding: Encoding) -> str:
    """How a word testifies for VIQR; tone marks alone say little inside a word and nothing at its end (punctuation)."""
    if not word.isascii() and _only_unicode(word.replace("’", "'")):
        return "unicode"
    bare = word.rstrip("'’`?~.)0123456789")
    if _VIQR_INSIDE.match(word) and is_syllable(convert(word, encoding)):
        return "faint"
    if not _VIQR_SHAPE.search(word):
        return _plain(bare) if bare.isalpha() and bare.isascii() else "says nothing"
    if _VIQR_CODE.search(word) or not is_syllable(convert(word, encoding).rstrip("'’`?~.\\")):
        return "against"
    if _VIQR_TONED.match(word):
        return "clear"
    return "faint" if sum(map(str.isalpha, word)) > 2 else "says nothing"


def _plain(word: str) -> str:
    """A word without marks: a syllable, a code in capitals or a single letter says nothing."""
    return "says nothing" if len(word) == 1 or word.isupper() or is_syllable(word) else "other"


def _only_unicode(word: str) -> bool:
    """Whether the word has letters outside Latin-1."""
    return any(letter > "\u00ff" and letter.isalpha() and letter != "\u03bc" for letter in word)


@cache
def _foreign() -> frozenset[str]:
    """Words of other languages that would become a Vietnamese syllable."""
    return frozenset(row["word"] for row in rows("foreign"))


@cache
def _clear(encoding: Encoding) -> Callable[[str], object]:
    if encoding == "tcvn3":
        return _TCVN3_CLEAR.match
    pairs = [row["legacy"] for row in rows(encoding) if row["kind"] == "standard" and len(row["legacy"]) == 2]
    return re.compile(rf"(?:[ñÑ].{{2}}|.*{alternation(pairs)})").match
