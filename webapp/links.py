"""Every address that the page writes, built in one place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from flask import request

from indexer.page import FACETS, Request
from indexer.suggest import Suggestion
from webapp import language

_SCALARS = (("q", "q"), ("date_from", "from"), ("date_to", "to"))


def place(path: str, pairs: list[tuple[str, str]] | None = None, anchor: str = "") -> str:
    """A path of ours with its query; a language that this address asked for is asked for again."""
    chosen = language.explicit()
    query = urlencode([*(pairs or []), *([("lang", chosen)] if chosen else [])])
    return path + (f"?{query}" if query else "") + (f"#{anchor}" if anchor else "")


def pairs(asked: Request) -> list[tuple[str, str]]:
    """The parameters that ask for `asked`, without those that stand at their default."""
    found = [(name, getattr(asked, field)) for field, name in _SCALARS if getattr(asked, field)]
    found += [(facet, value) for facet in FACETS for value in asked.facets.get(facet, ())]
    found += [("sort", asked.sort)] if asked.sort != "relevance" else []
    found += [("limit", str(asked.limit))] if asked.limit != Request().limit else []
    found += [("literal", "1")] if asked.literal else []
    return found + ([("page", str(asked.page))] if asked.page > 1 else [])


def search(asked: Request, **changes: Any) -> str:
    """The search page for `asked` with `changes`; a change leads back to page 1 unless it is the page."""
    return place("/search", pairs(replace(asked, **{"page": 1, **changes}) if changes else asked))


def toggled(asked: Request, facet: str, value: str) -> str:
    """`asked` with a value of a facet added, or taken out where it was chosen."""
    chosen = asked.facets.get(facet, ())
    kept = tuple(one for one in chosen if one != value) if value in chosen else (*chosen, value)
    return search(asked, facets={**asked.facets, facet: kept})


def unfiltered(asked: Request) -> str:
    """`asked` without facets and dates."""
    return search(asked, facets={}, date_from=None, date_to=None)


def narrowed(facet: str, value: str) -> str:
    """Everything that has this value of a facet, newest first."""
    return search(Request(facets={facet: (value,)}, sort="newest"))


def suggestion(found: Suggestion) -> str:
    """Where a suggestion leads: a document's page, a report, or everything of a body or a person."""
    if found.kind == "document":
        return document(found.value)
    return record(found.value) if found.kind == "title" else narrowed(found.kind, found.value)


def newest() -> str:
    """The whole collection, newest first."""
    return search(Request(sort="newest"))


def record(id: str, asked: Request | None = None, paragraph: int | None = None, sentence: int | None = None) -> str:
    """A record; with the search that found it, to lead back, and a paragraph and sentence from 0."""
    anchor = "" if paragraph is None else f"d{paragraph + 1}"
    anchor += "" if sentence is None or not anchor else f"-{sentence + 1}"
    came_from = pairs(asked) if asked else []
    came_from += [("at", str(paragraph + 1))] if asked and paragraph is not None else []
    return place(permanent(id), came_from, anchor)


def permanent(id: str) -> str:
    """The address of a record that stays, whatever the reader's language."""
    return f"/r/{quote(id, safe='')}"


def original(id: str, version: int | None = None) -> str:
    """The archived bytes of a record, the current ones or those of a version."""
    return place(f"{permanent(id)}/source", [("v", str(version))] if version else None)


def as_json(id: str) -> str:
    """A record as JSON."""
    return f"/api/v1/records/{quote(id, safe='')}"


def document(number: str, **query: str) -> str:
    """The page of a cited document."""
    return place(f"/d/{quote(number, safe='/')}", [pair for pair in query.items() if pair[1]])


def source(url: str | None, words: str | None = None) -> str | None:
    """The original address, leading to `words` in it; None for anything but http and https.

    The fragment is https://wicg.github.io/scroll-to-text-fragment/, where `-` and `,` have a meaning.
    """
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    if url is None or parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    if not words:
        return url
    return f"{url}{'' if parts.fragment else '#'}:~:text={quote(words, safe='').replace('-', '%2D')}"


def here() -> str:
    """This address without its language, to come back to after a choice."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return quote(request.path) + (f"?{urlencode(kept)}" if kept else "")


def same_site(target: str) -> str:
    """`target` where it is a path of ours, else `/`: never another site, however it is written."""
    ours = target.startswith("/") and not target.startswith("//")
    # browsers read \ as / and drop control characters within an address
    return target if ours and "\\" not in target and all(char > " " for char in target) else "/"
