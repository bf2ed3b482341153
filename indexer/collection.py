"""An opened home for reading: the store and the index together, always as new as the last commit."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from corpus.home import Home
from corpus.record import CitedDocument
from corpus.store import Store, Stored, Version
from indexer.analysis import analyse
from indexer.answers import Answers
from indexer.damage import IndexDamage
from indexer.facets import Facets
from indexer.fields import OWN, day_of, document_key
from indexer.generations import Generations
from indexer.packed.index import Index
from indexer.page import FacetCount, Page, Request
from indexer.searcher import search
from indexer.snapshot import Snapshot
from indexer.suggest import Suggestion, Suggestions
from indexer.sync import behind, mend, sync

log = logging.getLogger("bienban")
NEWEST = 6
Answer = TypeVar("Answer")
AT_ONCE = 5_000  # records up to which suggestions are made anew while the reader waits


@dataclass(frozen=True)
class Citations:
    """A cited document: what the reports say of it, and every report that cites it, oldest first.

    `documents` is parallel to `reports`; `elsewhere` names others of the same type and number
    (label, number).
    """

    number: str
    type: str | None
    issuer: str | None
    date: str | None
    about: str | None
    spellings: tuple[str, ...]
    reports: tuple[Stored, ...]
    documents: tuple[CitedDocument, ...]
    elsewhere: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Overview:
    """What the collection holds; lists are of the most frequent values, `newest` by day."""

    records: int
    demo: int
    failed: int
    first_year: int | None
    last_year: int | None
    newest: tuple[Stored, ...]
    bodies: tuple[FacetCount, ...]
    documents: tuple[FacetCount, ...]
    outlets: tuple[FacetCount, ...]
    people: tuple[FacetCount, ...]
    updated_at: str | None


class Collection:
    """See the module. May be shared by threads."""

    def __init__(self, home: Home) -> None:
        """Open a home; bring its index up to the store first, where a crash left it behind."""
        self._home = home
        self._local = threading.local()
        self._lock = threading.Lock()
        self._facets = Facets()
        self._answers = Answers()
        self._index: Index | None = None
        self._stamp: tuple[int, int, int] | None = None
        self._snapshot: Snapshot | None = None
        self._renewing = threading.Lock()
        self._suggestions: tuple[Snapshot, Suggestions] | None = None
        self._overview: tuple[Snapshot, Overview] | None = None
        with Store(home) as store:
            if behind(home, store):
                with home.writing():
                    sync(home, store)
        self._healed(lambda snapshot: None)

    def _store(self) -> Store:
        if not hasattr(self._local, "store"):
            self._local.store = Store(self._home)
        store: Store = self._local.store
        return store

    def snapshot(self) -> Snapshot:
        """The index now: a look at one file's time, and a new snapshot where it changed."""
        stamp = self._now()
        if self._snapshot is None or stamp != self._stamp:
            with self._lock:
                if self._snapshot is None or stamp != self._stamp:
                    self._renew(stamp)
        assert self._snapshot is not None
        return self._snapshot

    def _now(self) -> tuple[int, int, int] | None:
        current = Generations(self._home).current()
        try:
            return current.stamp() if current else None
        except OSError:
            return self._stamp

    def _renew(self, stamp: tuple[int, int, int] | None) -> None:
        if stamp is None:
            if self._snapshot is None:
                raise IndexDamage(f"there is no index in {self._home.index}; run `bienban reindex`")
            return
        try:
            if self._index is None or self._stamp is None or stamp[0] != self._stamp[0]:
                current = Generations(self._home).current()
                assert current is not None
                self._index = Index(current.folder)
            self._snapshot = Snapshot(self._index.segments(), stamp[0], self._facets)
            self._stamp = stamp
        except Exception as problem:
            if self._snapshot is None:
                raise IndexDamage(f"the index cannot be opened ({problem}); run `bienban reindex`") from problem
            log.warning("the changed index cannot be opened yet (%s); the former one answers", problem)

    def _healed(self, work: Callable[[Snapshot], Answer]) -> Answer:
        """What `work` makes of the index; where that turns out to be damaged, it is built anew first."""
        snapshot: Snapshot | None = None
        try:
            snapshot = self.snapshot()
            return work(snapshot)
        except IndexDamage as problem:
            log.warning("%s; it is built anew from the store", problem)
            current = Generations(self._home).current()
            damaged = snapshot.generation if snapshot else current.number if current else 0
            mend(self._home, self._store(), damaged)
            return work(self.snapshot())

    def suggest(self, typed: str) -> list[Suggestion]:
        """What a reader may be about to type."""
        return self._healed(lambda snapshot: self._suggestions_of(snapshot, typed))

    def _suggestions_of(self, snapshot: Snapshot, typed: str) -> list[Suggestion]:
        known = self._suggestions
        if known is None or known[0] is not snapshot:
            if snapshot.size > AT_ONCE:
                self._renew_suggestions(snapshot)  # aside: the former ones answer until then
            else:
                known = self._suggestions = snapshot, Suggestions(snapshot)
        return known[1].matching(typed) if known else []

    def _renew_suggestions(self, snapshot: Snapshot) -> None:
        def renew() -> None:
            try:
                self._suggestions = snapshot, Suggestions(snapshot)
            finally:
                self._renewing.release()

        if self._renewing.acquire(blocking=False):
            threading.Thread(target=renew, daemon=True).start()

    def search(self, request: Request) -> Page:
        """A page of results; `took_ms` is the time that this answer took, remembered or not."""
        began = time.perf_counter()
        page = self._healed(lambda snapshot: self._page_of(snapshot, request))
        return replace(page, took_ms=round((time.perf_counter() - began) * 1000, 2))

    def _page_of(self, snapshot: Snapshot, request: Request) -> Page:
        page = self._answers.get(snapshot, request)
        if page is None:
            page = search(snapshot, request, self._live)
            self._answers.keep(snapshot, request, page)
        return page

    def _live(self, id: str) -> Stored | None:
        stored = self._store().get(id)
        return None if stored is None or stored.removed_at else stored

    def record(self, id: str) -> Stored | None:
        """A record or its tombstone."""
        return self._store().get(id)

    def versions(self, id: str) -> tuple[Version, ...]:
        """Its history, oldest first."""
        return self._store().versions(id)

    def original(self, sha256: str) -> bytes:
        """Archived bytes. Raises DamageError."""
        return self._store().originals.read(sha256)

    def citations(self, number: str) -> Citations | None:
        """The reports that cite a document; None where nobody does."""
        return self._healed(lambda snapshot: self._citations_in(snapshot, number))

    def _citations_in(self, snapshot: Snapshot, number: str) -> Citations | None:
        found = analyse(number).identifiers
        if len(found) != 1 or found[0].kind != "document":
            return None
        pairs = []
        for doc in snapshot.docs("n", found[0].terms[0]).tolist():
            stored = self._live(snapshot.id(doc))
            cited = (
                next((c for c in stored.record.cited_documents if _is(c, found[0].terms[0])), None) if stored else None
            )
            if stored and cited:
                pairs.append((stored, cited))
        if not pairs:
            return None
        pairs.sort(key=lambda pair: (day_of(pair[0].record) or "9999", pair[0].id))
        return _citations(snapshot, pairs, self._cited_as)

    def _cited_as(self, snapshot: Snapshot, number: str) -> CitedDocument | None:
        """How the report that says most of a document cites it."""
        found = analyse(number).identifiers
        term = found[0].terms[0] if found else ""
        cited = [
            each
            for doc in snapshot.docs("n", term).tolist()[:20]
            if (stored := self._live(snapshot.id(doc))) is not None
            for each in stored.record.cited_documents
            if _is(each, term)
        ]
        return max(cited, key=lambda each: bool(each.date) + bool(each.issuer), default=None)

    def held(self, number: str) -> str | None:
        """The id of the record that is the paper of this number itself."""
        return self._healed(lambda snapshot: self._held_in(snapshot, number))

    def _held_in(self, snapshot: Snapshot, number: str) -> str | None:
        found = analyse(number).identifiers
        docs = snapshot.docs("n", OWN + found[0].terms[0]).tolist() if found else []
        return snapshot.id(docs[0]) if docs and found[0].kind == "document" else None

    def overview(self) -> Overview:
        """What the collection holds; made once for each state of the index."""
        snapshot = self.snapshot()
        with self._lock:
            known = self._overview
        if known is None or known[0] is not snapshot:
            known = snapshot, self._overview_of(self._store())
            with self._lock:
                self._overview = known
        return known[1]

    def _overview_of(self, store: Store) -> Overview:
        records, demo, failed = store.count()
        page = self.search(Request(sort="newest", limit=NEWEST))
        years = [int(each.value) for each in page.facets["year"]]
        newest = tuple(stored for hit in page.hits if (stored := self._live(hit.id)))
        return Overview(
            records=records,
            demo=demo,
            failed=failed,
            first_year=min(years, default=None),
            last_year=max(years, default=None),
            newest=newest,
            bodies=page.facets["body"][:8],
            documents=page.facets["document"][:8],
            outlets=page.facets["outlet"],
            people=page.facets["person"][:8],
            updated_at=store.updated_at(),
        )


def _is(cited: CitedDocument, term: str) -> bool:
    read = analyse(f"{cited.type or ''} số {cited.number}").identifiers
    return any(term in each.terms for each in read)


def _told(label: str, cited: CitedDocument | None) -> str:
    """A document by its type, number, day and issuer, as far as a report says them."""
    if cited is None:
        return label
    day = "/".join(str(int(part)) for part in reversed(cited.date.split("-"))) if cited.date else None
    return ", ".join(part for part in (f"{cited.type or ''} {label}".strip(), day, cited.issuer) if part)


def _citations(
    snapshot: Snapshot,
    pairs: list[tuple[Stored, CitedDocument]],
    fetch: Callable[[Snapshot, str], CitedDocument | None],
) -> Citations:
    """Type, issuer, date and subject as most reports give them."""
    cited = [document for _, document in pairs]

    def usual(values: list[str | None]) -> str | None:
        given = [value for value in values if value]
        return max(given, key=given.count) if given else None

    numbers = [document.number for document in cited]
    number = max(numbers, key=numbers.count)
    key = document_key(number)
    read = analyse(f"{usual([c.type for c in cited]) or ''} số {number}").identifiers
    short = read[0].terms[-1] if read else key
    labels = snapshot.facet("document").labels
    same = [
        label
        for label in labels
        if short in _terms(label) and (other := document_key(label)) != key and snapshot.frequency("n", other)
    ]
    return Citations(
        number=number,
        type=usual([document.type for document in cited]),
        issuer=usual([document.issuer for document in cited]),
        date=usual([document.date for document in cited]),
        about=usual([document.about for document in cited]),
        spellings=tuple(dict.fromkeys(numbers)),
        reports=tuple(stored for stored, _ in pairs),
        documents=tuple(cited),
        elsewhere=tuple((_told(label, fetch(snapshot, label)), label) for label in same),
    )


@lru_cache(maxsize=50_000)
def _terms(label: str) -> tuple[str, ...]:
    return tuple(term for each in analyse(label).identifiers for term in each.terms)
