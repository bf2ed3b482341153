"""What stands between two white spaces, analysed once however often it occurs.

No rule but two looks across white space, so that a text is its chunks one after another. The two
are `T. Ư` and the look at the word before `TƯ`; a chunk that may take part in them, or that
normalises to something else than a chunk, says so (`alone` is false) and its text is analysed as
a whole. Numbers and dates are looked for across chunks in `windows`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

from indexer.analysis.identifiers import Identifier, identifiers
from indexer.analysis.keys import exact_key, folded_key, surface_key
from indexer.analysis.normalise import normalise
from indexer.analysis.tokens import STOP, Token, tokenise
from indexer.analysis.windows import END, is_open

LIMIT = 40_000  # chunks in each half of a cache
LONGEST = 40  # characters of a chunk that is worth remembering
TOKEN, STOPPED, ENDED = b"\x01", b"\x02", b"\x03"  # in a shape: a token; a stop between tokens; the end of a text
_ACROSS = re.compile(r"(?<!\w)[Tt]\.\Z|\A\W*TƯ(?!\w)")
_DIGIT = re.compile(r"\d")
_BARE = re.compile(r"\W*\d+(?:[.,]\d+)?\W*")  # a number that identifies nothing by itself
_WHITE = re.compile(r"\s")


class Special(NamedTuple):
    """What few chunks have: it does not stand alone; surfaces of syllables; digits, the identifiers
    within the chunk and whether one might go on in the next."""

    alone: bool
    surfaces: tuple[str, ...]
    digits: bool
    own: tuple[Identifier, ...]
    open: bool


class Odd(NamedTuple):
    """A chunk that is not just one token: keys; their shape (TOKEN each, STOPPED where a stop stands)."""

    keys: tuple[str, ...]
    shape: bytes
    special: Special | None


Chunk = str | Odd  # mostly the key of its one token


class Placed(NamedTuple):
    """A chunk with places: its tokens, `joined` as within the chunk and true for the first unless a stop
    stands before it; keys; whether a stop stands after the last."""

    tokens: tuple[Token, ...]
    exact: tuple[str, ...]
    folded: tuple[str, ...]
    stopped: bool
    special: Special | None


def chunk_of(chunk: str) -> Chunk:
    """What a chunk (a string without white space) gives the index."""
    if chunk == END:
        return Odd((), ENDED, None)
    placed = placed_of(chunk)
    shape = b"".join(TOKEN if token.joined else STOPPED + TOKEN for token in placed.tokens) + STOPPED * placed.stopped
    if shape == TOKEN and not placed.special:
        return placed.exact[0]
    return Odd(placed.exact, shape, placed.special)


def placed_of(chunk: str) -> Placed:
    """A chunk with the places of its tokens, from 0."""
    clean = normalise(chunk)
    tokens = tokenise(clean)
    last = 0
    if tokens:
        last = tokens[-1].end
        tokens[0] = tokens[0]._replace(joined=not STOP.search(clean.text, 0, tokens[0].start))
    exact = tuple(exact_key(token.text) for token in tokens)
    alone = bool(clean.bounds is None and not _WHITE.search(clean.text) and not _ACROSS.search(clean.text))
    surfaces = tuple(key for token in tokens if (key := surface_key(token.text)))
    digits = bool(_DIGIT.search(clean.text))
    stopped = bool(STOP.search(clean.text, last))
    special = None
    if surfaces or digits or not alone:
        own = tuple(identifiers(clean)) if digits and not _BARE.fullmatch(clean.text) else ()
        special = Special(alone, surfaces, digits, own, digits and is_open(clean.text))
    return Placed(tuple(tokens), exact, tuple(map(folded_key, exact)), stopped, special)


Made = TypeVar("Made")


class Cache(dict[str, Made], Generic[Made]):
    """Chunks made once, at most 2 × LIMIT: when one half is full it becomes the old half, from which
    what is still in use comes back."""

    def __init__(self, make: Callable[[str], Made]) -> None:
        super().__init__()
        self._make = make
        self._old: dict[str, Made] = {}

    def __missing__(self, chunk: str) -> Made:
        made = self._old.get(chunk)
        if made is None:
            made = self._make(chunk)
            if len(chunk) > LONGEST:
                return made
        if len(self) >= LIMIT:
            self._old = dict(self)
            self.clear()
        self[chunk] = made
        return made


CHUNKS = Cache(chunk_of)
PLACED = Cache(placed_of)
