"""The words of the collection and how often they stand side by side: what readings are judged by."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, lru_cache

from indexer.analysis import folded_key

LETTERS = "abcdeghiklmnopqrstuvxyăâđêôơư"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


class Vocabulary:
    """Exact keys with their counts, by folded key, and the counts of neighbouring keys."""

    def __init__(self, counts: dict[str, int], pair: Callable[[str], int]) -> None:
        """`pair` gives the count of `a b`, two exact keys."""
        self.counts = counts
        self.total = sum(counts.values())
        self.pair = lru_cache(maxsize=200_000)(pair)

    @cached_property
    def by_fold(self) -> dict[str, list[str]]:
        """For each folded key its exact keys, the most frequent first."""
        found: dict[str, list[str]] = {}
        for key in sorted(self.counts, key=lambda key: -self.counts[key]):
            found.setdefault(folded_key(key), []).append(key)
        return found

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

    def near_folds(self, fold: str) -> list[str]:
        """Folded keys of the collection at one slip (letter left out, added, wrong, or two swapped)."""
        return [near for near in slips(fold, "abcdeghiklmnopqrstuvxyw") if near in self.by_fold]

    def near_keys(self, key: str) -> dict[str, bool]:
        """Exact keys of the collection at one slip, and whether their tone is the typed one."""
        bare = key.rstrip("".join(TONES))
        tone = key[len(bare) :]
        found: dict[str, bool] = {}
        for near in (bare, *slips(bare, LETTERS)):
            for other in TONES if near != bare else ():
                if near + other in self.counts:
                    found[near + other] = other == tone
        return found


def slips(word: str, letters: str) -> set[str]:
    """Everything at one slip of the finger from a word, without the word."""
    cuts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    found = {a + b[1:] for a, b in cuts if b}
    found |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    found |= {a + letter + b[1:] for a, b in cuts if b for letter in letters}
    found |= {a + letter + b for a, b in cuts for letter in letters}
    return found - {word}
