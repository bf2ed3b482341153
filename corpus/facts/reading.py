"""An article with what several kinds of facts need: who is mentioned where, what is cited where, the
outlet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from corpus.article import Article, Paragraph, outlet_code
from corpus.facts.bodies import restored_case
from corpus.facts.documents import Citation, citations, law_spans
from corpus.facts.mentions import Mention, mentions
from corpus.layouts import Outlet, outlet_of
from corpus.text import match_form, sentences

_OPENING = 6


@dataclass(frozen=True)
class Reading:
    """One article being read. `url` is the address of the source, if known."""

    article: Article
    url: str | None = None

    @cached_property
    def code(self) -> tuple[str, int, int] | None:
        """(outlet code as printed, its paragraph, where the text begins behind it)."""
        return None if self.article.paper else outlet_code(self.article)

    @cached_property
    def outlet(self) -> Outlet | None:
        """The outlet by its code, else by the address."""
        return outlet_of(self.code[0] if self.code else None, self.url or self.article.meta.url, self.article.published)

    @cached_property
    def title(self) -> str:
        """The title with a kicker before it; one in capitals in small letters, the names of bodies as
        usual.
        """
        title = self.article.title
        if title.isupper():
            title = restored_case(title)
        return (f"{self.article.kicker}: " if self.article.kicker else "") + title

    @cached_property
    def title_key(self) -> str:
        """The title in match form."""
        return match_form(self.title)

    @property
    def published(self) -> str | None:
        """ISO day of publication, None where not stated."""
        return self.article.published

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """All mentions of people and offices, in order."""
        return tuple(m for paragraph in self.article.paragraphs for m in mentions(paragraph))

    @cached_property
    def _by_paragraph(self) -> dict[int, list[Mention]]:
        table: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            table.setdefault(mention.paragraph, []).append(mention)
        return table

    def mentions_in(self, paragraph: int) -> list[Mention]:
        """The mentions of one paragraph."""
        return self._by_paragraph.get(paragraph, [])

    def office_spans(self, paragraph: int | None) -> list[tuple[int, int]]:
        """Ranges of people with their offices: a body named inside is part of an office."""
        return [] if paragraph is None else [(m.start, m.end) for m in self.mentions_in(paragraph) if m.name or m.roles]

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """Every place where a numbered document is cited, in order."""
        return tuple(c for paragraph in self.article.paragraphs for c in citations(paragraph))

    @cached_property
    def _cited_spans(self) -> dict[int, list[tuple[int, int]]]:
        table = {p.index: law_spans(p.key) for p in self.article.paragraphs}
        for citation in self.citations:
            table[citation.paragraph].append((citation.start, citation.tail))
        return table

    def in_citation(self, paragraph: int | None, at: int) -> bool:
        """Whether a place lies in the number or date of a cited document."""
        if paragraph is None:
            return False
        return any(start <= at < end for start, end in self._cited_spans.get(paragraph, []))

    def is_person(self, words: str) -> bool:
        """Whether capitalised words begin the name of somebody mentioned."""
        return any(match_form(m.name).startswith(words) for m in self.mentions if m.name)

    @cached_property
    def title_spans(self) -> list[tuple[int, int]]:
        """Ranges of people and offices in the title."""
        found = mentions(Paragraph.of(0, self.title))
        return [(m.start, m.end) for m in found if m.name or m.roles]

    def header_lines(self) -> list[str]:
        """The first paragraphs of an office paper: its header."""
        return [p.key for p in self.article.paragraphs[:8]]

    def opening(self) -> Iterator[tuple[int | None, str, str, int, int]]:
        """(paragraph, its key, its text, start, end) of the sentences that open the text; the title is
        paragraph None.
        """
        if self.article.titled:
            for sentence in sentences(self.title):
                yield None, self.title_key, self.title, sentence.start, sentence.end
        skip = self._header_length()
        for paragraph in self.article.paragraphs[skip : skip + _OPENING + (10 if self.article.paper else 0)]:
            for sentence in paragraph.sentences:
                yield paragraph.index, paragraph.key, paragraph.text, sentence.start, sentence.end

    def _header_length(self) -> int:
        head = self.article.paper
        return max(0, head.end - len(head.title_lines)) if head else 0
