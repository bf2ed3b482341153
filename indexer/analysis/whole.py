"""The plain road: a text analysed as a whole, rule by rule. It is what every faster road must agree with."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.analysis.identifiers import Identifier, identifiers
from indexer.analysis.keys import exact_key, folded_key
from indexer.analysis.normalise import normalise
from indexer.analysis.tokens import Token, tokenise


@dataclass(frozen=True, slots=True)
class Analysed:
    """A text as the index sees it; `exact` and `folded` are parallel to `tokens`."""

    tokens: list[Token]
    exact: list[str]
    folded: list[str]
    identifiers: list[Identifier]


def analyse_whole(text: str, *, with_identifiers: bool = True) -> Analysed:
    """Analyse a text of any length. Never raises."""
    clean = normalise(text)
    tokens = tokenise(clean)
    exact = [exact_key(token.text) for token in tokens]
    found = identifiers(clean) if with_identifiers else []
    return Analysed(tokens, exact, [folded_key(key) for key in exact], found)
