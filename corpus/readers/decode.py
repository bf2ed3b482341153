"""Bytes → text: mark, declared charset, UTF-8, UTF-16 without a mark, then a guess (windows-1258 and
the like).
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from corpus.errors import SourceError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_COMBINING = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
#: Bytes that no text has.
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, name: str) -> str:
    """The text of `data`. Raises SourceError for bytes that are no text; `name` is for the message."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return data.decode(codec, errors="replace")
    head = data[:4096]
    utf16 = _utf16_without_mark(head)
    if utf16:
        return data.decode(utf16, errors="replace")
    if len(_BINARY.findall(head)) > len(head) // 100:
        raise SourceError(name, "the file is binary, not a text or a web page")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _eight_bit(data)


def _utf16_without_mark(head: bytes) -> str | None:
    if len(head) < 8:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 6 and even < odd // 8:
        return "utf-16-le"
    return "utf-16-be" if even > len(head) // 6 and odd < even // 8 else None


def _eight_bit(data: bytes) -> str:
    """Text that is not UTF-8: the codec that gives the most Vietnamese letters."""
    declared = _DECLARED.search(data[:4096])
    candidates = [declared.group(1).decode("ascii")] if declared else []
    candidates += ["windows-1258", "utf-8"]
    guess = from_bytes(data[:65536], cp_isolation=["cp1258", "cp1252", "utf_8"]).best()
    if guess:
        candidates.append(guess.encoding)
    texts = []
    for codec in candidates:
        try:
            texts.append(data.decode(codec, errors="replace"))
        except LookupError:  # a charset that nobody knows
            continue
    return max(texts, key=_score)


def _score(text: str) -> int:
    sample = text[:65536]
    return len(_VIETNAMESE.findall(sample)) + len(_COMBINING.findall(sample)) - 20 * sample.count("\ufffd")
