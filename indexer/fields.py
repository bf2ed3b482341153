"""What of a record is indexed: one table of fields, and the terms that a record gives each of them.

Indexed fields (terms come ready from `indexer.analysis`):
    x, f     exact and folded keys of title, paragraphs, captions, authors; with positions
    bx, bf   adjacent pairs of them (within a sentence)
    tx, tf   exact and folded keys of the title alone
    n        document numbers, days, months, and the surface of syllables whose key joins i and y
    e        whole names (people, bodies, places), folded
Stored with each document: id, day and facet values, for filters, counts and order by date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from corpus.layouts import outlet_named
from corpus.record import Record
from indexer.analysis import analyse, fold, pairs, surface_key
from indexer.analysis.quantities import quantity
from indexer.query.synonyms import written_out

PARAGRAPH_GAP = 100  # positions between two paragraphs, so that no phrase runs across
TERM_FIELDS = ("x", "f", "bx", "bf", "tx", "tf", "n", "e")
OWN = "own "  # before the terms of n that are the record's own day and number, not mentioned ones
POSITIONAL = ("x", "f")
VERSION = 4  # raise it when the terms of an unchanged record change


@dataclass(frozen=True)
class Terms:
    """The terms of one record by field; `positions` are those of x and f, which run in parallel."""

    fields: dict[str, list[str]]
    positions: list[int]
    stored: dict[str, object] = field(default_factory=dict)


def terms_of(record: Record) -> Terms:
    """The indexed form of a record."""
    fields: dict[str, list[str]] = {name: [] for name in TERM_FIELDS}
    positions: list[int] = []
    at = 0
    for part, text in _texts(record):
        read = analyse(text)
        fields["x"] += read.exact
        fields["f"] += read.folded
        fields["bx"] += pairs(read.exact, read.tokens)
        fields["bf"] += pairs(read.folded, read.tokens)
        if part == "title":
            fields["tx"] += read.exact
            fields["tf"] += read.folded
        fields["n"] += [term for each in read.identifiers for term in each.terms]
        fields["n"] += [key for token in read.tokens if (key := surface_key(token.text))]
        positions += range(at, at + len(read.exact))
        at += len(read.exact) + PARAGRAPH_GAP
    fields["n"] += _facts(record)
    fields["e"] = sorted(set(_names(record)))
    return Terms(fields, positions, stored_of(record))


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    yield "title", record.title
    for text in record.paragraphs:
        yield "paragraph", text
    for text in (*record.captions, ", ".join(record.authors)):
        if text:
            yield "beside", text


def _facts(record: Record) -> Iterator[str]:
    """The record's own day and number, and cited numbers as the record resolved them."""
    if day := day_of(record):
        yield from (f"d:{day}", f"m:{day[:7]}", f"{OWN}d:{day}", f"{OWN}m:{day[:7]}")
    if record.document and record.document.number:
        read = analyse(f"{record.document.type or ''} số {record.document.number}")
        yield from (own for each in read.identifiers for term in each.terms for own in (term, OWN + term))
    for cited in record.cited_documents:
        read = analyse(f"{cited.type or ''} số {cited.number}")
        yield from (term for each in read.identifiers for term in each.terms)


def _names(record: Record) -> Iterator[str]:
    facets = facets_of(record)
    for name in (*facets["body"], *facets["person"], *facets["province"]):
        if words := analyse(name).folded:
            yield " ".join(words)


def day_of(record: Record) -> str | None:
    """The day under which a record is filed: of the meeting, else of publication, else of signing."""
    signed = record.document.date if record.document else None
    return record.meeting_date or record.published_date or signed


def facets_of(record: Record) -> dict[str, tuple[str, ...]]:
    """The values of each facet; a facet without values is an empty tuple."""
    meeting, day = record.meeting, day_of(record)

    def one(value: str | None) -> tuple[str, ...]:
        return (value,) if value else ()

    return {
        "body": one(meeting.body if meeting else None),
        "year": one(day[:4] if day else None),
        "chair": tuple(dict.fromkeys(person.name for person in record.people if person.part == "chair"))
        or one(record.chair.name if record.chair else None),
        "person": tuple(dict.fromkeys(person.name for person in record.people)),
        "document": tuple(dict.fromkeys(cited.number for cited in record.cited_documents)),
        "outlet": one(record.outlet_code or record.outlet_name),
        "kind": one(meeting.kind if meeting else None),
        "province": one(meeting.province if meeting else None),
    }


def facet_key(value: str) -> str:
    """Values with one key are one value: tone placement, capitals and spaces do not count."""
    return " ".join(analyse(value).exact) or value.strip().lower()


def outlet_key(value: str) -> str:
    """The key of an outlet: its code, whether the code or the name is given."""
    known = outlet_named(value)
    return facet_key(known.code if known and known.code else value)


def key_of_facet(name: str) -> Callable[[str], str]:
    """What makes two values of a facet the same."""
    return {"document": document_key, "outlet": outlet_key, "body": body_key}.get(name, facet_key)


def body_key(value: str) -> str:
    """The key of a body: HĐND tỉnh and Hội đồng nhân dân tỉnh are one."""
    return " ".join(written_out(analyse(value)))


def document_key(number: str) -> str:
    """One key for every spelling of a document's number: the most exact term of it."""
    found = analyse(number).identifiers
    return found[0].terms[0] if found else fold(number)


def stored_of(record: Record) -> dict[str, object]:
    """What is stored with a document: its day, facet values, and figures in base units."""
    figures = [quantity(figure.value, figure.unit) for figure in record.figures]
    return {
        "day": day_of(record),
        "title": record.title,
        "outlet_name": record.outlet_name,
        "facets": {name: list(values) for name, values in facets_of(record).items()},
        "figures": [[figure.value, figure.unit] for figure in figures],
    }


__all__ = [
    "POSITIONAL",
    "TERM_FIELDS",
    "VERSION",
    "Terms",
    "day_of",
    "document_key",
    "facet_key",
    "facets_of",
    "key_of_facet",
    "terms_of",
]
