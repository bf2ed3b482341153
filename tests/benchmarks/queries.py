"""The questions of a benchmark: kinds of plans, drawn with a fixed seed from the collection's own vocabulary."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

import msgspec

from indexer import weights
from indexer.analysis import analyse, folded_key
from indexer.fields import Terms
from indexer.plan import Plan
from tests.benchmarks.corpus import Place
from tests.benchmarks.plans import Query
from tests.benchmarks.typed import telex, unmarked

SEED = 7
COUNT = 60  # questions of a kind
SAMPLE = 2_000  # reports from which runs of words are taken
COMMON, UNCOMMON, RARE = 0.25, 0.02, 0.001  # shares of the reports that have a word
COUNTED, CHOSEN = ("body", "year"), "outlet"
KINDS = (
    "rare word",
    "uncommon word",
    "two common words",
    "any of five",
    "phrase of three",
    "two unmarked words",
    "question of 8 words",
    "with a date range",
    "with 2 facets",
    "10 snippets",
    "a whole page",
)
SCORED = KINDS[:9]  # those with scores that are compared


class Sampled(msgspec.Struct):
    """What is drawn from: document frequencies of exact keys, some reports' terms and paragraphs."""

    size: int
    ids: list[str]  # of all reports, in order
    frequencies: dict[str, int]
    terms: list[Terms]
    paragraphs: list[list[str]]


def sampled(place: Place) -> Sampled:
    """The vocabulary of a collection, kept beside its terms."""
    path = place.folder / "sampled.bin"
    if path.is_file():
        return msgspec.msgpack.decode(path.read_bytes(), type=Sampled)
    counts: Counter[str] = Counter()
    terms: list[Terms] = []
    ids: list[str] = []
    every = max(1, place.n // SAMPLE)
    for number, document in enumerate(place.documents()):
        ids.append(document.id)
        counts.update(set(document.terms.exact))
        if number % every == 0:
            terms.append(document.terms)
    texts = [list(record.paragraphs) for number, (_, record) in enumerate(place.records()) if number % every == 0]
    found = Sampled(place.n, ids, dict(counts), terms, texts)
    path.write_bytes(msgspec.msgpack.encode(found))
    return found


def queries(found: Sampled, count: int = COUNT) -> dict[str, list[Query]]:
    """Questions by kind."""
    drawn = _Drawn(found)
    makers: dict[str, Callable[[], Query]] = {
        "rare word": lambda: Query(words([drawn.word(drawn.rare)])),
        "uncommon word": lambda: Query(words([drawn.word(drawn.uncommon)])),
        "two common words": lambda: Query(words(drawn.words(drawn.common, 2))),
        "any of five": lambda: Query(any_of(drawn.words(drawn.uncommon + drawn.common, 5))),
        "phrase of three": drawn.phrase,
        "two unmarked words": drawn.two_unmarked,
        "question of 8 words": lambda: Query(question(*drawn.run(8))),
        "with a date range": drawn.dated,
        "with 2 facets": drawn.faceted,
        "10 snippets": lambda: drawn.typed(0),
    }
    found_ = {kind: [make() for _ in range(count)] for kind, make in makers.items()}
    found_["a whole page"] = [drawn.typed(n % 4) for n in range(2 * count)]  # half of them to warm up
    return found_


class _Drawn:
    """Draws words, runs of words and whole queries."""

    def __init__(self, found: Sampled) -> None:
        self.rng = random.Random(SEED)
        self.found = found
        n = found.size
        by_name = sorted(found.frequencies.items())
        self.common = [key for key, df in by_name if df >= COMMON * n]
        self.uncommon = [key for key, df in by_name if UNCOMMON * n <= df < COMMON * n]
        self.rare = [key for key, df in by_name if 2 <= df <= max(3, RARE * n)]

    def word(self, keys: list[str]) -> str:
        return self.rng.choice(keys)

    def words(self, keys: list[str], count: int) -> list[str]:
        return self.rng.sample(keys, count)

    def run(self, length: int) -> tuple[list[str], list[bool]]:
        """Words that stand in a row in some report, and which of them no stop parts from the one before."""
        while True:
            terms = self.rng.choice(self.found.terms)
            bounds = [0]
            for size in terms.parts:
                bounds.append(bounds[-1] + size)
            low, high = self.rng.choice([pair for pair in pairwise(bounds) if pair[1] - pair[0] >= length] or [(0, 0)])
            if high:
                at = self.rng.randint(low, high - length)
                return terms.exact[at : at + length], [bool(each) for each in terms.joined[at : at + length]]

    def phrase(self) -> Query:
        """Every other one of words that are in over a quarter of the reports."""
        common = set(self.common) if self.rng.random() < 0.5 else None
        for _ in range(20_000):
            keys, joined = self.run(3)
            if all(joined[1:]) and (common is None or common.issuperset(keys)):
                break
        return Query(Plan(phrase=tuple(keys), scored=tuple(("x", key, 1.0) for key in dict.fromkeys(keys))))

    def two_unmarked(self) -> Query:
        """Two neighbours typed without marks: their folded keys, and the exact ones that are likely meant."""
        while True:
            keys, joined = self.run(2)
            if joined[1] and keys[0] != keys[1] and min(self.found.frequencies[key] for key in keys) > 1:
                break
        return Query(Plan(must=_all_folds(keys), scored=tuple(_scored(keys, joined, "unmarked", title=False))))

    def dated(self) -> Query:
        first = self.rng.randint(2016, 2021) * 10_000 + self.rng.randint(1, 12) * 100 + 1
        plan = words(self.words(self.common, 2))
        return Query(Plan(must=plan.must, scored=plan.scored, days=(first, first + 20_000)))

    def faceted(self) -> Query:
        plan = words(self.words(self.common, 2))
        value = self.rng.choice([each for terms in self.found.terms[:50] for each in terms.facets[CHOSEN]])
        return Query(Plan(must=plan.must, scored=plan.scored, facets={CHOSEN: (value,)}, counted=COUNTED))

    def typed(self, way: int) -> Query:
        """What a reader types: with marks, without, as Telex keys, with the number of a document."""
        while True:
            number = self.rng.randrange(len(self.found.paragraphs))
            text = self.rng.choice(self.found.paragraphs[number])
            taken = text.replace(",", " ").replace(";", " ").rstrip(".").split()
            length = self.rng.randint(3, 8)
            if len(taken) < length:
                continue
            at = self.rng.randint(0, len(taken) - length)
            shown = " ".join(taken[at : at + length])
            if (read := analyse(shown)).identifiers or len(read.exact) != length:
                continue
            break
        joined = [token.joined for token in read.tokens]
        kind = "unmarked" if way == 1 else "marked"
        if way == 3:
            return self._numbered(number, shown, read.exact, joined)
        plan = question(read.exact, joined, kind, every=length <= weights.STRICT)
        return Query(plan, (lambda text: text, unmarked, telex)[way](shown))

    def _numbered(self, number: int, shown: str, keys: list[str], joined: list[bool]) -> Query:
        label = self.found.terms[number].facets["document"][0]
        term = analyse(f"số {label}").identifiers[0].terms[0]
        plan = question(keys[:2], joined[:2], every=True)
        return Query(
            Plan(must=((("n", term),), *plan.must), scored=(("n", term, weights.NUMBER), *plan.scored)),
            f"{' '.join(shown.split()[:2])} {label}",
        )


def words(keys: list[str]) -> Plan:
    """All of some words, in the whole text."""
    return Plan(must=tuple((("x", key),) for key in keys), scored=tuple(("x", key, 1.0) for key in keys))


def any_of(keys: list[str]) -> Plan:
    return Plan(must=(tuple(("x", key) for key in keys),), scored=tuple(("x", key, 1.0) for key in keys))


def question(keys: list[str], joined: list[bool], kind: str = "marked", *, every: bool = False) -> Plan:
    """Words over exact and folded keys, pairs and title, with the ranking's weights; `every`: all are asked for."""
    must = _all_folds(keys)
    any_word = (tuple(dict.fromkeys(term for group in must for term in group)),)
    return Plan(must=must if every else any_word, scored=tuple(_scored(keys, joined, kind, title=True)))


def _all_folds(keys: list[str]) -> tuple[tuple[tuple[str, str], ...], ...]:
    return tuple((("f", fold),) for fold in dict.fromkeys(folded_key(key) for key in keys))


def _scored(keys: list[str], joined: list[bool], kind: str, *, title: bool) -> Iterator[tuple[str, str, float]]:
    table = weights.FIELDS[kind]
    folded = [folded_key(key) for key in keys]
    beside = [n for n in range(1, len(keys)) if joined[n]]
    terms = {
        "x": keys,
        "f": folded,
        "bx": [f"{keys[n - 1]} {keys[n]}" for n in beside],
        "bf": [f"{folded[n - 1]} {folded[n]}" for n in beside],
    }
    for name, each in terms.items():
        yield from ((name, term, table[name]) for term in dict.fromkeys(each))
        if title and name in "xf":
            yield from (("t" + name, term, table[name] * weights.TITLE) for term in dict.fromkeys(each))
