"""What a reader of a format hands over: blocks of text in reading order, and what the markup says of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "title",
    "kicker",
    "lead",
    "heading",
    "paragraph",
    "item",
    "row",
    "caption",
    "byline",
    "banner",
    "furniture",
    "line",
]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text: `kind` as far as the format tells it, `place` counts lines or elements of the source.

    `line` is a line of plain text that follows another one without an empty line between.
    """

    kind: Kind
    text: str
    place: int = 0


@dataclass(frozen=True, slots=True)
class Meta:
    """What the metadata of a page says; days are ISO 8601, None where they say nothing."""

    url: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    kind: str | None = None  # og:type or the @type of JSON-LD


@dataclass(frozen=True, slots=True)
class Page:
    """A source as blocks of text (NFC) in reading order, with its metadata."""

    blocks: tuple[Block, ...]
    meta: Meta = Meta()
    media_type: str = "text/plain"
    listing: bool = False  # whether the page lists articles and is none
