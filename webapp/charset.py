"""In which characters archived bytes are written, as a browser has to be told."""

from __future__ import annotations

import codecs
import re

# https://html.spec.whatwg.org/#determining-the-character-encoding: the mark, then what is declared
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16le"), (codecs.BOM_UTF16_BE, "utf-16be"))
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{1,30})", re.IGNORECASE)
_IN_TYPE = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_-]{1,30})", re.IGNORECASE)
_LOOKED_AT = 4096  # bytes in which a page declares its characters
FALLBACK = "windows-1258"  # the Vietnamese code page of Windows


def charset_of(data: bytes, media_type: str) -> str:
    """The name of the encoding: by byte order mark, valid UTF-8, the media type, the page's own word."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    in_type, declared = _IN_TYPE.search(media_type), _DECLARED.search(data[:_LOOKED_AT])
    for name in (in_type[1] if in_type else "", declared[1].decode("ascii") if declared else ""):
        if _known(name) and codecs.lookup(name).name != "utf-8":
            return name.lower()
    return FALLBACK


def _known(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True
