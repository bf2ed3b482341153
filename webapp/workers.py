"""Several processes for what needs no lock: reading, parsing, analysing, writing segments aside.

Workers are forked from a server that was started clean, not from this process: SQLite connections and
locks must not be carried into a child, and threads that hold locks at a fork would leave them locked for
ever. The server has imported what the work needs, once for all of them.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from typing import TypeVar

from corpus.errors import HomeError

Given = TypeVar("Given")
Made = TypeVar("Made")
AHEAD = 2  # pieces of work a worker that are under way or wait to be taken


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(work: Callable[[Given], Made], pieces: Iterable[Given], jobs: int) -> Iterator[tuple[Given, Made]]:
    """Each piece with what `work` made of it in another process, in the order of the pieces.

    No more than AHEAD × `jobs` are under way, so that memory does not grow with their number. Raises
    HomeError where a worker was killed.
    """
    context = get_context("forkserver")
    context.set_forkserver_preload([work.func.__module__ if isinstance(work, partial) else work.__module__])
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_prepare_worker)
    waiting: deque[tuple[Given, Future[Made]]] = deque()
    try:
        for piece in pieces:
            waiting.append((piece, pool.submit(work, piece)))
            while waiting and (len(waiting) > AHEAD * jobs or waiting[0][1].done()):
                given, future = waiting.popleft()
                yield given, future.result()
        while waiting:
            given, future = waiting.popleft()
            yield given, future.result()
    except BrokenProcessPool:
        raise HomeError(
            "a worker process was killed (out of memory?); what was told of is kept, run the command again"
        ) from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _prepare_worker() -> None:
    """Ctrl-C is the parent's to answer; a worker ends with its parent, however that ended; and what was
    imported is no garbage."""
    gc.freeze()
    gc.set_threshold(50_000)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
