"""Where in a row of chunks a document number or date may stand, so that its rules run there alone.

A match has a number in it, and goes past the number's chunk only where the chunk before leads to a
number (`Nghị quyết`, `tháng`, `NQ`), the one after goes on (`- NQ`, `tháng`, `NQ`), or the chunk
itself is open (`101/`, `101NQ`). `số`, `và` and commas lead where a name or a number in such a place
stands before them. Around the chunk the rules see BEFORE chunks (the longest name, `số`, `:`) and AFTER (a
whole date, a count's word), more where dashes or strokes go on; windows that touch are one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from indexer.analysis.identifiers import ISSUER_CODES, LAST_WORDS, NAMES, TYPE_CODES, TYPED_CODES, flatten
from indexer.analysis.normalise import normalise

BEFORE, AFTER = 6, 8
LONGEST_NAME = 3  # words of a type of paper
END = "\n"  # stands for the end of a text in a row of chunks; no chunk has white space in it
LIMIT = 20_000  # chunks of which an answer is remembered


class _Signs(dict[str, int]):
    """Which of the rules a chunk meets, a bit a rule, mostly none; no end of a text meets any.

    A rule is a regular expression for the chunk in flat letters, and one for it in lower case; it has to meet
    both.
    """

    def __init__(self, *rules: tuple[int, str, str]) -> None:
        super().__init__()
        self._rules = [(bit, re.compile(flat), re.compile(lower)) for bit, flat, lower in rules]

    def __missing__(self, chunk: str) -> int:
        if len(self) >= LIMIT:
            self.clear()
        signs = 0
        if not chunk.isspace():
            text = normalise(chunk).text
            flat, lower = flatten(text), text.lower()
            for bit, in_flat, in_lower in self._rules:
                if in_flat.search(flat) and in_lower.search(lower):
                    signs |= bit
        self[chunk] = signs
        return signs


LEADS, NAMES_IT, LINKS, MONTH, FOLLOWS, YEAR = 1, 2, 4, 8, 16, 32
_before = _Signs(
    (LEADS, r"\A\W+\Z|\d[-/.]\Z", ""),
    (LEADS, "", rf"(?:\A|\W)(?:{TYPED_CODES})-?\Z"),
    (NAMES_IT, rf"(?:\A|\W)(?:{LAST_WORDS}):?\Z", ""),
    (LINKS, r"(?:\A|\W)(?:so|va):?\Z|[,;]\Z", ""),
    (MONTH, r"(?:\A|\W)thang\Z", ""),
)
_after = _Signs(
    (FOLLOWS, r"\A[-/.,;]", ""),
    (FOLLOWS, rf"\A(?:{TYPE_CODES})(?:{ISSUER_CODES})?(?!\w)", rf"\A(?:{TYPED_CODES})"),
    (YEAR, r"\Anam\Z", ""),
)
_OPEN = re.compile(rf"[-/]\Z|\d(?:{TYPED_CODES})\Z")
_PARTED = re.compile("[-/]")
_NAME = re.compile(rf"(?:\A|\W)(?:{NAMES}):?\Z")


def is_open(text: str) -> bool:
    """Whether a number in a chunk, normalised, may go on in the next one."""
    return bool(_OPEN.search(text.lower()))


def windows(
    chunks: Sequence[str], numbers: Sequence[int], opens: Callable[[int], bool]
) -> tuple[list[int], list[range]]:
    """Of the places `numbers` (ascending) whose chunks have digits: those whose chunk can be read by itself,
    and the ranges of chunks that have to be read together with their neighbours. Chunks of white space
    part texts; no range goes past one."""
    found: list[range] = []
    latest = -BEFORE  # the last number that has to be read with its neighbours
    last = len(chunks) - 1
    for at in numbers:
        before, after = _before[chunks[at - 1]] if at else 0, _after[chunks[at + 1]] if at < last else 0
        if (before or after or opens(at)) and _wide(chunks, at, before, after, latest, opens):
            latest = at
            start, stop = _start(chunks, at), _stop(chunks, at)
            if found and start <= found[-1].stop:
                found[-1] = range(found[-1].start, max(stop, found[-1].stop))
            else:
                found.append(range(start, stop))
    if not found:
        return list(numbers), []
    inside = {at for window in found for at in window}
    return [at for at in numbers if at not in inside], found


def _wide(chunks: Sequence[str], at: int, before: int, after: int, latest: int, opens: Callable[[int], bool]) -> bool:
    return bool(
        before & LEADS
        or after & FOLLOWS
        or opens(at)
        or (before & NAMES_IT and _ends_name(chunks, at))
        or (before & LINKS and (latest >= at - 3 or _led(chunks, at)))
        or (before & MONTH and (after & YEAR or _PARTED.search(normalise(chunks[at]).text)))
    )


def _ends_name(chunks: Sequence[str], at: int) -> bool:
    """Whether the chunks before `at` end in the name of a type of paper."""
    text = " ".join(chunks[max(0, at - LONGEST_NAME) : at])
    return bool(_NAME.search(flatten(normalise(text).text)))


def _led(chunks: Sequence[str], at: int) -> bool:
    """Whether something leads to a number shortly before `at`."""
    near = range(max(0, at - 3), at)
    return any(
        _before[chunks[n]] & LEADS or (_before[chunks[n]] & NAMES_IT and _ends_name(chunks, n + 1)) for n in near
    )


def _start(chunks: Sequence[str], at: int) -> int:
    start = max(0, at - BEFORE)
    return next((n + 1 for n in range(at - 1, start - 1, -1) if chunks[n].isspace()), start)


def _stop(chunks: Sequence[str], at: int) -> int:
    """The end of a window, moved on while dashes or strokes tie the next chunk to it."""
    stop = at + 1
    while stop < len(chunks) and not chunks[stop].isspace():
        if stop >= at + AFTER and not (_tie(chunks[stop][0]) or _tie(chunks[stop - 1][-1])):
            break
        stop += 1
    return stop


def _tie(char: str) -> bool:
    return normalise(char).text in ("-", "/")
