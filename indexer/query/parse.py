"""From what a reader typed to the query tree. Never raises: what is not understood are plain words.

    hội nghị "ban thường vụ" -"nuôi cá" OR nông thô* cơ quan:"HĐND tỉnh" từ:1/2023

Caps, each told to the reader by a hint: 256 characters (`too_long`), 32 terms (`too_many_terms`),
8 levels of brackets (`too_deep`).
"""

from __future__ import annotations

from dataclasses import replace

from indexer.analysis import Analysed, analyse
from indexer.analysis.normalise import normalise
from indexer.analysis.quantities import bounds
from indexer.query.pieces import Piece, pieces
from indexer.query.tree import AnyOf, Clause, Compare, Field, Phrase, Prefix, Query, Run, Without

MAX_CHARACTERS = 256
MAX_TERMS = 32
MAX_DEPTH = 8


def parse(typed: str) -> Query:
    """The tree of a query."""
    hints: list[str] = []
    clean = normalise(typed).text
    if len(clean) > MAX_CHARACTERS:
        clean = clean[:MAX_CHARACTERS]
        hints.append("too_long")
    compared, clean = bounds(clean)
    clauses = _Parser(list(pieces(clean)), hints).alternatives(0)
    clauses += tuple(Compare(bound) for bound in compared)
    return Query(typed, clauses, tuple(dict.fromkeys(hints)))


def literal(typed: str) -> Query:
    """The query as nothing but words: for the link “search exactly what I typed”."""
    text = normalise(typed).text[:MAX_CHARACTERS]
    return Query(typed, (Run(_first(analyse(text), MAX_TERMS), text),) if text.strip() else ())


class _Parser:
    """Recursive descent over the pieces; `at` is the next one, `terms` how many words were taken."""

    def __init__(self, found: list[Piece], hints: list[str]) -> None:
        self.pieces = found
        self.hints = hints
        self.at = 0
        self.terms = 0

    def alternatives(self, depth: int) -> tuple[Clause, ...]:
        """Clauses up to the closing bracket or the end, as one AnyOf where `OR` parts them."""
        choices: list[list[Clause]] = [[]]
        while self.at < len(self.pieces):
            piece = self.pieces[self.at]
            self.at += 1
            if piece.kind == "close" and depth:
                break
            if piece.kind == "either":
                choices.append([])
            elif piece.kind == "open":
                choices[-1] += self._bracket(depth)
            else:
                choices[-1] += self._clause(piece)
        if len(choices) == 1:
            return tuple(choices[0])
        # Filters and exclusions hold for all alternatives of their level: `a OR b năm:2023`.
        everywhere = [each for choice in choices for each in choice if isinstance(each, Field | Without)]
        words = [tuple(each for each in choice if not isinstance(each, Field | Without)) for choice in choices]
        kept = [choice for choice in words if choice]
        return (*(kept[0] if len(kept) == 1 else (AnyOf(tuple(kept)),) if kept else ()), *everywhere)

    def _bracket(self, depth: int) -> tuple[Clause, ...]:
        if depth < MAX_DEPTH:
            return self.alternatives(depth + 1)
        self.hints.append("too_deep")
        return ()

    def _clause(self, piece: Piece) -> list[Clause]:
        if piece.kind == "text":
            read = self._analysed(piece.text)
            return [Run(read, piece.text)] if read.tokens else []
        if piece.kind == "phrase":
            read = self._analysed(piece.text)
            return [Phrase(read, piece.text)] if read.tokens else []
        if piece.kind == "prefix":
            return [Prefix(piece.text)]
        if piece.kind == "field":
            return self._field(piece.text)
        if piece.kind == "without":
            return self._without()
        return []

    def _analysed(self, text: str) -> Analysed:
        read = analyse(text)
        kept = _first(read, MAX_TERMS - self.terms)
        if len(kept.tokens) < len(read.tokens):
            self.hints.append("too_many_terms")
        self.terms += len(kept.tokens)
        return kept

    def _field(self, name: str) -> list[Clause]:
        if self.at >= len(self.pieces) or self.pieces[self.at].kind not in ("text", "phrase"):
            return []
        value = self.pieces[self.at]
        self.at += 1
        return [Field(name, value.text.strip(), quoted=value.kind == "phrase")]

    def _without(self) -> list[Clause]:
        """`-word` takes one word of the text behind it, `-"a phrase"` all of it."""
        if self.at >= len(self.pieces):
            return []
        piece = self.pieces[self.at]
        if piece.kind == "phrase":
            self.at += 1
            read = self._analysed(piece.text)
            return [Without(Phrase(read, piece.text))] if read.tokens else []
        if piece.kind != "text":
            return []
        head, _, tail = piece.text.partition(" ")
        self.pieces[self.at] = replace(piece, text=tail)
        read = self._analysed(head)
        return [Without(Phrase(read, head))] if read.tokens else []


def _first(read: Analysed, count: int) -> Analysed:
    """The first `count` tokens, and the identifiers that end within them."""
    if len(read.tokens) <= count:
        return read
    end = read.tokens[count - 1].end if count else 0
    kept = [each for each in read.identifiers if each.end <= end]
    return Analysed(read.tokens[:count], read.exact[:count], read.folded[:count], kept)
