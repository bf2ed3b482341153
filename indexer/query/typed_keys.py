"""Words typed with the keys of an input method that was off: Telex (`hooij nghij`), VNI (`ho6i5 nghi5`).

A word is decoded wherever its mark keys stand (`hooij`, `hooji`, `hoiojj` are typed by real fingers);
what comes out is only a candidate: the lattice decides whether it was meant.
"""

from __future__ import annotations

import re
import unicodedata

from indexer.analysis.keys import exact_key

_TONE_OF = {
    "s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323",
    "1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323",
}  # fmt: skip
_VNI_SHAPE = {"6": "aeo", "7": "ou", "8": "a", "9": "d"}
_SHAPED = {
    ("a", "6"): "â", ("e", "6"): "ê", ("o", "6"): "ô", ("o", "7"): "ơ", ("u", "7"): "ư",
    ("a", "8"): "ă", ("d", "9"): "đ",
}  # fmt: skip
_VOWEL = re.compile(r"[aeiouy]")
_TELEX = re.compile(r"[a-z]{2,10}")
_VNI = re.compile(r"[a-z]+\d[a-z\d]{0,6}")


def telex(word: str) -> str | None:
    """The exact key of a word in Telex keys; None where no key of a mark is in it."""
    if not _TELEX.fullmatch(word) or not (vowel := _VOWEL.search(word)):
        return None
    head, rest = word[: vowel.start()], word[vowel.start() :]
    letters, tone = _take_tone(rest, "sfrxj")
    if head.startswith("dd"):
        head = "đ" + head[2:]
    elif head.startswith("d") and letters.endswith("d"):
        head, letters = "đ" + head[1:], letters[:-1]
    letters = _double(letters)
    shaped = _with_w(letters)
    if shaped is None:
        return None
    return _key(word, head + shaped, tone)


def vni(word: str) -> str | None:
    """The exact key of a word in VNI keys; None where no digit stands for a mark in it."""
    if not _VNI.fullmatch(word):
        return None
    digits = re.sub(r"[a-z]", "", word)
    letters = re.sub(r"\d", "", word)
    tones = [digit for digit in digits if digit in "12345"]
    shapes = [digit for digit in digits if digit in _VNI_SHAPE]
    if len(tones) > 1 or len(tones) + len(shapes) != len(digits):
        return None
    for digit in dict.fromkeys(shapes):  # ngu7o7i2 has its 7 twice
        shaped = _shape(letters, digit)
        if shaped is None:
            return None
        letters = shaped
    return _key(word, letters, _TONE_OF[tones[0]] if tones else "")


def _take_tone(rest: str, keys: str) -> tuple[str, str]:
    """The letters without the (one) tone key that stands behind the first vowel; z takes a tone away."""
    for at in range(len(rest) - 1, 0, -1):
        if rest[at] in keys:
            return rest[:at] + rest[at + 1 :], _TONE_OF[rest[at]]
    return rest, ""


def _double(letters: str) -> str:
    """aa, ee, oo, also where others stand between: `hoio`."""
    for vowel, shaped in (("a", "â"), ("e", "ê"), ("o", "ô")):
        first = letters.find(vowel)
        second = letters.find(vowel, first + 1)
        if first >= 0 and second > first:
            letters = letters[:first] + shaped + letters[first + 1 : second] + letters[second + 1 :]
    return letters


def _with_w(letters: str) -> str | None:
    """w makes ơ, ư, ă of the o, u, a before it; `uow`, `uwow`, `uwo` are ươ."""
    if "w" not in letters:
        return letters
    bare = letters.replace("w", "")
    for plain, shaped in (("uo", "ươ"), ("o", "ơ"), ("u", "ư"), ("a", "ă")):
        at = bare.find(plain)
        if at >= 0 and letters.index("w") > letters.index(plain[0]):
            return bare[:at] + shaped + bare[at + len(plain) :]
    return None


def _shape(letters: str, digit: str) -> str | None:
    if digit == "7" and "uo" in letters:
        return letters.replace("uo", "ươ", 1)
    for at, letter in enumerate(letters):
        if letter in _VNI_SHAPE[digit]:
            return letters[:at] + _SHAPED[letter, digit] + letters[at + 1 :]
    return None


def _key(word: str, letters: str, tone: str) -> str | None:
    if letters == word and not tone:
        return None
    return exact_key(unicodedata.normalize("NFC", letters + tone)) if tone else exact_key(letters)
