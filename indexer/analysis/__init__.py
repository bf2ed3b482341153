"""Vietnamese analysis: the one function that indexing and querying share.

analyse("Hội nghị Tỉnh uỷ") → tokens, exact keys, folded keys, identifiers
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer.analysis.identifiers import Identifier, identifiers
from indexer.analysis.keys import exact_key, fold, folded_key, surface_key
from indexer.analysis.normalise import normalise
from indexer.analysis.tokens import Token, tokenise

__all__ = [
    "Analysed",
    "Identifier",
    "Token",
    "analyse",
    "exact_key",
    "fold",
    "folded_key",
    "pairs",
    "surface_key",
]


@dataclass(frozen=True, slots=True)
class Analysed:
    """A text as the index sees it; `exact` and `folded` are parallel to `tokens`."""

    tokens: list[Token]
    exact: list[str]
    folded: list[str]
    identifiers: list[Identifier]


def analyse(text: str) -> Analysed:
    """Analyse a text of any length. Never raises."""
    clean = normalise(text)
    tokens = tokenise(clean)
    exact = [exact_key(token.text) for token in tokens]
    return Analysed(tokens, exact, [folded_key(key) for key in exact], identifiers(clean))


def pairs(keys: list[str], tokens: list[Token]) -> list[str]:
    """Adjacent keys that no stop parts, as `a b`."""
    return [f"{keys[n - 1]} {keys[n]}" for n in range(1, len(keys)) if tokens[n].joined]
