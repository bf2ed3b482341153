"""Vietnamese text: NFC, white space, one spelling for matching, sentences, syllables, folding."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.tables import column

_VOWELS = "aăâeêioôơuưy"
_MARKS = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
#: The lower and upper case letters of Vietnamese, for character classes.
LOWER = "".join(unicodedata.normalize("NFC", v + m) for v in _VOWELS for m in _MARKS) + "bcdđfghjklmnpqrstvwxz"
UPPER = LOWER.upper()
#: A capitalised word (Bình, K'Briêng, A) and an abbreviation (UBND, T.Ư, MTTQ).
WORD = rf"(?:[{UPPER}]['’][{UPPER}]?[{LOWER}]+|[{UPPER}][{LOWER}]*)"
ABBREVIATION = rf"[{UPPER}][{UPPER}.]*[{UPPER}]"

_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]")
_ONE_TO_ONE = dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’ʼ", "'")
_OTHER_SIGNS = re.compile("[" + "".join(_ONE_TO_ONE) + "]")


def clean(raw: str) -> str:
    """One line of text: NFC, no invisible characters, single blanks, and Đ where Ð (eth) was typed."""
    text = unicodedata.normalize("NFC", raw)
    return _SPACE.sub(" ", _INVISIBLE.sub("", text)).replace("\u00d0", "Đ").strip()


def _tone_pairs() -> dict[str, str]:
    pairs = {}
    for first, second in (("o", "a"), ("o", "e"), ("u", "y")):
        for mark in _MARKS[1:]:
            old = unicodedata.normalize("NFC", first + second + mark)
            new = unicodedata.normalize("NFC", first + mark + second)
            for spell in (str.lower, str.upper, str.capitalize):
                pairs[spell(old)] = spell(new)
    return pairs


_TONES = _tone_pairs()
_TONES_RE = re.compile("(?<![qQ])[oOuU][" + "".join({pair[1] for pair in _TONES}) + r"](?!\w)")


def match_form(text: str) -> str:
    """`text` with one spelling of tone marks (uỷ → ủy), dashes and quotes; every character keeps its
    place.
    """
    text = _TONES_RE.sub(lambda m: _TONES.get(m.group(), m.group()), text)
    return _OTHER_SIGNS.sub(lambda m: _ONE_TO_ONE[m.group()], text)


def fold(text: str) -> str:
    """Lower case without marks, đ as d: the form in which two spellings are the same word."""
    bare = unicodedata.normalize("NFD", match_form(text).lower().replace("đ", "d"))
    return "".join(c for c in bare if not unicodedata.combining(c))


def syllables(text: str) -> list[str]:
    """The syllables (and numbers) of `text`, in order."""
    return re.findall(r"\w+(?:['’]\w+)?", text)


def name_case(text: str) -> str:
    """A name in capitals (TRÍ DŨNG) in normal case (Trí Dũng); other names as they are."""
    if text != text.upper() or "." in text:
        return text
    return " ".join(w if len(w) == 1 else w[0] + w[1:].lower() for w in text.split())


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its half-open range in the paragraph."""

    start: int
    end: int


_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:" + "|".join(map(re.escape, column("abbreviations", "short"))) + r")$")
_STOP = re.compile(r"[.!?…]+[\"”')\]]*")
_INITIAL = re.compile(rf"(?:^|[\s.(])[{UPPER}]$")
_LIST_MARK = re.compile(r"^\s*(?:\d{1,2}|[a-zđ]|[IVX]{1,4})$")


def _ends(text: str, stop: re.Match[str], start: int) -> bool:
    """Whether a stop ends the sentence that began at `start`; only what stands close to it counts."""
    before, after = text[max(start, stop.start() - 12) : stop.start()], text[stop.end() : stop.end() + 2]
    if not after:
        return True
    if stop.group()[0] == ".":
        opens = stop.start() - start < 8 and _LIST_MARK.match(before)
        if opens or _INITIAL.search(before) or _ABBREVIATED.search(before + "."):
            return False
        if before[-1:].isdigit() and after[:1].isdigit():
            return False
    if after[0] == " ":
        return not after[1:].islower()
    # glued: "năm 2019.Trong đó"
    return after[0].isupper() and after[1:].islower() and not before[-1:].isupper()


_WORDY = re.compile(r"\w")
#: No sentence is longer; what is written on without a stop is cut at a semicolon or a blank.
_LONGEST = 1500
#: No paragraph is longer: the work of reading one grows faster than its length.
_LONGEST_PARAGRAPH = 6000


def sentences(text: str) -> Iterator[Sentence]:
    """
    The sentences of a paragraph, in order; stops in numbers, dates, initials and abbreviations don't
    split.
    """
    start = 0
    for stop in _STOP.finditer(text):
        if _ends(text, stop, start):
            yield from _pieces(text, start, stop.end())
            start = stop.end() + (text[stop.end() : stop.end() + 1] == " ")
    yield from _pieces(text, start, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[Sentence]:
    while end - start > _LONGEST:
        cut = text.rfind(";", start, start + _LONGEST) + 1 or text.rfind(" ", start + 1, start + _LONGEST) + 1
        cut = cut if cut > start else start + _LONGEST
        yield Sentence(start, cut)
        start = cut
    if _WORDY.search(text, start, end):
        yield Sentence(start, end)


def split_long(text: str) -> list[str]:
    """`text` as paragraphs of bearable length, cut between sentences; almost always `text` alone."""
    if len(text) <= _LONGEST_PARAGRAPH:
        return [text]
    parts, start = [], 0
    for sentence in sentences(text):
        if sentence.end - start > _LONGEST_PARAGRAPH:
            parts.append(text[start : sentence.start].strip())
            start = sentence.start
    return [part for part in (*parts, text[start:].strip()) if part]
