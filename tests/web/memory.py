"""A small collection in memory that answers as indexer.Collection does, for the tests of the page alone."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256

from markupsafe import escape

from corpus.record import Record
from corpus.store import Stored, Version
from indexer.collection import Citations, Overview
from indexer.page import FACETS, FacetCount, Hit, Page, Reading, Request
from tests.web.samples import Sample


def folded(text: str) -> str:
    """Lower case without marks; as long as `text`, which is NFC."""
    return "".join(unicodedata.normalize("NFD", char.lower().replace("đ", "d"))[0] for char in text)


def key(number: str) -> str:
    """A document number without what its spellings differ in."""
    return re.sub(r"\W", "", folded(number))


def values(record: Record) -> dict[str, tuple[str, ...]]:
    """The values of a record for each facet."""
    meeting, date = record.meeting, record.meeting_date or record.published_date
    single = {
        "body": meeting and meeting.body,
        "year": date and date[:4],
        "outlet": record.outlet_code or record.outlet_name,
        "kind": meeting and meeting.kind,
        "province": meeting and meeting.province,
    }
    found: dict[str, tuple[str, ...]] = {name: (value,) if value else () for name, value in single.items()}
    found["person"] = tuple(person.name for person in record.people)
    found["document"] = tuple(document.number for document in record.cited_documents)
    return found


@dataclass
class Memory:
    """Every word of the query, marks aside, must stand in the title or the text."""

    samples: tuple[Sample, ...]
    requests: list[Request] = field(default_factory=list)

    def _stored(self, sample: Sample) -> Stored:
        removed = "2024-02-03T02:00:00+00:00" if sample.removed else None
        added = "2024-01-01T00:40:00+00:00"
        return Stored(
            sample.record.id,
            sample.record,
            len(sample.versions),
            added,
            added,
            removed,
            sample.removed,
            sample.demo,
        )

    def _live(self) -> list[Record]:
        return [sample.record for sample in self.samples if not sample.removed]

    def search(self, request: Request) -> Page:
        self.requests.append(request)
        words = folded(re.sub(r'[“”"]|(^|\s)-\S+', " ", request.q)).split()
        found = [record for record in self._live() if self._matches(record, words, request)]
        inside = [record for record in found if self._chosen(record, request, None)]
        inside.sort(key=lambda record: record.meeting_date or "", reverse=request.sort != "oldest")
        first = (request.page - 1) * request.limit
        hits = tuple(self._hit(record, words) for record in inside[first : first + request.limit])
        facets = {name: self._counts(found, request, name) for name in FACETS}
        return Page(len(inside), 1.26, request.page, Reading(request.q, request.q), hits, facets, 1)

    def _matches(self, record: Record, words: list[str], request: Request) -> bool:
        text = folded(" ".join((record.title, *record.paragraphs)))
        date = record.meeting_date or record.published_date or ""
        in_range = (request.date_from or "") <= date <= (request.date_to or "9999")
        return in_range and all(word in text for word in words)

    def _chosen(self, record: Record, request: Request, but: str | None) -> bool:
        held = values(record)
        return all(set(held[name]) & set(chosen) for name, chosen in request.facets.items() if name != but and chosen)

    def _counts(self, found: list[Record], request: Request, name: str) -> tuple[FacetCount, ...]:
        counts = Counter(
            value for record in found if self._chosen(record, request, name) for value in values(record)[name]
        )
        return tuple(FacetCount(value, count) for value, count in counts.most_common())

    def _hit(self, record: Record, words: list[str]) -> Hit:
        held = [sum(word in folded(text) for word in words) for text in record.paragraphs]
        at = held.index(max(held))
        text, html, fragment = record.paragraphs[at], "", None
        start = next((folded(text).find(word) for word in words if word in folded(text)), -1)
        if start >= 0:
            end = start + len(next(word for word in words if word in folded(text)))
            html = f"{escape(text[:start])}<mark>{escape(text[start:end])}</mark>{escape(text[end:])}"
            fragment = text[start : start + 30].rsplit(" ", 1)[0]
        meeting = record.meeting
        verbs: tuple[tuple[str, int], ...] = tuple(Counter(outcome.verb for outcome in record.outcomes).items())
        verbs += (("giao việc", len(record.directives)),) if record.directives else ()
        return Hit(
            id=record.id,
            title=record.title,
            meeting_date=record.meeting_date,
            published_date=record.published_date,
            body=meeting.body if meeting else None,
            chair=record.chair.name if record.chair else None,
            outlet_code=record.outlet_code,
            outlet_name=record.outlet_name,
            kind=meeting.kind if meeting else None,
            genre=record.genre,
            verbs=verbs,
            score=1.0,
            title_html=str(escape(record.title)),
            snippet_html=html,
            paragraph=at if html else None,
            fragment=fragment,
            source_url=record.source.url,
        )

    def record(self, id: str) -> Stored | None:
        return next((self._stored(sample) for sample in self.samples if sample.record.id == id), None)

    def versions(self, id: str) -> tuple[Version, ...]:
        sample = next(sample for sample in self.samples if sample.record.id == id)
        source = sample.record.source
        return tuple(
            Version(number, sha256(data).hexdigest(), sample.media_type, f"2024-01-0{number}T00:40:00+00:00",
                    source.retrieved_at, source.url or source.file or "")
            for number, data in enumerate(sample.versions, 1)
        )  # fmt: skip

    def original(self, sha256_: str) -> bytes:
        return {sha256(data).hexdigest(): data for sample in self.samples for data in sample.versions}[sha256_]

    def citations(self, number: str) -> Citations | None:
        pairs = [
            (sample, document)
            for sample in sorted(self.samples, key=lambda one: one.record.meeting_date or "9999")
            for document in sample.record.cited_documents
            if not sample.removed and key(number) in (key(document.number), key(f"{document.type}{document.number}"))
        ]
        if not pairs:
            return None
        documents = tuple(document for _, document in pairs)
        known = {
            name: next((getattr(one, name) for one in documents if getattr(one, name)), None)
            for name in ("type", "issuer", "date", "about")
        }
        other = (("12-NQ/HU của Huyện ủy Nậm Rốm", "12-NQ/HU"),) if documents[0].number == "12-NQ/TU" else ()
        return Citations(
            documents[0].number, known["type"], known["issuer"], known["date"], known["about"],
            tuple(sorted({f"Nghị quyết số {one.number}" for one in documents})),
            tuple(self._stored(sample) for sample, _ in pairs), documents, other,
        )  # fmt: skip

    def overview(self) -> Overview:
        live = self._live()
        years = sorted(year for record in live for year in values(record)["year"])
        newest = sorted(live, key=lambda record: record.meeting_date or "", reverse=True)
        counts = {name: self._counts(live, Request(), name) for name in ("body", "document", "outlet", "person")}
        demo = sum(sample.demo for sample in self.samples if not sample.removed)
        stored = tuple(one for record in newest if (one := self.record(record.id)))
        return Overview(
            len(live), demo, 1, int(years[0]) if years else None, int(years[-1]) if years else None,
            stored[:4], counts["body"], counts["document"], counts["outlet"], counts["person"],
            "2024-01-02T00:40:00+00:00",
        )  # fmt: skip

    def ready(self) -> bool:
        return True
