"""Deadlines in the words of a task."""

from __future__ import annotations

import re

from corpus.tables import rows

_DATE = r"\d{1,2}(?: tháng \d{1,2}(?:(?: năm |/)\d{4})?|\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?\d{4})?)(?![\w/])"
_PATTERNS = tuple(
    re.compile(r"(?<!\w)(?:" + row["pattern"].replace("<DATE>", _DATE) + ")") for row in rows("deadlines")
)


def deadline(key: str) -> tuple[int, int] | None:
    """The range of the deadline that a task names; the table's first row that fits wins."""
    for pattern in _PATTERNS:
        match = pattern.search(key)
        if match:
            return match.span()
    return None
