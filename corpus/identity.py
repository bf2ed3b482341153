"""Which record a source belongs to: its key, and the id that derives from the key.

The key is the canonical address if known, else the absolute path, else (import) the given id, else
the hash of title and paragraphs. The id is a hash of the key, so that it never changes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from corpus.record import Record

# Parameters by which sites count clicks; they do not change what is shown.
TRACKING = re.compile(r"^(utm_\w+|fbclid|gclid|zarsrc|_gl|mc_[ce]id)$", re.IGNORECASE)
GIVEN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
DEFAULT_PORTS = {"http": "80", "https": "443"}


def canonical_url(url: str) -> str:
    """One spelling of an address: no fragment, tracking, default port, scheme or `www.` differences.

    It is a key, not a link: `http://www.Bao.vn/a.html?utm_source=x#y` and `https://bao.vn/a.html`
    give the same. Raises ValueError where `url` is no http(s) address.
    """
    parts = urlsplit(url.strip())
    if parts.scheme.lower() not in DEFAULT_PORTS or not parts.hostname:
        raise ValueError(f"{url}: only http and https addresses have a source page")
    host = parts.hostname.lower().rstrip(".").removeprefix("www.")
    if parts.port and str(parts.port) not in DEFAULT_PORTS.values():
        host += f":{parts.port}"
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.match(k)]
    path = quote(unquote(parts.path), safe="/:@!$&'()*+,;=~-._") or "/"
    return urlunsplit(("https", host, path, urlencode(sorted(kept)), ""))


def record_id(key: str) -> str:
    """Twelve lower-case letters and digits (60 bits) that stand for `key` for ever."""
    return base64.b32encode(hashlib.sha256(key.encode()).digest()[:8]).decode().lower()[:12]


def key_of(record: Record, path: str | None = None) -> str:
    """The key of a record: `url:…`, `file:…`, `id:…` or `text:…`."""
    if record.source.url:
        try:
            return "url:" + canonical_url(record.source.url)
        except ValueError:
            pass
    if path:
        return "file:" + path
    if record.id:
        return "id:" + record.id
    text = "\n".join((record.title, *record.paragraphs))
    return "text:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def id_of(key: str) -> str:
    """The id that belongs to a key; a given id that is safe in an address is kept as it is."""
    given = key.removeprefix("id:")
    if key.startswith("id:") and GIVEN_ID.fullmatch(given):
        return given
    return record_id(key)
