"""Records as JSON lines or as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from corpus.record import Record, to_json

COLUMNS = (
    "id",
    "title",
    "genre",
    "meeting_date",
    "published_date",
    "body",
    "kind",
    "chair",
    "outlet_code",
    "outlet_name",
    "documents",
    "outcomes",
    "directives",
    "source_url",
)


def jsonl(records: Iterable[Record]) -> Iterator[str]:
    """One line a record; `import` of them gives the same records."""
    for record in records:
        yield to_json(record).decode() + "\n"


def table(records: Iterable[Record]) -> Iterator[str]:
    """CSV with a header line; several values in one cell are parted by ` | `."""
    yield _line(COLUMNS)
    for record in records:
        yield _line([_harmless(cell) for cell in _cells(record)])


def _cells(record: Record) -> list[str | None]:
    meeting = record.meeting
    return [
        record.id,
        record.title,
        record.genre,
        record.meeting_date,
        record.published_date,
        meeting.body if meeting else None,
        meeting.kind if meeting else None,
        record.chair.name if record.chair else None,
        record.outlet_code,
        record.outlet_name,
        " | ".join(cited.number for cited in record.cited_documents),
        " | ".join(f"{outcome.verb}: {outcome.text}" for outcome in record.outcomes),
        " | ".join(f"{task.to or ''}: {task.text}" for task in record.directives),
        record.source.url,
    ]


def _harmless(cell: str | None) -> str:
    """A spreadsheet must not take a text for a formula."""
    text = cell or ""
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
