"""A search from request to page: parse, narrow, score, count, sort, show."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import numpy as np

from corpus.record import Record
from corpus.store import Stored
from indexer.analysis import Analysed, analyse, pairs
from indexer.analysis.quantities import quantity
from indexer.crowding import spread
from indexer.explain import explanation, readings_of
from indexer.filters import counts, day_mask, facet_mask, narrowed
from indexer.page import Hit, Page, Reading, Request
from indexer.phrases import phrase_mask
from indexer.query import AnyOf, Clause, Compare, Phrase, Prefix, Run, literal, parse, taken_literally, understand
from indexer.query.narrow import Narrowing, narrow
from indexer.query.pasted import decoded
from indexer.query.readings import as_typed
from indexer.scoring import Scorer
from indexer.snapshot import Mask, Snapshot
from indexer.snippets import Snippet, Sought, around, marked, snippet
from indexer.whoosh_engine import Ints

Fetch = Callable[[str], Stored | None]


def search(snapshot: Snapshot, request: Request, fetch: Fetch) -> Page:
    """Answer a request; `fetch` gives the stored record of an id."""
    began = time.perf_counter()
    narrowing, clauses, reading = _read(snapshot, request)
    scorer = Scorer(snapshot, asks="?" in request.q)
    met = scorer.every(clauses) & narrowing.mask
    if request.q.strip() and not clauses and not narrowing.any:  # only marks or pictures were typed
        met &= False
    filters = _filters(snapshot, request)
    mask = narrowed(met, filters)
    order = _order(snapshot, mask, scorer, request)
    if request.sort == "relevance" and request.q.strip():
        order = spread(snapshot, order, lambda doc: _pairs_of(fetch(snapshot.ids[doc])))
    first = (request.page - 1) * request.limit
    sought = sought_of(snapshot, clauses)
    scores = scorer.total()
    hits = [
        _hit(
            stored,
            float(scores[doc]),
            sought,
            _shown(stored, sought, clauses),
            explanation(snapshot, clauses, doc, int(scorer.tiers[doc])) if request.explain else None,
        )
        for doc in order[first : first + request.limit].tolist()
        if (stored := fetch(snapshot.ids[doc])) is not None
    ]
    hints = tuple(dict.fromkeys((*reading.hints, *narrowing.hints, *scorer.hints)))
    facets = counts(snapshot, met, filters, request.facets)
    return Page(
        total=len(order),
        took_ms=round((time.perf_counter() - began) * 1000, 2),
        page=request.page,
        reading=replace(reading, hints=hints, also=_also(snapshot, clauses)),
        hits=tuple(hits),
        facets=facets,
        generation=snapshot.generation,
        explanation=readings_of(clauses) if request.explain else None,
    )


def _read(snapshot: Snapshot, request: Request) -> tuple[Narrowing, tuple[Clause, ...], Reading]:
    """The filters, clauses and reading of what was typed."""
    if request.literal:
        query = literal(request.q)
        narrowing = narrow(snapshot, query.clauses)
        return narrowing, *taken_literally(query)
    pasted = decoded(request.q, snapshot.vocabulary)
    query = parse(pasted[0] if pasted else request.q)
    narrowing = narrow(snapshot, query.clauses)
    clauses, reading = understand(replace(query, clauses=narrowing.clauses), snapshot.vocabulary, snapshot.spelling)
    if pasted:
        reading = replace(reading, typed=request.q, understood=pasted[0].strip(), note=pasted[1])
    return narrowing, clauses, reading


def _pairs_of(stored: Stored | None) -> frozenset[str]:
    """The pairs of words of a record, for comparing texts."""
    if stored is None:
        return frozenset()
    reads = _reads(stored.id, stored.version, stored.record.paragraphs)
    return frozenset(pair for read in reads for pair in pairs(read.folded, read.tokens))


def _filters(snapshot: Snapshot, request: Request) -> dict[str, Mask]:
    filters = {name: facet_mask(snapshot, name, values) for name, values in request.facets.items() if values}
    if request.date_from or request.date_to:
        filters["days"] = day_mask(snapshot, request.date_from, request.date_to)
    return filters


def _order(snapshot: Snapshot, mask: Mask, scorer: Scorer, request: Request) -> Ints:
    """The documents of the mask, best first; equals: the newer first, then by number."""
    docs = np.flatnonzero(mask)
    days = snapshot.days[docs]
    if request.sort == "oldest":
        return docs[np.lexsort((docs, np.where(days == 0, 99_999_999, days)))]
    if request.sort == "newest" or not request.q.strip():
        return docs[np.lexsort((docs, -days))]
    return docs[np.lexsort((docs, -days, -scorer.total()[docs].round(4)))]


def sought_of(snapshot: Snapshot, clauses: tuple[Clause, ...]) -> Sought:
    """What is marked in titles and snippets: the words of a query with their idf, and its numbers."""
    exact: dict[str, float] = {}
    folded: dict[str, float] = {}
    terms: list[tuple[str, ...]] = []
    for clause in _worded(clauses):
        if isinstance(clause, Prefix):
            for fold in snapshot.beginning("f", analyse(clause.text).folded[0])[:200]:
                folded[fold] = 1.0
            continue
        _seek(snapshot, clause, exact, folded, terms)
    return Sought(exact, folded, tuple(terms))


def _seek(
    snapshot: Snapshot,
    clause: Run | Phrase,
    exact: dict[str, float],
    folded: dict[str, float],
    terms: list[tuple[str, ...]],
) -> None:
    """Add the words of a run, by their readings, and the numbers and dates that the collection has."""
    read, readings = clause.read, clause.readings or as_typed(clause.read)
    known = [each for each in read.identifiers if any(snapshot.frequency("n", term) for term in each.terms)]
    terms += [each.terms[:1] if each.kind == "day" else each.terms for each in known]
    for each in clause.alternatives:
        for fold in each.read.folded:
            folded[fold] = max(folded.get(fold, 0.0), each.share * snapshot.idf("f", fold))
    for n, token in enumerate(read.tokens):
        if any(each.start <= token.start < each.end for each in known):
            continue
        for fold, share in readings.folded[n].items():
            folded[fold] = max(folded.get(fold, 0.0), share * max(snapshot.idf("f", fold), 0.05))
        for key, share in readings.exact[n].items():
            exact[key] = max(exact.get(key, 0.0), 1.5 * share * max(snapshot.idf("x", key), 0.05))


def _also(snapshot: Snapshot, clauses: tuple[Clause, ...]) -> tuple[str, ...]:
    """The synonyms that were searched and that the collection has."""
    found = [each for clause in _worded(clauses) if not isinstance(clause, Prefix) for each in clause.alternatives]
    return tuple(dict.fromkeys(each.label for each in found if phrase_mask(snapshot, each.read).any()))


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


def _shown(stored: Stored, sought: Sought, clauses: tuple[Clause, ...]) -> Snippet:
    """The passage that shows why: of the words; where none matched, of the figure that was asked for."""
    record = stored.record
    shown = snippet(record, _reads(stored.id, stored.version, record.paragraphs), sought)
    for clause in clauses if shown.paragraph is None else ():
        for figure in record.figures if isinstance(clause, Compare) else ():
            met = isinstance(clause, Compare) and clause.bound.met_by(quantity(figure.value, figure.unit))
            if met and figure.span and figure.paragraph is not None and figure.paragraph < len(record.paragraphs):
                return around(record, figure.paragraph, figure.span)
    return shown


def _hit(stored: Stored, score: float, sought: Sought, shown: Snippet, explained: dict[str, object] | None) -> Hit:
    record = stored.record
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
        explanation=explained,
    )


def _verbs(record: Record) -> tuple[tuple[str, int], ...]:
    """How often each outcome verb stands in a record, and how many tasks were given."""
    found: dict[str, int] = {}
    for outcome in record.outcomes:
        found[outcome.verb] = found.get(outcome.verb, 0) + 1
    if record.directives:
        found["giao việc"] = len(record.directives)
    return tuple(found.items())
