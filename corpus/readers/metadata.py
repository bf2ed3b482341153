"""The metadata of a web page: JSON-LD, then OpenGraph and meta elements, then the canonical link."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag

from corpus.readers.page import Meta
from corpus.text import clean

_ARTICLE = re.compile(r"(?:News|Reportage)?Article|BlogPosting|Report", re.IGNORECASE)
_DAY = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)")
#: A name of a person has two to five words; an outlet's name, an address or an account is no author.
_NO_PERSON = re.compile(r"[./@\d]|\b(?:báo|online|điện tử|vn|com|tạp chí|ban biên tập|admin|facebook)\b", re.IGNORECASE)
_PUBLISHED = ("article:published_time", "datePublished", "pubdate", "og:published_time", "dc.date.issued")


def unescaped(value: object) -> str:
    """Clean text of a metadata value; entities are often escaped twice."""
    return clean(html.unescape(html.unescape(str(value or ""))))


def read_meta(soup: BeautifulSoup) -> Meta:
    """What the page's head says of the article."""
    data = next(iter(_articles(soup)), {})
    properties = _properties(soup)
    url = _link(soup, "canonical") or properties.get("og:url") or None
    published = _day(data.get("datePublished")) or next(
        (day for name in _PUBLISHED if (day := _day(properties.get(name)))), None
    )
    outlet = properties.get("og:site_name") or unescaped(_name(data.get("publisher"))) or None
    names = [*_authors(data.get("author")), *_authors(properties.get("author"))]
    authors = tuple(dict.fromkeys(n for n in names if n and n != outlet and not _NO_PERSON.search(n)))
    kind = data.get("@type") or properties.get("og:type") or None
    return Meta(url, published, authors, outlet, str(kind) if kind else None)


def _articles(soup: BeautifulSoup) -> Iterator[dict[str, Any]]:
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            yield from _flat(json.loads(script.get_text(), strict=False))
        except (ValueError, RecursionError):
            continue


def _flat(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _flat(item)
    elif isinstance(value, dict):
        if _ARTICLE.fullmatch(str(value.get("@type"))):
            yield value
        yield from _flat(value.get("@graph"))


def _name(value: object) -> object:
    return value.get("name") if isinstance(value, dict) else value


def _authors(value: object) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [unescaped(_name(item)) for item in items if _name(item)]


def _properties(soup: BeautifulSoup) -> dict[str, str]:
    """The values of all meta elements by property, name or itemprop; the first of each counts."""
    found: dict[str, str] = {}
    for tag in soup.find_all("meta", content=True):
        for key in ("property", "name", "itemprop"):
            if tag.get(key):
                found.setdefault(str(tag[key]), unescaped(tag["content"]))
    return found


def _link(soup: BeautifulSoup, rel: str) -> str:
    tag = soup.find("link", rel=rel)
    return clean(str(tag.get("href") or "")) if isinstance(tag, Tag) else ""


def _day(value: object) -> str | None:
    match = _DAY.search(str(value or ""))
    return match.group() if match else None
