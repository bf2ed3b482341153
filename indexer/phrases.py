"""Who has words in a row: by the lists of neighbouring pairs first, then by positions."""

from __future__ import annotations

import numpy as np

from indexer.analysis import Analysed
from indexer.arrays import Ints, Mask, Numbers, both, places, ranges
from indexer.packed.segment import Segment
from indexer.part import Part
from indexer.snapshot import Snapshot

Word = tuple[str, str]  # field (x where marks count, else f) and key


def phrase_mask(snapshot: Snapshot, read: Analysed) -> Mask:
    """The documents with the words in a row; marks count where they were typed."""
    words = [("f" if key == fold else "x", key) for key, fold in zip(read.exact, read.folded, strict=True)]
    joined = [token.joined for token in read.tokens]
    mask = snapshot.none()
    for part in snapshot.parts if words else ():
        docs = in_a_row(part, words, read.folded, joined)
        if docs is not None:
            mask[part.within][docs] = True
    return mask & snapshot.live


def in_a_row(part: Part, words: list[Word], folded: list[str], joined: list[bool]) -> Numbers | None:
    """The documents of a part with the words in a row; `joined[n]`: word n follows the one before without
    a stop, as it then must in the text."""
    segment = part.segment
    numbers = [segment.number(*word) for word in words]
    if min(numbers) < 0:
        return None
    pairs = []
    for n in range(1, len(words)):
        if joined[n]:
            exact = words[n - 1][0] == words[n][0] == "x"
            term = f"{words[n - 1][1]} {words[n][1]}" if exact else f"{folded[n - 1]} {folded[n]}"
            pairs.append(("bx" if exact else "bf", segment.number("bx" if exact else "bf", term)))
    if any(number < 0 for _, number in pairs):
        return None
    docs = _all(part, pairs or [(words[n][0], numbers[n]) for n in range(len(words))])
    sure = len(words) == 1 or (len(words) == 2 and joined[1] and words[0][0] == words[1][0])
    if sure or not len(docs):
        return docs
    return _verified(segment, [(name, number) for (name, _), number in zip(words, numbers, strict=True)], docs)


def _all(part: Part, terms: list[tuple[str, int]]) -> Numbers:
    """The documents that have all terms, the rarest looked at first."""
    terms = sorted(terms, key=lambda term: part.segment.frequency(*term))
    docs = part.segment.docs(*terms[0])
    for name, number in terms[1:]:
        docs = docs[part.have(name, number, docs)]
    return docs


def _verified(segment: Segment, words: list[tuple[str, int]], docs: Numbers) -> Numbers:
    """Of the candidates, those where the words stand in a row: a place is a document and the position at
    which the phrase would begin. The rarest word gives the places, the others are looked up."""
    offsets = sorted(range(len(words)), key=lambda n: segment.frequency(*words[n]))
    found: Ints | None = None
    for n in offsets:
        at = _places(segment, words[n], docs) - n
        found = at if found is None else both(found, at)
        if not len(found):
            return docs[:0]
        inside = found >> 32
        docs = inside[np.concatenate(([True], inside[1:] != inside[:-1]))].astype(docs.dtype)
    return docs


def _places(segment: Segment, word: tuple[str, int], docs: Numbers) -> Ints:
    """Every place of a word in `docs` as document × 2³² + position + 2¹⁶, ascending."""
    name, number = word
    if name == "x":
        return _places_of(segment, number, docs)
    parts = [_places_of(segment, int(each), docs) for each in segment.exact_of(number)]
    return np.sort(np.concatenate(parts)) if len(parts) > 1 else parts[0]


def _places_of(segment: Segment, number: int, docs: Numbers) -> Ints:
    listed, counts = segment.docs("x", number), segment.counts("x", number)
    ends = counts.cumsum(dtype=np.int64)
    at, hit = places(listed, docs)
    at, docs = at[hit], docs[hit]
    lengths = counts[at].astype(np.int64)
    positions = segment.positions(number)[ranges(ends[at] - lengths, lengths)].astype(np.int64)
    return (np.repeat(docs.astype(np.int64), lengths) << 32) + positions + (1 << 16)
