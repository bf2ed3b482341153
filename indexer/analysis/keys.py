"""The two keys under which a syllable is filed.

exact key: one tone placement and one of i/y (hoà = hòa, uỷ = ủy, kỹ = kĩ), marks kept; written as
    the syllable without its tone, then the tone's combining mark: `hòa` → `hoa◌̀`.
folded key: no marks at all, đ → d; what a reader types who types no marks.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from indexer.tables import table

TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền sắc ngã hỏi nặng
_TONE = re.compile(f"[{TONES}]")
_MARK = re.compile("[\u0300-\u036f]")
_INITIALS = "|".join(row["initial"] for row in table("indexer.analysis", "i_and_y"))
_FINAL_Y = re.compile(f"({_INITIALS})y")


@lru_cache(maxsize=200_000)
def exact_key(token: str) -> str:
    """The exact key of a token in lower case, NFC."""
    if token.isascii():
        return _with_i(token)
    parts = unicodedata.normalize("NFD", token)
    tones = "".join(_TONE.findall(parts))
    bare = unicodedata.normalize("NFC", _TONE.sub("", parts)) if tones else token
    return _with_i(bare) + tones


def _with_i(bare: str) -> str:
    return bare[:-1] + "i" if bare.endswith("y") and _FINAL_Y.fullmatch(bare) else bare


@lru_cache(maxsize=200_000)
def folded_key(exact: str) -> str:
    """The folded key of an exact key."""
    if exact.isascii():
        return exact
    return _MARK.sub("", unicodedata.normalize("NFD", exact)).replace("đ", "d")


def surface_key(token: str) -> str | None:
    """What tells Vy from Vi: the token's own spelling, where the exact key joins two; else None."""
    bare = _TONE.sub("", unicodedata.normalize("NFD", token))
    if not bare.endswith(("y", "i")) or not _FINAL_Y.fullmatch(bare[:-1] + "y"):
        return None
    return "=" + bare + "".join(_TONE.findall(unicodedata.normalize("NFD", token)))


def fold(text: str) -> str:
    """Any text without marks, in lower case; for comparing names and values."""
    return folded_key(text.lower())
