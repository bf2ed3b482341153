"""Merging beside whoever adds or serves: few segments to search, and nobody waits for it."""

from __future__ import annotations

import logging
import threading

from corpus.errors import BienbanError
from corpus.home import Home
from indexer.generations import Generations
from indexer.packed.merging import merge_due

log = logging.getLogger("bienban")


def merge_all(home: Home, most: int | None = None) -> int:
    """Do every merge that is due (of up to `most` documents); how many there were.

    A merge that fails leaves the index as it was; what is wrong with it is found by whoever reads it.
    """
    done = 0
    try:
        while (current := Generations(home).current()) and merge_due(current.folder, home.writing, most):
            done += 1
    except (BienbanError, OSError) as problem:
        log.warning("segments were not merged: %s", problem)
    return done


class Upkeep:
    """Merges in a thread of its own whenever it is woken, or after `every` seconds; `finish` waits for it."""

    def __init__(self, home: Home, every: float | None = None) -> None:
        self._home = home
        self._every = every
        self._wake = threading.Event()
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="merging", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """The index has changed."""
        self._wake.set()

    def finish(self) -> None:
        """Do what is due, and end."""
        self._ended = True
        self._wake.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended:
            self._wake.wait(self._every)
            self._wake.clear()
            merge_all(self._home)
