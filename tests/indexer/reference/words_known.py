"""The vocabulary of a library: the words by which readings are judged, counted one by one."""

from __future__ import annotations

from collections import Counter
from functools import cache

from indexer.vocabulary import LETTERS, TONES, Vocabulary
from tests.indexer.reference.books import Book

FOLDED_LETTERS = "abcdeghiklmnopqrstuvxyw"


class Known(Vocabulary):
    """What `indexer.vocabulary.Vocabulary` says of itself; its probabilities are that module's."""

    def __init__(self, books: list[Book]) -> None:
        words: Counter[str] = Counter()
        pairs: Counter[str] = Counter()
        for book in books:
            words += book.counts["x"]
            pairs += book.counts["bx"]
        folds: dict[str, list[str]] = {}
        keys = {exact: fold for book in books for text in book.texts for exact, fold, _ in text}
        for exact, fold in keys.items():
            folds.setdefault(fold, []).append(exact)
        self.counts = dict(words)
        self.by_fold = {fold: sorted(found, key=lambda key: (-words[key], key)) for fold, found in folds.items()}
        self.total = words.total()
        self.pair = cache(lambda pair: pairs[pair])

    def near_folds(self, fold: str) -> list[str]:
        return sorted(word for word in self.by_fold if is_slip(fold, word, FOLDED_LETTERS))

    def near_keys(self, key: str) -> dict[str, bool]:
        bare, tone = _split(key)
        found = {}
        for word in sorted(self.counts):
            other, its_tone = _split(word)
            if its_tone in TONES and is_slip(bare, other, LETTERS):
                found[word] = its_tone == tone
        return found


def _split(key: str) -> tuple[str, str]:
    bare = key.rstrip("".join(TONES))
    return bare, key[len(bare) :]


def is_slip(meant: str, typed: str, letters: str) -> bool:
    """Whether two words differ by one letter left out, added, wrong, or by two swapped."""
    if meant == typed:
        return False
    start = next((n for n, (a, b) in enumerate(zip(meant, typed, strict=False)) if a != b), min(len(meant), len(typed)))
    one, other = meant[start:], typed[start:]
    if len(one) == len(other):
        swapped = one[1:2] + one[:1] + one[2:] == other and len(one) > 1
        return swapped or (one[1:] == other[1:] and other[0] in letters)
    return one[1:] == other or (one == other[1:] and _added(meant, typed, letters))


def _added(meant: str, typed: str, letters: str) -> bool:
    """Whether a letter of the alphabet was added (of a run of equal letters any may be the added one)."""
    return any(typed[:n] + typed[n + 1 :] == meant and typed[n] in letters for n in range(len(typed)))
