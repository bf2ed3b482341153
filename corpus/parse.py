"""Source bytes → Record. The one door of the parser: `parse` (bytes) and `parse_page` (blocks of text)."""

from __future__ import annotations

from corpus.article import Article, read_article
from corpus.errors import NotAnArticle
from corpus.facts.byline import read_bylines
from corpus.facts.directives import read_directives
from corpus.facts.documents import cited
from corpus.facts.figures import read_figures
from corpus.facts.meeting import read_meeting
from corpus.facts.named import read_named
from corpus.facts.outcomes import read_outcomes
from corpus.facts.people import read_people
from corpus.facts.reading import Reading
from corpus.facts.votes import read_votes
from corpus.facts.warn import read_warnings
from corpus.readers import Page, read
from corpus.record import Record, Source
from corpus.text import syllables

#: An article has at least one paragraph of so many syllables, and so many in all.
_PARAGRAPH, _ALL = 12, 25


def parse(data: bytes, name: str, url: str | None = None) -> Record:
    """The record of a source; `name` (file or address) is for messages, `url` its canonical address if known.

    `id` and the other fields of `source` are left to the caller. Raises SourceError for bytes that
    cannot be read, NotAnArticle for a page that is no report nor any other article.
    """
    return parse_page(read(data, name), name, url)


def parse_page(page: Page, name: str, url: str | None = None) -> Record:
    """The record of a page that a reader has taken apart. Raises NotAnArticle."""
    article = read_article(page)
    _refuse_other(article, page, name)
    return _record(article, url or page.meta.url)


def _refuse_other(article: Article, page: Page, name: str) -> None:
    sizes = [len(syllables(p.key)) for p in article.paragraphs]
    if not sizes or max(sizes) < _PARAGRAPH or sum(sizes) < _ALL:
        raise NotAnArticle(name, "no text of an article was found in it")
    if page.listing:
        raise NotAnArticle(name, "this is a list of headlines, not an article")


def _record(article: Article, url: str | None) -> Record:
    reading = Reading(article, url)
    people = read_people(reading)
    told = read_meeting(reading)
    outlet = reading.outlet
    authors, photographers = read_bylines(article, outlet.name if outlet else article.meta.outlet)
    paper = article.paper
    outcomes = read_outcomes(reading)
    return Record(
        source=Source(url=url),
        outlet_code=reading.code[0] if reading.code else None,
        outlet_name=outlet.name if outlet else None,
        genre=paper.genre if paper else "news_report",
        document=paper.document if paper else None,
        title=article.title,
        lead=article.lead,
        published_date=article.published,
        page_date=article.page_date,
        meeting_date=told.date,
        meeting=told.meeting,
        chair=people.chair_record(),
        people=people.as_records(),
        authors=authors,
        photographers=photographers,
        captions=article.captions,
        paragraphs=tuple(p.text for p in article.paragraphs),
        body_paragraphs=len(article.paragraphs),
        cited_documents=cited(reading.citations, paper.document.number if paper else None),
        named_documents=read_named(reading),
        figures=read_figures(reading),
        directives=read_directives(reading, people, told.meeting.body if told.meeting else None),
        outcomes=outcomes,
        votes=read_votes(reading, outcomes),
        warnings=tuple(read_warnings(reading, told, people)),
    )
