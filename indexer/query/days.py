"""A day, month or year as a reader types it, as the range of days that it covers."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from indexer.analysis.identifiers import flatten
from indexer.analysis.normalise import normalise

_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})",
        r"(?P<d>\d\d)(?P<m>\d\d)(?P<y>\d{4})",
        r"(?:ngay )?(?P<d>\d{1,2}) ?[/.-] ?(?P<m>\d{1,2}) ?[/.-] ?(?P<y>\d{4})",
        r"(?:ngay )?(?P<d>\d{1,2}) thang (?P<m>\d{1,2}) nam (?P<y>\d{4})",
        r"(?:thang )?(?P<m>\d{1,2}) ?[/.-] ?(?P<y>\d{4})",
        r"thang (?P<m>\d{1,2}) nam (?P<y>\d{4})",
        r"(?P<y>\d{4})-(?P<m>\d{1,2})",
        r"(?:nam )?(?P<y>\d{4})",
    )
)


def day_range(typed: str) -> tuple[str, str] | None:
    """The first and last ISO day of what was typed; None where it is no date or does not exist."""
    text = re.sub(r"\s+", " ", flatten(normalise(typed).text)).strip()
    match = next((found for form in _FORMS if (found := form.fullmatch(text))), None)
    if match is None:
        return None
    given = match.groupdict()
    year, month, day = (int(given.get(name) or 0) for name in "ymd")
    try:
        if day:
            return (date(year, month, day).isoformat(),) * 2
        if month:
            return date(year, month, 1).isoformat(), date(year, month, monthrange(year, month)[1]).isoformat()
        return date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat()
    except ValueError:
        return None
