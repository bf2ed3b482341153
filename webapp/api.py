"""The interface for other programs: JSON, the same search as the page."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Blueprint, Response, request

from corpus.record import json_schema, to_json
from indexer.page import FACETS, Hit, Page, Request
from webapp import links, parameters, state
from webapp.records import stored

blueprint = Blueprint("api", __name__)


def answer(value: Any) -> Response:
    """A JSON answer, fields in the order given."""
    return Response(msgspec.json.encode(value), content_type="application/json")


@blueprint.get("/api/v1/search")
def search() -> Response:
    """The hits, how the query was understood, and the facets with their counts."""
    asked = parameters.parse(request.args.lists(), api=True)
    return answer(as_json(state.collection().search(asked)))


@blueprint.get("/api/v1/records/<id>")
def record(id: str) -> Response:
    """The record as it is stored."""
    return Response(to_json(stored(id).record), content_type="application/json")


@blueprint.get("/api/v1/suggest")
def suggest() -> Response:
    """What a reader may be about to type: titles, bodies, people, documents; marks are optional."""
    found = state.collection().suggest(parameters.typed(request.args.lists()))
    return answer(
        {"suggestions": [{"text": each.text, "kind": each.kind, "url": links.suggestion(each)} for each in found]}
    )


@blueprint.get("/api/v1/schema/record.json")
def schema() -> Response:
    """The JSON Schema of a record."""
    return Response(msgspec.json.encode(json_schema()), content_type="application/schema+json")


@blueprint.get("/healthz")
def healthz() -> Response:
    """200 as long as searches are answered: it makes one."""
    state.collection().search(Request(limit=1))
    return answer({"status": "ready"})


def as_json(page: Page) -> dict[str, Any]:
    """A page of results as JSON values, fields as other programs rely on them."""
    reading = page.reading
    return {
        "total": page.total,
        "took_ms": round(page.took_ms, 1),
        "page": page.page,
        "query": {
            "typed": reading.typed,
            "understood": reading.understood,
            "note": reading.note,
            "also": reading.also,
            "hints": reading.hints,
        },
        "hits": [_hit(hit) for hit in page.hits],
        "facets": {
            facet: [{"value": one.value, "count": one.count} for one in page.facets.get(facet, ())] for facet in FACETS
        },
        "generation": page.generation,
    } | ({"explanation": page.explanation} if page.explanation is not None else {})


def _hit(hit: Hit) -> dict[str, Any]:
    values = {
        "id": hit.id,
        "title": hit.title,
        "meeting_date": hit.meeting_date,
        "published_date": hit.published_date,
        "body": hit.body,
        "chair": hit.chair,
        "outlet_code": hit.outlet_code,
        "outlet_name": hit.outlet_name,
        "kind": hit.kind,
        "genre": hit.genre,
        "score": hit.score,
        "title_html": hit.title_html,
        "snippet_html": hit.snippet_html,
        "paragraph": hit.paragraph,
        "source_url": hit.source_url,
        "url": links.permanent(hit.id),
    }
    return values | ({"explanation": hit.explanation} if hit.explanation is not None else {})
