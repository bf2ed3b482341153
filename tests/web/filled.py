"""A home that holds samples, filled in the way of `add`, `demo` and `remove`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import structs

from corpus.home import Home
from corpus.identity import key_of
from corpus.ingest import Prepared
from corpus.originals import digest
from corpus.store import Store
from indexer import sync
from tests.web.samples import Sample
from webapp.adding import add_all


def filled(home: Home, samples: Iterable[Sample]) -> dict[str, str]:
    """Adds every version of each sample and removes those that are removed; the id of each by its name."""
    samples, ids = tuple(samples), {}
    with Store(home) as store:
        for demo in (False, True):
            items = [(sample, item) for sample in samples if sample.demo is demo for item in prepared(sample)]
            outcomes = add_all(home, store, (item for _, item in items), demo=demo)
            for (sample, _), outcome in zip(items, outcomes, strict=True):
                assert outcome.status in ("added", "updated") and outcome.id, outcome
                ids[sample.record.id] = outcome.id
        with home.writing():
            with store.transaction():
                for sample in samples:
                    if sample.removed:
                        store.remove(ids[sample.record.id], sample.removed)
            sync(home, store)
    return ids


def prepared(sample: Sample) -> Iterator[Prepared]:
    """Each version as `corpus.ingest.prepare` hands it on, oldest first."""
    for data in sample.versions:
        record = sample.record
        source = structs.replace(record.source, sha256=digest(data))
        key = key_of(record, record.source.file)
        yield Prepared(key, data, structs.replace(record, source=source), key, None, sample.media_type)
