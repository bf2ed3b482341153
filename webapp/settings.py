"""The settings of the page: one table, read from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.errors import BienbanError


@dataclass(frozen=True)
class Setting:
    """A whole number, named in the environment as `variable`."""

    name: str
    variable: str
    default: int
    help: str


SETTINGS = (
    Setting("rate_limit", "BIENBAN_RATE_LIMIT", 1, "0 switches the rate limits off (for measuring)"),
    Setting("searches_per_minute", "BIENBAN_SEARCHES_PER_MINUTE", 120, "searches a minute from one address"),
    Setting("requests_per_minute", "BIENBAN_REQUESTS_PER_MINUTE", 600, "pages a minute from one address"),
    Setting("longest_address", "BIENBAN_LONGEST_ADDRESS", 8000, "bytes of path and query that are answered"),
)


def read(environment: Mapping[str, str]) -> dict[str, int]:
    """Every setting by name; an empty variable is as good as none.

    Raises BienbanError where a variable is not a whole number.
    """
    return {setting.name: _value(setting, environment.get(setting.variable, "")) for setting in SETTINGS}


def _value(setting: Setting, given: str) -> int:
    if not given:
        return setting.default
    if not (given.isascii() and given.isdigit()):
        raise BienbanError(f"{setting.variable}: a whole number is needed, not {given!r}")
    return int(given)
