"""What goes into a search and what comes out of it, whatever engine answers."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Literal

Sort = Literal["relevance", "newest", "oldest"]
FACETS = ("body", "year", "person", "document", "outlet", "kind", "province")


@dataclass(frozen=True)
class Request:
    """A search as asked: what was typed, and the filters beside it.

    `facets` maps a facet's name (one of FACETS) to the chosen values (any of them matches).
    `date_from`, `date_to` are ISO days, both inclusive, of the meeting, else of publication.
    `literal` asks for exactly what was typed, without any reading of keys or marks.
    """

    q: str = ""
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    date_from: str | None = None
    date_to: str | None = None
    sort: Sort = "relevance"
    page: int = 1
    limit: int = 10
    explain: bool = False
    literal: bool = False

    def key(self) -> tuple[object, ...]:
        """What makes two requests the same."""
        return (
            *(getattr(self, each.name) for each in fields(self) if each.name != "facets"),
            *sorted(self.facets.items()),
        )


@dataclass(frozen=True)
class Reading:
    """How the typed text was understood; `note` is None where it was taken as typed.

    `note`: telex, vni, viqr, legacy, restored, corrected. `also`: synonyms searched beside it.
    `hints`: codes of what was cut or not understood (`too_long`, `too_many_terms`, …).
    """

    typed: str
    understood: str
    note: str | None = None
    also: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """One record found. `snippet_html` is safe HTML whose only tag is <mark>.

    `paragraph` is where the snippet was cut (index from 0), None where it is of the title;
    `fragment` is the plain text around the first match, for a `#:~:text=` link.
    """

    id: str
    title: str
    meeting_date: str | None
    published_date: str | None
    body: str | None
    chair: str | None
    outlet_code: str | None
    outlet_name: str | None
    kind: str | None
    genre: str
    verbs: tuple[tuple[str, int], ...]
    score: float
    title_html: str
    snippet_html: str
    paragraph: int | None
    fragment: str | None
    source_url: str | None
    explanation: dict[str, object] | None = None


@dataclass(frozen=True)
class FacetCount:
    """A value of a facet with the number of hits that have it."""

    value: str
    count: int
    label: str | None = None


@dataclass(frozen=True)
class Page:
    """One page of results. `total` counts all hits; `facets` leave out their own filter; `explanation`
    has the readings of each run of words, where they were asked for."""

    total: int
    took_ms: float
    page: int
    reading: Reading
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetCount, ...]]
    generation: int
    explanation: list[dict[str, object]] | None = None
