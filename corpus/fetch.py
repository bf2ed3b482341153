"""Fetching one page from the web, within limits and never from this machine or its network.

The address is resolved once and every answer of the resolver must be public; the connection then
goes to that very address, so that a name cannot change its mind in between (DNS rebinding).
Each redirect is checked in the same way.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass

import httpcore
import httpx

from corpus.errors import FetchRefused

MAX_BYTES = 20_000_000
MAX_SECONDS = 30.0
MAX_REDIRECTS = 5
USER_AGENT = "bienban/0.1 (+archive of meeting reports; one page at a person's request)"
Option = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


@dataclass(frozen=True)
class Fetched:
    """The bytes of a page, its final address and the media type that the server gave."""

    data: bytes
    url: str
    media_type: str


class _PublicOnly(httpcore.NetworkBackend):
    """Connects only to public addresses, to the very one that was checked."""

    def __init__(self) -> None:
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Option] | None = None,
    ) -> httpcore.NetworkStream:
        return self._inner.connect_tcp(public_address(host, port), port, timeout, local_address, socket_options)


def public_address(host: str, port: int) -> str:
    """The first address of `host`, if all of them are public. Raises FetchRefused."""
    try:
        found = [info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise FetchRefused(host, "the name is not known") from None
    for text in found:
        address = ipaddress.ip_address(str(text).split("%")[0])
        mapped = getattr(address, "ipv4_mapped", None)
        if not address.is_global or address.is_multicast or (mapped and not mapped.is_global):
            raise FetchRefused(host, "addresses of this machine or of a private network are not fetched")
    return str(found[0])


def fetch(url: str, *, backend: httpcore.NetworkBackend | None = None) -> Fetched:
    """The page at an http(s) address.

    Raises FetchRefused: another scheme, a private address, an answer other than 200, more than
    MAX_BYTES, MAX_SECONDS or MAX_REDIRECTS, or no answer.
    """
    until = time.monotonic() + MAX_SECONDS
    with httpx.Client(trust_env=False, headers={"User-Agent": USER_AGENT}, timeout=10.0) as client:
        transport = httpx.HTTPTransport(trust_env=False)
        transport._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(), network_backend=backend or _PublicOnly()
        )
        client._transport = transport
        address = url
        for _ in range(MAX_REDIRECTS + 1):
            if not address.lower().startswith(("http://", "https://")):
                raise FetchRefused(url, "only http and https addresses are fetched")
            try:
                with client.stream("GET", address) as answer:
                    if answer.has_redirect_location:
                        address = str(answer.url.join(answer.headers["location"]))
                        continue
                    return _read(url, answer, until)
            except FetchRefused as problem:
                raise FetchRefused(url, problem.reason) from None
            except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, httpcore.NetworkError) as problem:
                raise FetchRefused(url, f"no answer ({type(problem).__name__})") from None
    raise FetchRefused(url, f"more than {MAX_REDIRECTS} redirects")


def _read(url: str, answer: httpx.Response, until: float) -> Fetched:
    if answer.status_code != 200:
        raise FetchRefused(url, f"the server answered {answer.status_code}")
    data = bytearray()
    for chunk in answer.iter_bytes():
        data += chunk
        if len(data) > MAX_BYTES:
            raise FetchRefused(url, f"the page is larger than {MAX_BYTES // 1_000_000} MB")
        if time.monotonic() > until:
            raise FetchRefused(url, f"the page did not arrive within {MAX_SECONDS:.0f} seconds")
    media_type = answer.headers.get("content-type", "").split(";")[0].strip().lower()
    return Fetched(bytes(data), str(answer.url), media_type)
