"""Answers that were given lately, for as long as the index is the same."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from indexer.page import Page, Request
from indexer.snapshot import Snapshot

MOST = 256


class Answers:
    """The pages of one snapshot by request; a newer snapshot empties it. May be shared by threads."""

    def __init__(self) -> None:
        self._of: Snapshot | None = None
        self._pages: OrderedDict[tuple[object, ...], Page] = OrderedDict()
        self._lock = Lock()

    def get(self, snapshot: Snapshot, request: Request) -> Page | None:
        with self._lock:
            if self._of is not snapshot:
                return None
            page = self._pages.get(request.key())
            if page is not None:
                self._pages.move_to_end(request.key())
            return page

    def keep(self, snapshot: Snapshot, request: Request, page: Page) -> None:
        with self._lock:
            if self._of is not snapshot:
                self._of, self._pages = snapshot, OrderedDict()
            self._pages[request.key()] = page
            if len(self._pages) > MOST:
                self._pages.popitem(last=False)
