"""A text with the places of its tokens, put together from its chunks."""

from __future__ import annotations

from itertools import chain

from indexer.analysis.chunks import PLACED, Placed
from indexer.analysis.identifiers import Identifier, identifiers
from indexer.analysis.normalise import normalise
from indexer.analysis.tokens import Token
from indexer.analysis.whole import Analysed, analyse_whole
from indexer.analysis.windows import windows


def analyse(text: str) -> Analysed:
    """Analyse a text of any length. Never raises."""
    return _analysed(text, with_identifiers=True)


def analyse_words(text: str) -> Analysed:
    """`analyse` without identifiers, for who does not look at them."""
    return _analysed(text, with_identifiers=False)


def _analysed(text: str, *, with_identifiers: bool) -> Analysed:
    chunks = text.split()
    found = [PLACED[chunk] for chunk in chunks]
    special = [n for n, chunk in enumerate(found) if chunk.special]
    if not all(each.alone for n in special if (each := found[n].special)):
        return analyse_whole(text, with_identifiers=with_identifiers)
    starts = _starts(text, chunks)
    tokens = _tokens(text, found, starts)
    exact = list(chain.from_iterable([chunk.exact for chunk in found]))
    folded = list(chain.from_iterable([chunk.folded for chunk in found]))
    numbers = [n for n in special if (each := found[n].special) and each.digits] if with_identifiers else []
    return Analysed(tokens, exact, folded, _identifiers(text, chunks, found, starts, numbers) if numbers else [])


def _starts(text: str, chunks: list[str]) -> list[int]:
    starts = []
    at = 0
    for chunk in chunks:
        at = text.index(chunk, at)
        starts.append(at)
        at += len(chunk)
    return starts


def _tokens(text: str, found: list[Placed], starts: list[int]) -> list[Token]:
    tokens: list[Token] = []
    lines = "\n" in text or "\r" in text
    stopped, last = True, 0
    for chunk, start in zip(found, starts, strict=True):
        if lines and not stopped:
            gap = text[last:start]
            stopped = "\n" in gap or "\r" in gap
        last = start + 1
        for word, begin, end, joined in chunk.tokens:
            tokens.append(Token(word, start + begin, start + end, joined and not stopped))
            stopped = False
        stopped = stopped or chunk.stopped
    return tokens


def _identifiers(
    text: str, chunks: list[str], found: list[Placed], starts: list[int], numbers: list[int]
) -> list[Identifier]:
    def own(at: int) -> tuple[Identifier, ...]:
        special = found[at].special
        return special.own if special else ()

    def is_open(at: int) -> bool:
        special = found[at].special
        return special is not None and special.open

    alone, wide = windows(chunks, numbers, is_open)
    moved = [(each, starts[at]) for at in alone for each in own(at)]
    for window in wide:
        start, stop = starts[window.start], starts[window.stop] if window.stop < len(starts) else len(text)
        moved += [(each, start) for each in identifiers(normalise(text[start:stop]))]
    shifted = [Identifier(each.kind, each.terms, each.start + by, each.end + by) for each, by in moved]
    return sorted(shifted, key=lambda each: each.start)
