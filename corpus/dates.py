"""Dates in Vietnamese prose: numbered patterns (`tables/date_patterns.tsv`), years from context, time of day.

All text given here is in match form (`corpus.text.match_form`). Source of the wordings: a reading of
104 meeting reports; the general date libraries fill in today's day or month, which is never wanted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from corpus.tables import rows

_PARTS = {
    "D": r"(?<![\d.,/-])(?P<d>0?[1-9]|[12]\d|3[01])",
    "M": r"(?P<m>1[0-2]|0?[1-9])(?!\d)",
    "Y": r"(?P<y>(?:19|20)\d\d)(?![\d/])",
    "D2": r"(?P<d2>0?[1-9]|[12]\d|3[01])(?!\d)",
    "D3": r"(?:0?[1-9]|[12]\d|3[01])(?!\d)",
    "M1": r"(?P<m1>1[0-2]|0?[1-9])(?!\d)",
    "SEP": r"\s?[/-]\s?",
    "DAY": (
        r"(?:[Nn]gày|[Hh]ôm(?: nay| qua)?,?|[Ss]áng|[Cc]hiều|[Tt]rưa|[Tt]ối|nay,?|qua,?|mai,?"
        r"|[Tt]hứ \w+,?)"
    ),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A date as written: half-open range, day, month, year (None where not written), last day of a span."""

    start: int
    end: int
    pattern: str
    day: int
    month: int
    year: int | None = None
    last: tuple[int, int] | None = None  # (day, month) of the last day

    def iso(self, year: int | None = None) -> str | None:
        """ISO day with its own year or `year`; None without one, or where no such day exists."""
        return iso_day(self.year or year, self.month, self.day)

    def iso_last(self, year: int | None = None) -> str | None:
        """ISO day of the last day of a span, None where it is one day."""
        return iso_day(self.year or year, self.last[1], self.last[0]) if self.last else None


def iso_day(year: int | None, month: int, day: int) -> str | None:
    """ISO 8601 of a day; None without a year or for a day that no calendar has."""
    if year is None:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"<([A-Z]+\d?)>", lambda m: _PARTS[m.group(1)], pattern))


_PATTERNS = tuple((row["id"], _compile(row["pattern"])) for row in rows("date_patterns"))
_NO_DATE = re.compile(r"(?:số|khoản|điều|tổ|quốc lộ|QL|tỷ lệ|đạt)\s$", re.IGNORECASE)


def find(key: str) -> list[Found]:
    """All dates in the order of the text; where patterns overlap the earlier row of the table wins."""
    taken: list[Found] = []
    for name, pattern in _PATTERNS:
        for match in pattern.finditer(key):
            if any(f.start < match.end() and match.start() < f.end for f in taken):
                continue
            if _NO_DATE.search(key[max(0, match.start() - 9) : match.start()]):
                continue
            found = _found(name, match)
            if iso_day(found.year or 2000, found.month, found.day):
                taken.append(found)
    return sorted(taken, key=lambda f: f.start)


def _found(name: str, match: re.Match[str]) -> Found:
    parts = match.groupdict()
    month, day = int(parts["m"]), int(parts["d"])
    year = int(parts["y"]) if parts.get("y") else None
    last = (int(parts["d2"]), month) if parts.get("d2") else None
    first_month = int(parts["m1"]) if parts.get("m1") else month
    return Found(match.start(), match.end(), name, day, first_month, year, last)


def year_near(found: Found, published: str) -> int:
    """The year of a day without one, in a text published on the ISO day `published`.

    A report tells of the past days: a day more than a month ahead of publication belongs to the year before.
    """
    day = date.fromisoformat(published)
    ahead = (found.month - day.month) * 31 + found.day - day.day
    return day.year - 1 if ahead > 31 else day.year


_SESSION_MONTH = re.compile(
    r"(?:phiên|thường kỳ|giao ban|kỳ họp|định kỳ)[^.;]{0,40}?tháng\s(\d{1,2})\s?(?:[/-]\s?|năm\s)(20\d\d)"
)


def year_of_session(found: Found, key: str) -> int | None:
    """The year of a session's month beside the day (`phiên thường kỳ tháng 4/2019`), at most a month away."""
    match = _SESSION_MONTH.search(key)
    if not match:
        return None
    month, year = int(match.group(1)), int(match.group(2))
    gap = found.month - month
    if gap == -11:  # session of December held in January
        return year + 1
    return year if -1 <= gap <= 1 else None


_WEEKDAY = r"(?:Thứ\s(?:[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy|[2-7])|Chủ\s[Nn]hật|CN)"
_STAMP = re.compile(
    rf"^(?:Đăng lúc|Ngày đăng|Cập nhật|Đăng ngày|Xuất bản)?:?\s?[(\[]?(?P<week>{_WEEKDAY})?,?\s?(?:ngày\s)?"
    r"(?P<t1>\d{1,2}[:h]\d\d(?::\d\d)?\s?[,|-]?\s)?"
    r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>(?:19|20)\d\d)[)\]]?"
    r"(?P<t2>\s?[,|-]?\s?\d{1,2}[:h]\d\d(?::\d\d)?(?:\s?[AP]M)?)?\s?[,|-]?\s?(?P<zone>[\[(]?GMT\s?\+\s?\d+[\])]?)?\s?\|?$"
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A line that is only a date: `published` where it carries a time of day or a word of publication."""

    day: str
    published: bool


def stamp(key: str) -> Stamp | None:
    """The date line of a page (`Thứ bảy, 16/01/2021`, `26/06/2019 - 21:10`); None for any other line.

    A bare weekday line is the day on which the page was looked at; a time of day marks publication.
    """
    match = _STAMP.match(key) if len(key) < 80 else None
    if not match:
        return None
    day = iso_day(int(match["y"]), int(match["m"]), int(match["d"])) if int(match["m"]) < 13 else None
    if day is None:
        return None
    timed = bool(match["t1"] or match["t2"] or match["zone"])
    return Stamp(day, timed or not match["week"])


_CLOCK = re.compile(r"(?<!\d)(?P<h>[01]?\d|2[0-3])\s?(?:giờ|h|g|:)\s?(?P<min>[0-5]\d)?(?:\s?phút)?(?![\d/])")


def clock(key: str) -> str | None:
    """The first time of day in `key` as HH:MM (`8h30`, `14 giờ`, `7 giờ 30 phút`), None without one."""
    match = _CLOCK.search(key)
    return f"{int(match['h']):02}:{match['min'] or '00'}" if match else None
