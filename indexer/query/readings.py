"""How a run of words is read: for each of its syllables the keys it may stand for, with weights."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from indexer.analysis import Analysed, folded_key
from indexer.analysis.identifiers import CODES
from indexer.analysis.spelling import is_syllable
from indexer.query.lattice import Column, Solved, candidates, slipped, solve
from indexer.query.typed_keys import telex, vni
from indexer.vocabulary import Vocabulary

DECODED, LITERAL = 0.9, 0.1  # a word in keys against the same letters as a word
OTHER_MARKS = 0.05  # of a word that is no keys, in a query typed in keys
GATE, STRANGER = 3.0, 4.0  # ln of the odds from which keys are believed; more for each strange word
_MARKED = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹàáãèéìíòóõùúýĩũ]")
METHODS: dict[str, Callable[[str], str | None]] = {"telex": telex, "vni": vni}


@dataclass(frozen=True)
class Readings:
    """Parallel to the tokens of a run: weighted exact and folded keys, and pairs of them.

    `exact_pairs[n]` and `folded_pairs[n]` join token n and n + 1; empty where a stop parts them.
    `kind`: marked, unmarked or keys; it decides the weights of the fields. `best` is the likeliest
    exact key of each token, `sure` the lowest of their weights.
    """

    exact: list[Column]
    folded: list[Column]
    exact_pairs: list[Column]
    folded_pairs: list[Column]
    kind: str
    best: list[str]
    sure: float


def as_typed(read: Analysed) -> Readings:
    """Each syllable is itself."""
    marked = read.exact != read.folded
    columns = [{key: 1.0} if marked else {} for key in read.exact]
    last = len(read.tokens) - 1
    joined = [read.tokens[n + 1].joined for n in range(last)]
    return Readings(
        exact=columns,
        folded=[{key: 1.0} for key in read.folded],
        exact_pairs=[
            {f"{read.exact[n]} {read.exact[n + 1]}": 1.0} if marked and joined[n] else {} for n in range(last)
        ],
        folded_pairs=[{f"{read.folded[n]} {read.folded[n + 1]}": 1.0} if joined[n] else {} for n in range(last)],
        kind="marked" if marked else "unmarked",
        best=list(read.exact),
        sure=1.0,
    )


def read_words(read: Analysed, vocabulary: Vocabulary, fixed: AbstractSet[int]) -> Readings:
    """The readings of plain words; `fixed` tokens (abbreviations) stand for themselves."""
    solved = _solve_plain(read, vocabulary, fixed)
    marked = read.exact != read.folded
    if not marked:
        return _readings(solved, "unmarked", vocabulary, floor=[])
    return _readings(solved, "marked", vocabulary, floor=read.exact)


def typed_in(runs: list[tuple[Analysed, str]], vocabulary: Vocabulary) -> str | None:
    """`telex` or `vni` where the words (each run with its text) are likelier to be meant as its keys."""
    reads = [read for read, _ in runs]
    words = [token.text for read in reads for token in read.tokens]
    if not words or any(_MARKED.search(word) for word in words):
        return None
    names = {word for read, text in runs for word in _names(read, text)}
    plain = sum(_solve_plain(read, vocabulary, slips=False).likelihood for read in reads)
    best, odds = None, 0.0
    for name, decode in METHODS.items():
        if not any(_decodes(word, decode, vocabulary) for word in words):
            continue
        strangers = sum(_is_stranger(word, decode, vocabulary) for word in words if word not in names)
        keys = sum(
            solve(_key_columns(read, text, decode, vocabulary, slips=False), _joined(read), vocabulary).likelihood
            for read, text in runs
        )
        if keys - plain - GATE - STRANGER * strangers > odds:
            best, odds = name, keys - plain - GATE - STRANGER * strangers
    return best


def read_keys(read: Analysed, text: str, method: str, vocabulary: Vocabulary) -> Readings:
    """The readings of words typed in the keys of a method."""
    columns = _key_columns(read, text, METHODS[method], vocabulary, slips=True)
    solved = solve(columns, _joined(read), vocabulary)
    typed = [max(column, key=lambda key: column[key]) for column in columns]
    return _readings(solved, "keys", vocabulary, floor=typed)


def _names(read: Analysed, text: str) -> set[str]:
    """Words with a capital inside a text that is not all capitals: names and acronyms speak for no side."""
    if text.isupper():
        return set()
    typed = [(n, text[token.start : token.end]) for n, token in enumerate(read.tokens)]
    return {word.lower() for n, word in typed if (word[0].isupper() and n) or (word.isupper() and len(word) > 1)}


def _joined(read: Analysed) -> list[bool]:
    return [token.joined for token in read.tokens]


def _solve_plain(
    read: Analysed, vocabulary: Vocabulary, fixed: AbstractSet[int] = frozenset(), *, slips: bool = True
) -> Solved:
    """The lattice of plain words; without slips where words that could be keys are weighed against it."""
    joined = _joined(read)
    known = set(fixed) | _codes(read)
    if not slips:
        known |= {n for n, fold in enumerate(read.folded) if fold not in vocabulary.by_fold}
    return solve(candidates(read.exact, read.folded, joined, known, vocabulary), joined, vocabulary)


def _codes(read: Analysed) -> set[int]:
    """The tokens that are numbers and codes of a document: they stand for nothing else."""
    return {
        n
        for each in read.identifiers
        for n, token in enumerate(read.tokens)
        if each.start <= token.start < each.end and (read.folded[n] in CODES or not token.text.isalpha())
    }


def _decodes(word: str, decode: Callable[[str], str | None], vocabulary: Vocabulary) -> bool:
    key = decode(word)
    return key is not None and key in vocabulary.counts


def _is_stranger(word: str, decode: Callable[[str], str | None], vocabulary: Vocabulary) -> bool:
    return not (word.isdigit() or is_syllable(word) or _decodes(word, decode, vocabulary))


def _key_columns(
    read: Analysed, text: str, decode: Callable[[str], str | None], vocabulary: Vocabulary, *, slips: bool
) -> list[Column]:
    """Each word decoded where that gives a word of the collection; acronyms are no keys. With `slips`
    a word that is neither may be one at a slip (not when it is weighed whether these are keys)."""
    columns: list[Column] = []
    for token, exact, fold in zip(read.tokens, read.exact, read.folded, strict=True):
        typed = text[token.start : token.end]
        acronym = len(typed) > 1 and typed.isupper() and not text.isupper()
        key = None if acronym else decode(token.text)
        if key is not None and key in vocabulary.counts:
            columns.append({key: DECODED} | ({exact: LITERAL} if exact in vocabulary.counts and exact != key else {}))
        else:
            others = dict.fromkeys(vocabulary.by_fold.get(fold, [])[:12], OTHER_MARKS)
            meant = slipped(fold, vocabulary) if slips and not others else {}
            columns.append(meant or others | {exact: DECODED})
    return columns


def _readings(solved: Solved, kind: str, vocabulary: Vocabulary, *, floor: list[str]) -> Readings:
    """`floor`: what was typed, with marks or in keys, keeps its full weight: corrections only add."""
    exact = [dict(column) for column in solved.columns]
    folded = [_folded(column) for column in exact]
    for n, key in enumerate(floor):
        fold = folded_key(key)
        if key in vocabulary.counts and (key != fold or kind == "keys"):
            exact[n][key] = 1.0
        if fold in vocabulary.by_fold:
            folded[n][fold] = 1.0
    best = [max(column, key=lambda key: column[key]) for column in solved.columns]
    return Readings(
        exact=exact,
        folded=folded,
        exact_pairs=solved.pairs,
        folded_pairs=[_folded_pairs(column) for column in solved.pairs],
        kind=kind,
        best=best,
        sure=min((max(column.values()) for column in solved.columns), default=1.0),
    )


def _folded(column: Column) -> Column:
    found: Column = {}
    for key, weight in column.items():
        fold = folded_key(key)
        found[fold] = min(1.0, found.get(fold, 0.0) + weight)
    return found


def _folded_pairs(column: Column) -> Column:
    found: Column = {}
    for pair, weight in column.items():
        first, _, second = pair.partition(" ")
        fold = f"{folded_key(first)} {folded_key(second)}"
        found[fold] = min(1.0, found.get(fold, 0.0) + weight)
    return found
