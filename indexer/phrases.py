"""Who has words in a row: by the pairs first, then by positions."""

from __future__ import annotations

import numpy as np

from indexer.analysis import Analysed
from indexer.snapshot import Mask, Snapshot
from indexer.whoosh_engine import Ints


def phrase_mask(snapshot: Snapshot, read: Analysed) -> Mask:
    """The documents with the words in a row; marks count where they were typed."""
    mask = np.zeros(snapshot.size, bool)
    terms = [("f" if key == fold else "x", key) for key, fold in zip(read.exact, read.folded, strict=True)]
    if not terms:
        return mask
    docs = snapshot.postings(*terms[0]).docs
    for name, term in terms[1:]:
        docs = _both(docs, snapshot.postings(name, term).docs)
    for n in range(len(read.folded) - 1):
        if read.tokens[n + 1].joined and len(docs):
            docs = _both(docs, snapshot.postings("bf", f"{read.folded[n]} {read.folded[n + 1]}").docs)
    if len(terms) > 1 and len(docs):
        docs = _in_a_row(snapshot, terms, docs)
    mask[docs] = True
    return mask


def _both(one: Ints, other: Ints) -> Ints:
    return np.intersect1d(one, other, assume_unique=True)


def _in_a_row(snapshot: Snapshot, terms: list[tuple[str, str]], docs: Ints) -> Ints:
    places = [snapshot.positions(name, term, docs) for name, term in terms]
    kept = [
        doc
        for doc in docs.tolist()
        if set.intersection(*({at - n for at in found[doc]} for n, found in enumerate(places)))
    ]
    return np.array(kept, dtype=np.int64)
