"""The words of the collection and how often they stand side by side: what readings are judged by.

Nothing of it is built when an index is opened: words are looked up in the segments as they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import TypeVar

from indexer.packed.segment import Segment

LETTERS = "abcdeghiklmnopqrstuvxyăâđêôơư"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
REMEMBERED = 50_000
Value = TypeVar("Value")


class LookedUp(Mapping[str, Value]):
    """A mapping whose values are looked up when asked for; a key whose value is empty is not in it."""

    def __init__(self, find: Callable[[str], Value]) -> None:
        self._find = lru_cache(maxsize=REMEMBERED)(find)

    def __getitem__(self, key: str) -> Value:
        if found := self._find(key):
            return found
        raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        return bool(self._find(str(key)))

    def __iter__(self) -> Iterator[str]:
        raise TypeError("only looked up")

    def __len__(self) -> int:
        raise TypeError("only looked up")


class Vocabulary:
    """`counts`: exact keys → how often they stand in the collection; `by_fold`: folded keys → exact keys,
    the most frequent first."""

    def __init__(self, segments: list[Segment]) -> None:
        self._segments = segments
        self.total = sum(segment.length("x") for segment in segments)
        self.counts: Mapping[str, int] = LookedUp(lambda key: self._occurrences("x", key))
        self.by_fold: Mapping[str, list[str]] = LookedUp(self._with_fold)
        self.pair = lru_cache(maxsize=REMEMBERED)(lambda pair: self._occurrences("bx", pair))

    def _occurrences(self, field: str, term: str) -> int:
        return sum(
            segment.occurrences(field, number)
            for segment in self._segments
            if (number := segment.number(field, term)) >= 0
        )

    def _with_fold(self, fold: str) -> list[str]:
        counts: dict[str, int] = {}
        for segment in self._segments:
            if (number := segment.number("f", fold)) >= 0:
                for each in segment.exact_of(number).tolist():
                    key = segment.term("x", each)
                    counts[key] = counts.get(key, 0) + segment.occurrences("x", each)
        return sorted(counts, key=lambda key: (-counts[key], key))

    def unigram(self, key: str) -> float:
        """P(key), a little for keys that were never seen."""
        return (self.counts.get(key, 0) + 0.05) / (self.total + 1000)

    def after(self, first: str, second: str) -> float:
        """P(second | first): seen pairs and single words mixed, the more seen the firmer."""
        seen = self.counts.get(first, 0)
        if not seen:
            return self.unigram(second)
        share = 0.75 * seen / (seen + 2)
        return share * min(self.pair(f"{first} {second}") / seen, 1.0) + (1 - share) * self.unigram(second)

    def _known(self, field: str, terms: set[str]) -> set[str]:
        """Those of many terms that the collection has."""
        return {term for segment in self._segments for term in terms & segment.term_set(field)}

    def near_folds(self, fold: str) -> list[str]:
        """Folded keys of the collection at one slip (letter left out, added, wrong, or two swapped)."""
        return sorted(self._known("f", slips(fold, "abcdeghiklmnopqrstuvxyw")))

    def near_keys(self, key: str) -> dict[str, bool]:
        """Exact keys of the collection at one slip, and whether their tone is the typed one."""
        bare = key.rstrip("".join(TONES))
        tone = key[len(bare) :]
        wanted = {near + other: other == tone for near in slips(bare, LETTERS) for other in TONES}
        return {near: wanted[near] for near in sorted(self._known("x", set(wanted)))}


def slips(word: str, letters: str) -> set[str]:
    """Everything at one slip of the finger from a word, without the word."""
    cuts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    found = {a + b[1:] for a, b in cuts if b}
    found |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    found |= {a + letter + b[1:] for a, b in cuts if b for letter in letters}
    found |= {a + letter + b for a, b in cuts for letter in letters}
    return found - {word}
