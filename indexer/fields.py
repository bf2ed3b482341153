"""What of a record is indexed: one table of fields, and the terms that a record gives each of them.

Indexed fields (terms come ready from `indexer.analysis`):
    x, f     exact and folded keys of title, paragraphs, captions, authors; x with positions
    bx, bf   adjacent pairs of them (within a sentence)
    tx, tf   exact and folded keys of the title alone
    n        document numbers, days, months, and the surface of syllables whose key joins i and y
    e        whole names (people, bodies, places), folded
Stored with each document: id, day, title, outlet, facet values, figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.layouts import outlet_named
from corpus.record import Record
from indexer.analysis import analyse, analyse_words, fold, folded_key, keys_of
from indexer.analysis.quantities import quantity
from indexer.query.synonyms import written_out

PARAGRAPH_GAP = 100  # positions between two paragraphs, so that no phrase runs across
TERM_FIELDS = ("x", "f", "bx", "bf", "tx", "tf", "n", "e")
OWN = "own "  # before the terms of n that are the record's own day and number, not mentioned ones
REMEMBERED = 20_000  # names and numbers whose terms are kept in mind
FACETS = ("body", "year", "chair", "person", "document", "outlet", "kind", "province")
VERSION = 6  # raise it when the terms of an unchanged record change


@dataclass(frozen=True, slots=True)
class Terms:
    """What is indexed of one record; every field follows from it (`lists_of`)."""

    exact: list[str]  # exact keys of all texts one after another: title, paragraphs, captions, authors
    joined: bytes  # one byte a token: 1 where no stop parts it from the token before it in the same text
    parts: list[int]  # how many tokens each text has
    numbers: list[str]  # field n, as often as each occurs
    names: list[str]  # field e
    day: int  # yyyymmdd, 0 where there is none
    title: str
    outlet_name: str | None
    facets: dict[str, tuple[str, ...]]
    figures: list[tuple[float, str]]  # value and unit, in base units


def terms_of(record: Record) -> Terms:
    """The indexed form of a record."""
    keys = keys_of(list(_texts(record)))
    figures = [quantity(figure.value, figure.unit) for figure in record.figures]
    return Terms(
        exact=keys.exact,
        joined=keys.joined,
        parts=keys.parts,
        numbers=[*keys.numbers, *keys.surfaces, *_facts(record)],
        names=sorted(set(_names(record))),
        day=int((day_of(record) or "0").replace("-", "")),
        title=record.title,
        outlet_name=record.outlet_name,
        facets=facets_of(record),
        figures=[(figure.value, figure.unit) for figure in figures],
    )


def lists_of(terms: Terms) -> dict[str, list[str]]:
    """The terms of every field, spelt out (slow: for tests and comparisons; segments do it by numbers)."""
    exact, title = terms.exact, terms.parts[0] if terms.parts else 0
    folded = [folded_key(key) for key in exact]
    second = [n for n, joined in enumerate(terms.joined) if joined]
    return {
        "x": exact,
        "f": folded,
        "bx": [f"{exact[n - 1]} {exact[n]}" for n in second],
        "bf": [f"{folded[n - 1]} {folded[n]}" for n in second],
        "tx": exact[:title],
        "tf": folded[:title],
        "n": terms.numbers,
        "e": terms.names,
    }


def positions_of(terms: Terms) -> list[int]:
    """The position of each term of x."""
    return [
        at + PARAGRAPH_GAP * number
        for at, number in enumerate(number for number, count in enumerate(terms.parts) for _ in range(count))
    ]


def _texts(record: Record) -> Iterator[str]:
    yield record.title
    yield from record.paragraphs
    for text in (*record.captions, ", ".join(record.authors)):
        if text:
            yield text


def _facts(record: Record) -> Iterator[str]:
    """The record's own day and number, and cited numbers as the record resolved them."""
    if day := day_of(record):
        yield from (f"d:{day}", f"m:{day[:7]}", f"{OWN}d:{day}", f"{OWN}m:{day[:7]}")
    if record.document and record.document.number:
        terms = _number(record.document.type, record.document.number)
        yield from (own for term in terms for own in (term, OWN + term))
    for cited in record.cited_documents:
        yield from _number(cited.type, cited.number)


@lru_cache(REMEMBERED)
def _number(kind: str | None, number: str) -> tuple[str, ...]:
    """The terms of a paper's number."""
    return tuple(term for each in analyse(f"{kind or ''} số {number}").identifiers for term in each.terms)


def _names(record: Record) -> Iterator[str]:
    facets = facets_of(record)
    for name in (*facets["body"], *facets["person"], *facets["province"]):
        if words := _folded(name):
            yield words


@lru_cache(REMEMBERED)
def _folded(name: str) -> str:
    return " ".join(analyse_words(name).folded)


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


@lru_cache(REMEMBERED)
def facet_key(value: str) -> str:
    """Values with one key are one value: tone placement, capitals and spaces do not count."""
    return " ".join(analyse_words(value).exact) or value.strip().lower()


def outlet_key(value: str) -> str:
    """The key of an outlet: its code, whether the code or the name is given."""
    known = outlet_named(value)
    return facet_key(known.code if known and known.code else value)


def key_of_facet(name: str) -> Callable[[str], str]:
    """What makes two values of a facet the same."""
    keys: dict[str, Callable[[str], str]] = {"document": document_key, "outlet": outlet_key, "body": body_key}
    return keys.get(name, facet_key)


@lru_cache(REMEMBERED)
def body_key(value: str) -> str:
    """The key of a body: HĐND tỉnh and Hội đồng nhân dân tỉnh are one."""
    return " ".join(written_out(analyse_words(value)))


@lru_cache(REMEMBERED)
def document_key(number: str) -> str:
    """One key for every spelling of a document's number: the most exact term of it."""
    found = analyse(number).identifiers
    return found[0].terms[0] if found else fold(number)


def stored_of(terms: Terms) -> dict[str, object]:
    """What is stored with a document."""
    day = f"{terms.day:08}"
    return {
        "day": f"{day[:4]}-{day[4:6]}-{day[6:]}" if terms.day else None,
        "title": terms.title,
        "outlet_name": terms.outlet_name,
        "facets": {name: list(values) for name, values in terms.facets.items()},
        "figures": [list(figure) for figure in terms.figures],
    }


__all__ = [
    "PARAGRAPH_GAP",
    "TERM_FIELDS",
    "VERSION",
    "Terms",
    "day_of",
    "document_key",
    "facet_key",
    "facets_of",
    "key_of_facet",
    "lists_of",
    "positions_of",
    "stored_of",
    "terms_of",
]
