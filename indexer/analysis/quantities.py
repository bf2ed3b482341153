"""Quantities: `5.835 tỷ đồng` as a number and a unit, so that they can be compared.

`> 5.000 tỷ` in a query is met by a record with a figure above it in the same unit; where no unit is
named, by any unit. Words and units are rows of `tables/quantities.tsv`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from indexer.analysis import analyse, analyse_words
from indexer.analysis.tokens import number_spelling
from indexer.tables import table

_ROWS = {" ".join(analyse(row["word"]).exact) or row["word"]: row for row in table("indexer.analysis", "quantities")}


@dataclass(frozen=True)
class Quantity:
    """A value in a base unit (đồng, km, %, or the counted noun); `unit` empty where none is named."""

    value: float
    unit: str


def quantity(value: float, unit: str | None) -> Quantity:
    """A number and the words behind it, multipliers applied: (5835, "tỷ đồng") → 5835e9 đồng."""
    if (unit or "").strip() == "%":
        return Quantity(value, "%")
    words = list(_keys(unit or ""))
    while words and (row := _ROWS.get(words[0])) and row["factor"]:
        value *= float(row["factor"])
        words = words[1:]
    for length in (3, 2, 1):
        if row := _ROWS.get(" ".join(words[:length])):
            return Quantity(value, row["unit"])
    return Quantity(value, " ".join(words))


@lru_cache(2_000)
def _keys(unit: str) -> tuple[str, ...]:
    return tuple(analyse_words(unit).exact)


@dataclass(frozen=True)
class Bound:
    """A comparison typed in a query; `low`, `high` are inclusive unless `open`."""

    low: float
    high: float
    unit: str
    open: bool

    def met_by(self, figure: Quantity) -> bool:
        if self.unit and figure.unit != self.unit:
            return False
        if self.open:
            return self.low < figure.value < self.high
        return self.low <= figure.value <= self.high


_TYPED = re.compile(r"(?P<sign>>=|<=|≥|≤|>|<)\s*(?P<number>\d[\d.,]*)\s*(?P<unit>%|[^\W\d]*(?:\s+[^\W\d]+){0,2})")


def bounds(text: str) -> tuple[list[Bound], str]:
    """The comparisons in a text, and the text without them."""
    found: list[Bound] = []

    def take(match: re.Match[str]) -> str:
        number = as_number(match["number"])
        if number is None:
            return match[0]
        unit, rest = _unit(match["unit"])
        value = quantity(number, unit)
        sign = match["sign"]
        low, high = (value.value, float("inf")) if sign[0] in ">≥" else (float("-inf"), value.value)
        found.append(Bound(low, high, value.unit, open=sign in "<>"))
        return " " + rest

    rest = _TYPED.sub(take, text)
    return _merged(found), rest


def _merged(found: list[Bound]) -> list[Bound]:
    """`>100 tỷ <200 tỷ` is one bound, to be met by one figure."""
    if len(found) == 2 and found[0].unit == found[1].unit:
        low, high = max(each.low for each in found), min(each.high for each in found)
        if low <= high and (low, high) not in ((each.low, each.high) for each in found):
            return [Bound(low, high, found[0].unit, open=found[0].open or found[1].open)]
    return found


def as_number(typed: str) -> float | None:
    """`5.835` is 5835, `2,4` is 2.4; None where it is no number."""
    try:
        return float(number_spelling(typed.rstrip(".,")).replace(",", "."))
    except ValueError:
        return None


def _unit(words: str) -> tuple[str, str]:
    """The words that are multipliers or units, and what follows them."""
    kept = words.split()
    taken: list[str] = []
    while kept and (" ".join(analyse(kept[0]).exact) or kept[0]) in _ROWS:
        taken.append(kept.pop(0))
    return " ".join(taken), " ".join(kept)
