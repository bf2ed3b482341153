"""The production server: waitress over the page, in several processes on one address.

Python answers one search at a time in a process, so there is one worker a core; the index is mapped, and
its pages are shared by all of them. A worker that dies is replaced.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from types import FrameType

import click
import waitress

from corpus.errors import HomeError
from corpus.home import Home
from indexer import Collection
from indexer.upkeep import Upkeep
from webapp.factory import create_app
from webapp.workers import cores

THREADS = 8
MOST_WORKERS = 8
BACKLOG = 1024
MERGE_EVERY_S = 5.0
SHORTEST_LIFE_S = 2.0  # a worker that ends sooner never served
GIVE_UP = 3  # times the number of workers: so many that end so soon, one after another, and no more are started
log = logging.getLogger("bienban")


def workers_at_most() -> int:
    """How many workers there are where nobody says: one for each core that this process may use."""
    return min(cores(), MOST_WORKERS) if hasattr(os, "fork") else 1


def serve(home: Home, host: str, port: int, workers: int = 1) -> None:
    """Serve until SIGTERM or Ctrl-C; says `listening on http://HOST:PORT` once it answers.

    Raises HomeError where the home or the address cannot be used.
    """
    collection = Collection(home)
    listener = _listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    address = f"listening on http://{shown}:{listener.getsockname()[1]}"
    signal.signal(signal.SIGTERM, _stop)
    if workers == 1:
        Upkeep(home, MERGE_EVERY_S)
        _work(collection, listener, lambda: click.echo(address))
        return
    del collection  # each worker opens its own; the home was looked at, and is in order
    Workers(home, listener, workers).run(lambda: click.echo(address))


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as problem:
        raise HomeError(f"http://{host}:{port} cannot be served: {problem.strerror}") from None
    return listener


def _work(collection: Collection, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Answer requests of the listener; `ready` is called once that has begun."""
    server = waitress.create_server(
        create_app(collection), sockets=[listener], threads=THREADS, ident=None, max_request_body_size=65_536
    )
    ready()
    try:
        server.run()
    finally:
        server.close()


class Workers:
    """Forked workers that share one listening socket, and end when the process that forked them ends."""

    def __init__(self, home: Home, listener: socket.socket, number: int) -> None:
        self._home = home
        self._listener = listener
        self._number = number
        self._alive: dict[int, float] = {}
        self._ready = os.pipe()  # a worker writes to it when it serves
        self._life = os.pipe()  # nobody writes to it; it ends with the parent, however that ends

    def run(self, ready: Callable[[], None]) -> None:
        """Start them, say when the first answers, replace those that die, until the process is stopped."""
        try:
            for _ in range(self._number):
                self._start()
            threading.Thread(target=lambda: _hear(self._ready[0], ready), daemon=True).start()
            Upkeep(self._home, MERGE_EVERY_S)
            early = 0
            while early < GIVE_UP * self._number:
                ended, status = os.wait()
                early = early + 1 if time.monotonic() - self._alive.pop(ended) < SHORTEST_LIFE_S else 0
                log.warning("worker %d ended with status %d; another takes its place", ended, status)
                self._start()
            raise HomeError("the workers of the server end as soon as they are started; the log says why")
        finally:
            self._end()

    def _start(self) -> None:
        child = os.fork()
        if child:
            self._alive[child] = time.monotonic()
            return
        status = 1
        try:
            os.close(self._life[1])
            threading.Thread(target=self._end_with_parent, daemon=True).start()
            _work(Collection(self._home), self._listener, lambda: _say(self._ready[1]))
        except (SystemExit, KeyboardInterrupt):
            status = 0
        except BaseException:
            log.exception("a worker of the server failed")
        finally:
            os._exit(status)

    def _end_with_parent(self) -> None:
        os.read(self._life[0], 1)
        os._exit(0)

    def _end(self) -> None:
        for child in self._alive:
            os.kill(child, signal.SIGTERM)
        for child in self._alive:
            os.waitpid(child, 0)


def _hear(pipe: int, ready: Callable[[], None]) -> None:
    if os.read(pipe, 1):
        ready()


def _say(pipe: int) -> None:
    os.write(pipe, b"+")


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
