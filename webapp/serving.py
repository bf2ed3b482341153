"""The production server: waitress over the page, on one address, until it is told to stop."""

from __future__ import annotations

import signal
from types import FrameType

import click
import waitress

from corpus.errors import HomeError
from corpus.home import Home
from indexer import Collection
from webapp.factory import create_app

THREADS = 8


def serve(home: Home, host: str, port: int) -> None:
    """Serve until SIGTERM or Ctrl-C; says `listening on http://HOST:PORT` once it answers.

    Raises HomeError where the address cannot be used.
    """
    app = create_app(Collection(home))
    try:
        server = waitress.create_server(
            app,
            host=host,
            port=port,
            threads=THREADS,
            ident=None,
            max_request_body_size=65_536,
        )
    except OSError as problem:
        raise HomeError(f"http://{host}:{port} cannot be served: {problem.strerror}") from None
    signal.signal(signal.SIGTERM, _stop)
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"listening on http://{shown}:{server.effective_port}")
    try:
        server.run()
    finally:
        server.close()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
