"""Days and times as the reader writes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from babel.dates import format_date

from webapp import language

VIETNAM = timezone(timedelta(hours=7))  # the whole country, without summer time
PATTERNS = {"vi": "d/M/y", "en": "d MMM y"}


def today() -> date:
    """The day that it is in Vietnam."""
    return datetime.now(VIETNAM).date()


def day(iso: str | None) -> str:
    """An ISO day as `18/9/2026` or `18 Sep 2026`; what is no day stays as it is."""
    found = _day(iso)
    return _written(found) if found else iso or ""


def typed(iso: str | None) -> str:
    """An ISO day as it is typed into a field, in every language: `18/9/2026`."""
    found = _day(iso)
    return f"{found.day}/{found.month}/{found.year:04}" if found else ""


def weekday(iso: str | None) -> str:
    """The name of the day of the week of an ISO day, empty for what is no day."""
    found = _day(iso)
    return format_date(found, "EEEE", locale=language.current()) if found else ""


def moment(iso: str | None) -> str:
    """The day of an ISO time, in Vietnam."""
    found = _time(iso)
    return _written(found.date()) if found else iso or ""


def clock(iso: str | None) -> str:
    """The time of day of an ISO time, in Vietnam: `7:40`."""
    found = _time(iso)
    return f"{found.hour}:{found.minute:02}" if found else ""


def is_past(iso: str) -> bool:
    """Whether an ISO day lies before today."""
    found = _day(iso)
    return found is not None and found < today()


def _written(value: date) -> str:
    return format_date(value, PATTERNS[language.current()], locale=language.current())


def _day(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso or "")
    except ValueError:
        return None


def _time(iso: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(iso or "")
    except ValueError:
        return None
    return found.astimezone(VIETNAM) if found.tzinfo else found
