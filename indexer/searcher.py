"""A search from request to page: parse, narrow, score, count, sort, show."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache

import numpy as np

from corpus.record import Record
from corpus.store import Stored
from indexer.analysis import Analysed, analyse
from indexer.filters import counts, day_mask, facet_mask, narrowed
from indexer.page import Hit, Page, Reading, Request
from indexer.query import AnyOf, Clause, Phrase, Prefix, Run, literal, parse
from indexer.query.narrow import narrow
from indexer.scoring import Match, Scorer
from indexer.snapshot import Mask, Snapshot
from indexer.snippets import Sought, marked, snippet
from indexer.whoosh_engine import Ints

Fetch = Callable[[str], Stored | None]


def search(snapshot: Snapshot, request: Request, fetch: Fetch) -> Page:
    """Answer a request; `fetch` gives the stored record of an id."""
    began = time.perf_counter()
    query = literal(request.q) if request.literal else parse(request.q)
    narrowing = narrow(snapshot, query.clauses)
    scorer = Scorer(snapshot)
    met = scorer.every(narrowing.clauses) & narrowing.mask
    if request.q.strip() and not query.clauses:  # only marks or pictures were typed
        met &= False
    filters = _filters(snapshot, request)
    mask = narrowed(met, filters)
    order = _order(snapshot, mask, scorer.match, request)
    first = (request.page - 1) * request.limit
    sought = sought_of(snapshot, narrowing.clauses)
    scores = scorer.match.total()
    hits = [
        _hit(stored, float(scores[doc]), sought)
        for doc in order[first : first + request.limit].tolist()
        if (stored := fetch(snapshot.ids[doc])) is not None
    ]
    hints = tuple(dict.fromkeys((*query.hints, *narrowing.hints, *scorer.match.hints)))
    facets = counts(snapshot, met, filters, request.facets)
    return Page(
        total=len(order),
        took_ms=round((time.perf_counter() - began) * 1000, 2),
        page=request.page,
        reading=Reading(request.q, request.q.strip(), hints=hints),
        hits=tuple(hits),
        facets=facets,
        generation=snapshot.generation,
    )


def _filters(snapshot: Snapshot, request: Request) -> dict[str, Mask]:
    filters = {name: facet_mask(snapshot, name, values) for name, values in request.facets.items() if values}
    if request.date_from or request.date_to:
        filters["days"] = day_mask(snapshot, request.date_from, request.date_to)
    return filters


def _order(snapshot: Snapshot, mask: Mask, match: Match, request: Request) -> Ints:
    """The documents of the mask, best first; equals: the newer first, then by number."""
    docs = np.flatnonzero(mask)
    days = snapshot.days[docs]
    if request.sort == "oldest":
        return docs[np.lexsort((docs, np.where(days == 0, 99_999_999, days)))]
    if request.sort == "newest" or not request.q.strip():
        return docs[np.lexsort((docs, -days))]
    return docs[np.lexsort((docs, -days, -match.total()[docs].round(4)))]


def sought_of(snapshot: Snapshot, clauses: tuple[Clause, ...]) -> Sought:
    """What is marked in titles and snippets: the words of a query with their idf, and its numbers."""
    exact: dict[str, float] = {}
    folded: dict[str, float] = {}
    terms: set[str] = set()
    for clause in _worded(clauses):
        if isinstance(clause, Prefix):
            for fold in snapshot.beginning("f", analyse(clause.text).folded[0])[:200]:
                folded[fold] = 1.0
            continue
        read = clause.read
        inside = {n for each in read.identifiers for n, t in enumerate(read.tokens) if each.start <= t.start < each.end}
        known = [each for each in read.identifiers if any(snapshot.frequency("n", term) for term in each.terms)]
        terms |= {term for each in known for term in each.terms if ":" not in term or term == each.terms[0]}
        for n, (key, fold) in enumerate(zip(read.exact, read.folded, strict=True)):
            if n in inside and known:
                continue
            weight = max(snapshot.idf("f", fold), 0.05)
            folded[fold] = weight
            if key != fold:
                exact[key] = weight * 1.5
    return Sought(exact, folded, frozenset(terms))


def _worded(clauses: tuple[Clause, ...]) -> list[Run | Phrase | Prefix]:
    found: list[Run | Phrase | Prefix] = []
    for clause in clauses:
        if isinstance(clause, Run | Phrase | Prefix):
            found.append(clause)
        elif isinstance(clause, AnyOf):
            found += [each for choice in clause.choices for each in _worded(choice)]
    return found


@lru_cache(maxsize=512)
def _reads(id: str, version: int, paragraphs: tuple[str, ...]) -> list[Analysed]:
    return [analyse(text) for text in paragraphs]


def _hit(stored: Stored, score: float, sought: Sought) -> Hit:
    record = stored.record
    shown = snippet(record, _reads(stored.id, stored.version, record.paragraphs), sought)
    meeting = record.meeting
    return Hit(
        id=stored.id,
        title=record.title,
        meeting_date=record.meeting_date,
        published_date=record.published_date,
        body=meeting.body if meeting else None,
        chair=record.chair.name if record.chair else None,
        outlet_code=record.outlet_code,
        outlet_name=record.outlet_name,
        kind=meeting.kind if meeting else None,
        genre=record.genre,
        verbs=_verbs(record),
        score=round(score, 4),
        title_html=marked(record.title, sought),
        snippet_html=shown.html,
        paragraph=shown.paragraph,
        fragment=shown.fragment,
        source_url=record.source.url,
    )


def _verbs(record: Record) -> tuple[tuple[str, int], ...]:
    """How often each outcome verb stands in a record, and how many tasks were given."""
    found: dict[str, int] = {}
    for outcome in record.outcomes:
        found[outcome.verb] = found.get(outcome.verb, 0) + 1
    if record.directives:
        found["giao việc"] = len(record.directives)
    return tuple(found.items())
