"""Fetching from a real server on loopback; and that loopback is refused unless a test opens it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpcore
import pytest

from corpus import fetch as fetching
from corpus.errors import FetchRefused
from corpus.fetch import fetch, public_address

OPEN = httpcore.SyncBackend()  # without the check of addresses


class Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/page":
            self._answer(200, b"<html>Tin</html>")
        elif self.path == "/moved":
            self._answer(302, b"", location="/page")
        elif self.path == "/loop":
            self._answer(302, b"", location="/loop")
        elif self.path == "/file":
            self._answer(302, b"", location="file:///etc/passwd")
        elif self.path == "/inside":
            self._answer(302, b"", location="http://169.254.169.254/latest")
        elif self.path == "/large":
            self._answer(200, b"x" * 5000)
        else:
            self._answer(404, b"")

    def _answer(self, status: int, body: bytes, location: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def test_a_page_is_fetched_and_a_redirect_followed() -> None:
    with served() as base:
        page = fetch(f"{base}/moved", backend=OPEN)
    assert (page.data, page.media_type) == (b"<html>Tin</html>", "text/html")
    assert page.url == f"{base}/page"


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/none", "404"), ("/loop", "redirects"), ("/file", "only http"), ("/large", "larger")],
)
def test_limits(path: str, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MAX_BYTES", 4000)
    with served() as base, pytest.raises(FetchRefused, match=reason):
        fetch(base + path, backend=OPEN)


def test_an_endless_drip_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MAX_SECONDS", -1.0)
    with served() as base, pytest.raises(FetchRefused, match="seconds"):
        fetch(f"{base}/page", backend=OPEN)


PRIVATE = ["127.0.0.1", "localhost", "10.0.0.1", "192.168.1.1", "169.254.169.254", "::1", "0.0.0.0", "2130706433",
           "::ffff:127.0.0.1", "224.0.0.1", "100.64.0.1"]  # fmt: skip


@pytest.mark.parametrize("host", PRIVATE)
def test_private_addresses_are_refused(host: str) -> None:
    with pytest.raises(FetchRefused, match=r"private network|not known"):
        public_address(host, 80)


def test_this_machine_is_not_fetched() -> None:
    with served() as base, pytest.raises(FetchRefused, match="private network"):
        fetch(f"{base}/page")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://a.example/x", "data:text/plain,x", "gopher://a.example"])
def test_other_schemes_are_refused(url: str) -> None:
    with pytest.raises(FetchRefused, match="only http"):
        fetch(url)
