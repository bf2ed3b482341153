"""Source bytes → Page. The bytes decide the format, never the name: `read` is the one door."""

from __future__ import annotations

import re

from corpus.errors import SourceError
from corpus.readers import html, text
from corpus.readers.decode import decode
from corpus.readers.page import Block, Meta, Page

__all__ = ["LIMIT", "Block", "Meta", "Page", "read"]

#: Larger sources are refused (bytes).
LIMIT = 20_000_000

_HTML = re.compile(r"<(?:!doctype html|html|head|body|article|div|p|meta|h1)\b", re.IGNORECASE)
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive (or a .docx, .odt)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)


def read(data: bytes, name: str) -> Page:
    """The page that `data` holds; `name` stands in messages only.

    Raises SourceError where the bytes are empty, too many, or of a format that is not read.
    """
    if len(data) > LIMIT:
        raise SourceError(name, f"the file is larger than {LIMIT // 1_000_000} MB")
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise SourceError(name, f"this is {what}, a format that is not read yet")
    content = decode(data, name)
    if not content.strip("\ufeff\x00 \t\r\n"):
        raise SourceError(name, "the file is empty")
    if _HTML.search(content[:4096]):
        return html.read(content)
    return text.read(content)
