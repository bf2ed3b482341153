"""Vietnamese analysis: the one function that indexing and querying share.

analyse("Hội nghị Tỉnh uỷ") → tokens, exact keys, folded keys, identifiers

`keys_of` gives what an index needs of many texts at once, `analyse_words` leaves the identifiers out;
both agree with `analyse`, and that with `whole.analyse_whole`, on every text.
"""

from __future__ import annotations

from indexer.analysis.identifiers import Identifier
from indexer.analysis.keys import exact_key, fold, folded_key, surface_key
from indexer.analysis.placed import analyse, analyse_words
from indexer.analysis.texts import Keys, keys_of
from indexer.analysis.tokens import Token
from indexer.analysis.whole import Analysed

__all__ = [
    "Analysed",
    "Identifier",
    "Keys",
    "Token",
    "analyse",
    "analyse_words",
    "exact_key",
    "fold",
    "folded_key",
    "keys_of",
    "pairs",
    "surface_key",
]


def pairs(keys: list[str], tokens: list[Token]) -> list[str]:
    """Adjacent keys that no stop parts, as `a b`."""
    return [f"{keys[n - 1]} {keys[n]}" for n in range(1, len(keys)) if tokens[n].joined]
