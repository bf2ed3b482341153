"""Many texts at once, as the index needs them: keys and what joins them; no places, no token objects."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from indexer.analysis.chunks import CHUNKS, ENDED, STOPPED, TOKEN, Chunk, Special
from indexer.analysis.identifiers import Identifier, identifiers
from indexer.analysis.keys import surface_key
from indexer.analysis.normalise import normalise
from indexer.analysis.placed import analyse
from indexer.analysis.windows import END, windows

_FIRST = re.compile(b"[%b%b]+%b" % (STOPPED, ENDED, TOKEN))
_WIDE_SPACE = re.compile(r"\s\s")


@dataclass(frozen=True, slots=True)
class Keys:
    """Exact keys of all texts; a byte a token, 1 where no stop parts it from the one before it in its
    text; tokens a text; terms of all identifiers; surfaces of syllables whose key joins two."""

    exact: list[str]
    joined: bytes
    parts: list[int]
    numbers: list[str]
    surfaces: list[str]


def keys_of(texts: Sequence[str]) -> Keys:
    """The keys of texts of any length and number. Never raises."""
    found = _from_chunks(texts)
    if found is None:  # one of them has to be read as a whole
        found = _together([_one(text) for text in texts])
    return found


def _from_chunks(texts: Sequence[str]) -> Keys | None:
    """None where a rule looks across chunks, or lines part a text."""
    chunks: list[str] = []
    ends: list[int] = []
    for text in texts:
        if "\n" in text or "\r" in text:
            return None
        chunks += text.split()
        ends.append(len(chunks))
        chunks.append(END)
    if not chunks:
        return Keys([], b"", [], [], [])
    exact, shape, special = _put_together(list(map(CHUNKS.__getitem__, chunks)))
    if not all(each.alone for each in special.values()):
        return None
    numbers = _numbers(texts, chunks, ends, special)
    if numbers is None:
        return None
    return Keys(
        exact,
        _FIRST.sub(b"\x00", ENDED + shape).translate(None, STOPPED + ENDED),
        [part.count(TOKEN) for part in shape.split(ENDED)[:-1]],
        numbers,
        [key for each in special.values() for key in each.surfaces],
    )


def _put_together(found: list[Chunk]) -> tuple[list[str], bytes, dict[int, Special]]:
    """Keys and shape of a row of chunks, and the special ones by their place."""
    exact: list[str] = []
    shapes: list[bytes] = []
    special: dict[int, Special] = {}
    last = 0
    plain: list[Any] = found
    for at in [at for at, chunk in enumerate(found) if chunk.__class__ is not str]:
        keys, shape, rare = plain[at]
        exact += plain[last:at]
        exact += keys
        shapes += (TOKEN * (at - last), shape)
        if rare:
            special[at] = rare
        last = at + 1
    return exact + plain[last:], b"".join(shapes) + TOKEN * (len(found) - last), special


def _numbers(texts: Sequence[str], chunks: list[str], ends: list[int], special: dict[int, Special]) -> list[str] | None:
    """The terms of the identifiers, in order; None where the width of a white space may count."""
    places = [n for n, each in special.items() if each.digits]
    alone, wide = windows(chunks, places, lambda at: special[at].open)
    found: list[tuple[int, Sequence[Identifier]]] = [(at, special[at].own) for at in alone if special[at].own]
    for window in wide:
        if _WIDE_SPACE.search(texts[bisect(ends, window.start)]):
            return None
        text = " ".join(chunks[window.start : window.stop])
        found.append((window.start, identifiers(normalise(text))))
    if wide:
        found.sort(key=lambda each: each[0])
    return [term for _, each in found for identifier in each for term in identifier.terms]


def _one(text: str) -> Keys:
    clean = normalise(text).text
    return _from_chunks([clean]) or _whole(text)


def _whole(text: str) -> Keys:
    read = analyse(text)
    return Keys(
        read.exact,
        bytes(token.joined for token in read.tokens),
        [len(read.tokens)],
        [term for each in read.identifiers for term in each.terms],
        [key for token in read.tokens if (key := surface_key(token.text))],
    )


def _together(found: list[Keys]) -> Keys:
    return Keys(
        list(chain.from_iterable(each.exact for each in found)),
        b"".join([each.joined for each in found]),
        [count for each in found for count in each.parts],
        [term for each in found for term in each.numbers],
        [key for each in found for key in each.surfaces],
    )
