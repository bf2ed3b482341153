"""How a reader may type Vietnamese: without marks, or as Telex keys."""

from __future__ import annotations

import unicodedata

_LETTERS = {"â": "aa", "ă": "aw", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}
_TONES = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}


def unmarked(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D")


def telex(text: str) -> str:
    """The keys of each word, its tone last."""
    return " ".join(_word(word) for word in text.lower().split())


def _word(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    tone = "".join(key for mark, key in _TONES.items() if mark in parts)
    bare = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
    return "".join(_LETTERS.get(c, c) for c in bare) + tone
