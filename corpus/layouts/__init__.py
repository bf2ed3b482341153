"""The table of outlets (`outlets.tsv`): code, name, home province, host, aliases, until when the row
holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from corpus.tables import parse_tsv


@dataclass(frozen=True, slots=True)
class Outlet:
    """A paper or portal; `valid_until` is the ISO day on which its code, name or host changed, or None."""

    code: str | None
    name: str
    province: str | None
    host: str | None
    aliases: tuple[str, ...]
    valid_until: str | None


@cache
def outlets() -> tuple[Outlet, ...]:
    """All rows of the table."""
    rows = parse_tsv((files(__name__) / "outlets.tsv").read_text(encoding="utf-8"))
    return tuple(
        Outlet(
            row["code"] or None,
            row["name"],
            row["province"] or None,
            row["host"] or None,
            tuple(alias for alias in row["aliases"].split("; ") if alias),
            row["valid_until"] or None,
        )
        for row in rows
    )


def outlet_of(code: str | None, url: str | None, day: str | None = None) -> Outlet | None:
    """The outlet with this code, else the one of the address; None where the table has none.

    `day` (ISO) leaves out rows that had ended by then.
    """
    rows = [o for o in outlets() if not (o.valid_until and day and day > o.valid_until)]
    if code:
        for outlet in rows:
            if code == outlet.code or code in outlet.aliases:
                return outlet
    host = (_host(url) or "").removeprefix("www.")
    for outlet in rows:
        if outlet.host and (host == outlet.host or host.endswith("." + outlet.host)):
            return outlet
    return None


@cache
def outlet_named(value: str) -> Outlet | None:
    """The outlet whose code, name or alias this is."""
    return next((each for each in outlets() if value in (each.code, each.name, *each.aliases)), None)


def _host(url: str | None) -> str | None:
    try:
        return urlsplit(url).hostname if url else None
    except ValueError:  # a bracket out of place
        return None
