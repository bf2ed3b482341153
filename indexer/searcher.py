"""A search from request to page: parse, narrow, score, count, sort, show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from corpus.record import Record
from corpus.store import Stored
from indexer.analysis import analyse_words, pairs
from indexer.analysis.quantities import quantity
from indexer.arrays import Ints, Mask, at_least_best
from indexer.crowding import DEPTH, spread
from indexer.explain import explanation, readings_of
from indexer.filters import counts, day_mask, facet_codes, facet_mask, narrowed
from indexer.page import Hit, Page, Reading, Request
from indexer.passages import Passages
from indexer.phrases import phrase_mask
from indexer.query import Clause, Compare, Prefix, literal, parse, taken_literally, understand
from indexer.query.narrow import Narrowing, narrow
from indexer.query.pasted import decoded
from indexer.scoring import Scorer
from indexer.snapshot import Snapshot
from indexer.snippets import Snippet, around, marked, snippet, snippet_of
from indexer.sought import Sought, sought_of, worded

Fetch = Callable[[str], Stored | None]


def search(snapshot: Snapshot, request: Request, fetch: Fetch) -> Page:
    """Answer a request; `fetch` gives the stored record of an id. `took_ms` is left to the caller."""
    narrowing, clauses, reading = _read(snapshot, request)
    scorer = Scorer(snapshot, asks="?" in request.q)
    met = scorer.every(clauses) & narrowing.mask
    if request.q.strip() and not clauses and not narrowing.any:  # only marks or pictures were typed
        met &= False
    filters = _filters(snapshot, request)
    docs = np.flatnonzero(narrowed(met, filters))
    best, scores = _best(snapshot, docs, scorer, request)
    if request.sort == "relevance" and request.q.strip():
        best = spread(snapshot, best, lambda doc: _pairs_of(fetch(snapshot.id(doc))))
    sought = sought_of(snapshot, clauses)
    passages = Passages(snapshot, sought)
    hits = [
        _hit(
            stored,
            scores[doc],
            sought,
            _shown(stored, sought, passages, doc, clauses),
            explanation(snapshot, clauses, doc, scorer.tier(doc)) if request.explain else None,
        )
        for doc in best[(request.page - 1) * request.limit :][: request.limit]
        if (stored := fetch(snapshot.id(doc))) is not None
    ]
    hints = tuple(dict.fromkeys((*reading.hints, *narrowing.hints, *scorer.hints)))
    facets = counts(snapshot, met, filters, request.facets)
    return Page(
        total=len(docs),
        took_ms=0.0,
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
    reads = [analyse_words(text) for text in stored.record.paragraphs]
    return frozenset(pair for read in reads for pair in pairs(read.folded, read.tokens))


def _filters(snapshot: Snapshot, request: Request) -> dict[str, Mask]:
    filters = {
        name: facet_mask(snapshot, name, facet_codes(snapshot, name, values))
        for name, values in request.facets.items()
        if values
    }
    if request.date_from or request.date_to:
        filters["days"] = day_mask(snapshot, request.date_from, request.date_to)
    return filters


def _best(snapshot: Snapshot, docs: Ints, scorer: Scorer, request: Request) -> tuple[list[int], dict[int, float]]:
    """The best of `docs` in order, as many as the asked page needs, with their scores; equals: the newer
    first, then by number."""
    most = max(request.page * request.limit, DEPTH)
    scores = scorer.scores(docs).round(4)
    days = snapshot.days[docs]
    if request.sort == "oldest":
        rank = np.where(days == 0, 99_999_999, days)
    elif request.sort == "newest" or not request.q.strip():
        rank = -days
    else:
        found = at_least_best(scores, most)
        found = found[np.lexsort((docs[found], -days[found], -scores[found]))][:most]
        return docs[found].tolist(), dict(zip(docs[found].tolist(), scores[found].tolist(), strict=True))
    found = at_least_best(-rank, most)
    found = found[np.lexsort((docs[found], rank[found]))][:most]
    return docs[found].tolist(), dict(zip(docs[found].tolist(), scores[found].tolist(), strict=True))


def _also(snapshot: Snapshot, clauses: tuple[Clause, ...]) -> tuple[str, ...]:
    """The synonyms that were searched and that the collection has."""
    found = [each for clause in worded(clauses) if not isinstance(clause, Prefix) for each in clause.alternatives]
    return tuple(dict.fromkeys(each.label for each in found if phrase_mask(snapshot, each.read).any()))


def _shown(stored: Stored, sought: Sought, passages: Passages, doc: int, clauses: tuple[Clause, ...]) -> Snippet:
    """The passage that shows why: of the words; where none matched, of the figure that was asked for."""
    record = stored.record
    if sought.identifiers:
        shown = snippet(record, sought)
    else:
        shown = snippet_of(record, sought, passages.best(doc, len(record.paragraphs)))
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
