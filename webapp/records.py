"""A record, and its archived original."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, render_template, request
from werkzeug.datastructures import MultiDict

from corpus.errors import QueryError
from corpus.store import Stored, Version
from indexer.page import Request
from webapp import parameters, prose, reading, state
from webapp.charset import charset_of
from webapp.errors import Gone

blueprint = Blueprint("records", __name__)

# the archived page may bring its own looks and nothing else: no script, no form, no request
INERT = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'"
SHOWN = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
    "text/markdown": "text/plain",
    "application/json": "text/plain",
    "application/jsonl": "text/plain",
    "application/x-ndjson": "text/plain",
}


def stored(id: str) -> Stored:
    """A record that is there; else the answer is 404, or 410 where it was taken out."""
    found = state.collection().record(id)
    if found is None:
        abort(404)
    if found.removed_at is not None:
        raise Gone(found)
    return found


@blueprint.get("/r/<id>")
def record(id: str) -> str:
    """The report with its facts beside it."""
    found = stored(id)
    asked, at = came_from()
    return render_template(
        "record.html",
        stored=found,
        record=found.record,
        paragraphs=prose.paragraphs(found.record),
        facts=reading.facts(found.record),
        versions=state.collection().versions(id),
        asked=asked,
        words=reading.passage(found.record, at),
        shown_people=reading.SHOWN_PEOPLE,
    )


def came_from() -> tuple[Request | None, int | None]:
    """The search that led here and the paragraph that it found (from 0), where the address names them."""
    given = MultiDict(request.args)
    at = given.pop("at", "")
    try:
        asked = parameters.parse(given.lists())
    except QueryError:
        return None, None
    found = int(at) - 1 if re.fullmatch("[0-9]{1,6}", at) else None
    return (asked if given.keys() - {"lang"} else None), found


@blueprint.get("/r/<id>/source")
def source(id: str) -> Response:
    """The bytes as they were fetched, inert; `v` asks for another version than the current one."""
    stored(id)
    version = _version(id)
    try:
        data = state.collection().original(version.sha256)
    except KeyError:
        abort(404)
    return inert(data, version)


def _version(id: str) -> Version:
    known = {str(version.number): version for version in state.collection().versions(id)}
    wanted = request.args.get("v") or next(reversed(known), "")
    if wanted not in known:
        abort(404)
    return known[wanted]


def inert(data: bytes, version: Version) -> Response:
    """Archived bytes as an answer that runs nothing: pages sandboxed, texts as text, the rest to keep."""
    kind = version.media_type.partition(";")[0].strip().lower()
    shown = SHOWN.get(kind)
    if shown:
        response = Response(data, content_type=f"{shown}; charset={charset_of(data, version.media_type)}")
    else:
        response = Response(data, content_type="application/octet-stream")
        response.headers["Content-Disposition"] = f'attachment; filename="{file_name(version.source)}"'
    response.headers["Content-Security-Policy"] = INERT
    return response


def file_name(source: str) -> str:
    """The last part of an address or path, with nothing in it that a header or a shell could mistake."""
    try:
        path = urlsplit(source).path
    except ValueError:
        path = ""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", PurePosixPath(path).name).strip("-.") or "original"
