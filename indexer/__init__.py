"""From the store to an answer: analysis, index, query, search.

collection = Collection(Home(path))
page = collection.search(Request("hoi nghi tinh uy"))
"""

from __future__ import annotations

from indexer.collection import Citations, Collection, Overview
from indexer.page import FACETS, FacetCount, Hit, Page, Reading, Request
from indexer.sync import index_damages, reindex, sync

__all__ = [
    "FACETS",
    "Citations",
    "Collection",
    "FacetCount",
    "Hit",
    "Overview",
    "Page",
    "Reading",
    "Request",
    "index_damages",
    "reindex",
    "sync",
]
