"""What to try when a search finds nothing, each with the number of reports that it would find."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.page import Request
from webapp import links, state
from webapp.language import gettext as _

ENOUGH = 3  # suggestions; a reader tries no more
LONGEST = 200  # characters of a query that is worth a second try
QUOTES = re.compile(r'["“”„«»]')
EXCLUDED = re.compile(r"(^|\s)-\S+")


@dataclass(frozen=True)
class Suggestion:
    """A way on: its words, its address, how many reports it finds."""

    label: str
    href: str
    total: int


def instead(asked: Request) -> list[Suggestion]:
    """Searches near `asked` that do find something, in the order in which to try them."""
    if len(asked.q) > LONGEST:
        return []
    found: dict[str, Suggestion] = {}
    for label, other in _others(asked):
        if len(found) == ENOUGH:
            break
        href = links.search(other)
        if href not in found and other != asked and (other.q or not asked.q):
            total = state.collection().search(replace(other, limit=1)).total
            found |= {href: Suggestion(label, href, total)} if total else {}
    return list(found.values())


def _others(asked: Request) -> Iterator[tuple[str, Request]]:
    asked = replace(asked, page=1)
    if asked.date_from and asked.date_to and asked.date_from > asked.date_to:
        swapped = replace(asked, date_from=asked.date_to, date_to=asked.date_from)
        yield _("Đổi chỗ hai ngày: ngày đầu đang đứng sau ngày cuối"), swapped
    free = replace(asked, facets={}, date_from=None, date_to=None)
    yield _("Bỏ các bộ lọc"), free
    yield _("Bỏ ngoặc kép, tìm từng chữ"), replace(free, q=QUOTES.sub(" ", free.q).strip())
    yield _("Bỏ các chữ loại trừ"), replace(free, q=EXCLUDED.sub("", free.q).strip())
    words = QUOTES.sub(" ", EXCLUDED.sub("", free.q)).split()
    half = (len(words) + 1) // 2
    for part in (words[:half], words[half:]) if len(words) > 1 else ():
        yield _("Chỉ tìm “%(words)s”", words=" ".join(part)), replace(free, q=" ".join(part))
