"""The record: what a report of a meeting says, as data.

One frozen structure, the same in Python, in JSON (`to_json`, `from_json`) and in the JSON Schema
(`json_schema`) that is generated from it. Conventions, for every field:

- What the text does not say is None or empty, never guessed.
- Dates are ISO 8601 days (`2020-12-23`), times `HH:MM`.
- `paragraph` is an index into `Record.paragraphs` (from 0), None where the fact stands outside of
  them (title, caption, header line). `span` is the half-open range of characters within that
  paragraph, None where no exact place is known.
- Text is NFC, spelled as in the source.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$", description="ISO 8601 day")]
Clock = Annotated[str, Meta(pattern=r"^\d{2}:\d{2}$", description="time of day, HH:MM")]
Index = Annotated[int, Meta(ge=0, description="index into paragraphs, from 0")]
Span = tuple[int, int]
Genre = Literal["news_report", "minutes", "conclusion_notice", "resolution", "decision", "proposal", "other"]
Part = Literal["chair", "secretary", "attended", "spoke", "presented", "signed", "mentioned"]
Verb = Literal["cho ý kiến", "thống nhất", "thông qua", "quyết định", "kết luận"]


class Fact(Struct, frozen=True, kw_only=True):
    """Where a fact was read."""

    paragraph: Index | None = None
    span: Span | None = None


class Source(Struct, frozen=True, kw_only=True):
    """Where the bytes came from. `sha256` is of the untouched bytes, in hexadecimal."""

    url: str | None = None
    file: str | None = None
    sha256: str | None = None
    media_type: str | None = None
    retrieved_at: str | None = None


class Document(Struct, frozen=True, kw_only=True):
    """The paper itself, for minutes, notices, decisions and the like: its own number and signing."""

    type: str | None = None
    number: str | None = None
    date: Day | None = None
    issuer: str | None = None
    place: str | None = None


class Meeting(Fact, frozen=True, kw_only=True):
    """The meeting that the report tells of."""

    kind: str | None = None
    body: str | None = None
    session: str | None = None
    number: int | None = None
    term: str | None = None
    province: str | None = None
    place: str | None = None
    start_time: Clock | None = None
    end_date: Day | None = None


class Chair(Fact, frozen=True, kw_only=True):
    """Who chaired (the first of several), with the offices held at that time, as written."""

    name: str
    roles: tuple[str, ...] = ()


class Person(Fact, frozen=True, kw_only=True):
    """Somebody named in the report, once a report, with the part played in the meeting."""

    name: str
    roles: tuple[str, ...] = ()
    part: Part = "mentioned"


class CitedDocument(Struct, frozen=True, kw_only=True):
    """A numbered document that the text cites; `mentions` counts full and short citations.

    `paragraphs` has each citing paragraph once, in order; `spans` has one (paragraph, start, end)
    a mention.
    """

    number: str
    type: str | None = None
    date: Day | None = None
    issuer: str | None = None
    about: str | None = None
    mentions: int = 1
    paragraphs: tuple[Index, ...] = ()
    spans: tuple[tuple[int, int, int], ...] = ()


class NamedDocument(Fact, frozen=True, kw_only=True):
    """A draft, proposal, law or project cited by name, without a number."""

    type: str
    about: str | None = None
    issuer: str | None = None
    status: Literal["draft", "proposal", "law", "other"] = "other"


class Figure(Fact, frozen=True, kw_only=True):
    """A quantity: `5.835 tỷ đồng` is value 5835, unit "tỷ đồng"; `what` is counted or measured."""

    value: float
    unit: str | None = None
    what: str | None = None
    year: int | None = None


class Directive(Fact, frozen=True, kw_only=True):
    """A task: who asks (`by`, an office or body), of whom (`to`), what, until when.

    `starts` is the beginning of the task as written, `due` a day, `due_text` the deadline's words.
    """

    text: str
    by: str | None = None
    to: str | None = None
    starts: str | None = None
    due: Day | None = None
    due_text: str | None = None


class Outcome(Fact, frozen=True, kw_only=True):
    """What came out, under the verb that says how firm it is; an opinion is no approval."""

    verb: Verb
    text: str


class Vote(Fact, frozen=True, kw_only=True):
    """A count or share of votes, as strings (`"65/66"`, `"100%"`), on the named outcome."""

    for_: str | None = msgspec.field(name="for", default=None)
    against: str | None = None
    abstain: str | None = None
    on: str | None = None


class Warning(Fact, frozen=True, kw_only=True):
    """What a careful reader should know before trusting the record; `code` is stable."""

    code: str
    message: str


class Record(Struct, frozen=True, kw_only=True):
    """A report of a meeting (or minutes, a notice, a decision) as structured facts."""

    id: str = ""
    source: Source = Source()
    outlet_code: str | None = None
    outlet_name: str | None = None
    genre: Genre = "other"
    document: Document | None = None
    title: str
    lead: str | None = None
    published_date: Day | None = None
    page_date: Day | None = None
    meeting_date: Day | None = None
    meeting: Meeting | None = None
    chair: Chair | None = None
    people: tuple[Person, ...] = ()
    authors: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    paragraphs: tuple[str, ...]
    body_paragraphs: int = 0
    agenda: tuple[str, ...] = ()
    cited_documents: tuple[CitedDocument, ...] = ()
    named_documents: tuple[NamedDocument, ...] = ()
    figures: tuple[Figure, ...] = ()
    directives: tuple[Directive, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    votes: tuple[Vote, ...] = ()
    language: str = "vi"
    warnings: tuple[Warning, ...] = ()


def to_dict(record: Record) -> dict[str, Any]:
    """The record as JSON values (lists, dictionaries, strings, numbers)."""
    values: dict[str, Any] = msgspec.to_builtins(record)
    return values


def to_json(record: Record) -> bytes:
    """The record as one line of UTF-8 JSON, fields in the order of the class."""
    return msgspec.json.encode(record)


def from_json(line: bytes | str) -> Record:
    """The record of a JSON object; only `title` and `paragraphs` are required, others default.

    Raises msgspec.ValidationError (a ValueError) with the path of the first wrong field.
    """
    record = msgspec.json.decode(line, type=Record)
    if not record.body_paragraphs:
        record = msgspec.structs.replace(record, body_paragraphs=len(record.paragraphs))
    return record


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record."""
    return msgspec.json.schema(Record)
