"""One spelling of every character, with the way back to the original offsets.

NFC; look-alikes of Đ, spaces, dashes and quotation marks made one; invisible characters removed
(`tables/characters.tsv`). Idempotent; NFC and NFD of a text give the same.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from indexer.tables import table


@dataclass(frozen=True, slots=True)
class Normalised:
    """`text`, and for each of its characters where it starts and ends in the original (None: the same)."""

    text: str
    bounds: list[tuple[int, int]] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The range of the original that `text[start:end]` (not empty) came from."""
        if self.bounds is None:
            return start, end
        return self.bounds[start][0], self.bounds[end - 1][1]


def _characters() -> dict[str, str]:
    found = {}
    for row in table("indexer.analysis", "characters"):
        first, _, last = row["from"].partition("-")
        to = chr(int(row["to"][2:], 16)) if row["to"] else ""
        for code in range(int(first[2:], 16), int((last or first)[2:], 16) + 1):
            found[chr(code)] = to
    return found


CHARACTERS = _characters()
_REMOVED = re.compile("[" + "".join(re.escape(char) for char, to in CHARACTERS.items() if not to) + "]")
_EXCHANGED = {ord(char): to for char, to in CHARACTERS.items() if to}


def normalise(text: str) -> Normalised:
    """The normalised text; cheap where nothing has to change."""
    if text.isascii():
        return Normalised(text)
    exchanged = text.translate(_EXCHANGED)  # one character for one: offsets stay
    if unicodedata.is_normalized("NFC", exchanged) and not _REMOVED.search(exchanged):
        return Normalised(exchanged)
    out: list[str] = []
    bounds: list[tuple[int, int]] = []
    for cluster, start, end in _clusters(text):
        composed = unicodedata.normalize("NFC", cluster)
        out.append(composed)
        bounds += [(start, end)] * len(composed)
    return Normalised("".join(out), bounds)


def _clusters(text: str) -> list[tuple[str, int, int]]:
    """Each starter with the marks that follow it, characters exchanged, and its range in the original."""
    found: list[tuple[str, int, int]] = []
    for at, original in enumerate(text):
        for char in unicodedata.normalize("NFD", CHARACTERS.get(original, original)):
            if found and (unicodedata.combining(char) or "\u1160" <= char <= "\u11ff"):
                cluster, start, _ = found[-1]
                found[-1] = (cluster + char, start, at + 1)
            else:
                found.append((char, at, at + 1))
    return found
