"""What can go wrong with a source or the home, each said in one sentence.

    BienbanError                 anything this project raises on purpose
    ├── SourceError              one source cannot become a record; the others are kept
    │   ├── NotAnArticle         it was read, and is no report (home page, list, error page)
    │   └── FetchRefused         an address that we do not fetch, or that did not answer well
    ├── HomeError                the home cannot be used (missing, read-only, locked too long)
    ├── DamageError              stored bytes are not what was written
    └── QueryError               a malformed parameter of a search

A message names the file (or the address) and the reason, without a stack trace.
"""

from __future__ import annotations


class BienbanError(Exception):
    """Base of all errors raised on purpose; `str()` is the sentence for the reader."""


class SourceError(BienbanError):
    """One source cannot become a record.

    `source` is the path or address as the person gave it, `reason` a clause without a full stop.
    """

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class NotAnArticle(SourceError):
    """The source was read, but it is no report of a meeting nor any other article."""


class FetchRefused(SourceError):
    """An address is not fetched (scheme, private host), or its answer broke a limit."""


class HomeError(BienbanError):
    """The home directory cannot be used."""


class DamageError(BienbanError):
    """Stored bytes are not what was written; the message names the file and the next step."""


class QueryError(BienbanError):
    """A parameter of a search is unknown or malformed."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message)
        self.parameter = parameter
