"""The header of an office paper (minutes, notice, decision …): type, number, issuer, place and day of
signing.

Source of the forms: Nghị định 30/2020/NĐ-CP, phụ lục I and III; for Party papers the header with
"ĐẢNG CỘNG SẢN VIỆT NAM".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus import dates
from corpus.record import Document, Genre
from corpus.tables import column, rows, words_of
from corpus.text import LOWER, UPPER, match_form


@dataclass(frozen=True, slots=True)
class PaperHead:
    """The header of a paper; `title_lines` are the blocks that make its title, `end` the block after it."""

    document: Document
    genre: Genre
    title: str
    title_lines: frozenset[int]
    end: int


_HEAD_LINES = 16
_TYPES = {row["capitals"]: row for row in rows("paper_types")}
_TYPE = re.compile(
    r"^(" + "|".join(sorted(map(re.escape, _TYPES), key=len, reverse=True)) + r")(?![" + LOWER + r"])\s*(.*)$"
)
_COUNTRY = re.compile(r"^(?:CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|ĐẢNG CỘNG SẢN VIỆT NAM)", re.IGNORECASE)
_MOTTO = re.compile(r"^Độc lập ?- ?Tự do ?- ?Hạnh phúc", re.IGNORECASE)
_NUMBER = re.compile(r"^Số ?:? ?(\d{1,5} ?(?:[/-] ?[\w.]+(?: ?[-/] ?[\w.]+)*))", re.IGNORECASE)
_PLACE = re.compile(rf"^(?!Hôm nay|Sáng|Chiều)([{UPPER}][^,\d]{{1,40}}), ngày .{{0,6}}\d")
_CAPITALS = re.compile(rf"^[^{LOWER}]*[{UPPER}]{{2}}[^{LOWER}]*$")
_SUBJECT = re.compile(r"^(?:V/v|Về việc|Về|về việc|về) ")
_ISSUED = re.compile(r"^(?:Kính gửi|Căn cứ|Hôm nay|Vào (?:hồi|lúc)|Thời gian|I\.|1\.)")


def read_head(lines: list[str]) -> PaperHead | None:
    """The header in the first lines, None where the text is no office paper."""
    keys = [match_form(line) for line in lines[:_HEAD_LINES]]
    at = next((i for i, key in enumerate(keys) if _type_of(key)), None)
    marks = sum(bool(_COUNTRY.match(k) or _MOTTO.match(k) or _NUMBER.match(k)) for k in keys)
    if at is None or not (marks or _CAPITALS.match(keys[0])):
        return None
    row = _TYPES[_type_of(keys[at])]
    title, used = _title(lines, keys, at)
    document = Document(
        type=row["type"],
        number=_number(keys, lines),
        date=_signed(keys),
        issuer=_issuer(lines, keys, at),
        place=_place(keys, lines),
    )
    genre: Genre = row["genre"]  # type: ignore[assignment]
    if genre == "conclusion_notice" and "kết luận" not in match_form(title).lower():
        genre = "other"
    return PaperHead(document, genre, title, frozenset(used), at + len(used))


def _type_of(key: str) -> str:
    """The type of paper that a line names in capitals, an empty string where it names none."""
    match = _TYPE.match(key)
    return match[1] if match else ""


def _title(lines: list[str], keys: list[str], at: int) -> tuple[str, list[int]]:
    """The subject below the type of paper, as printed, without the type."""
    match = _TYPE.match(keys[at])
    rest = lines[at][len(lines[at]) - len(match[2]) :].strip(" :-") if match and match[2] else ""
    used, parts = [at], [rest] if rest else []
    capitals = bool(rest) or (at + 1 < len(keys) and bool(_CAPITALS.match(keys[at + 1])))
    for i in range(at + 1, min(at + 4, len(keys))):
        key = keys[i]
        if _ISSUED.match(key) or _NUMBER.match(key) or len(key) > 300 or key.endswith((".", ";")):
            break
        if key.startswith("CỦA "):
            used.append(i)
            continue
        if _SUBJECT.match(key) and parts:
            return lines[i], [*used, i]
        if parts and not (capitals and _CAPITALS.match(key)):
            break
        used.append(i)
        parts.append(lines[i])
    return " ".join(parts) or lines[at], used


def _number(keys: list[str], lines: list[str]) -> str | None:
    for key, line in zip(keys, lines, strict=False):
        match = _NUMBER.match(key)
        if match:
            return re.sub(r"\s", "", line[match.start(1) : match.end(1)])
    return None


def _place(keys: list[str], lines: list[str]) -> str | None:
    for key, line in zip(keys, lines, strict=False):
        match = _PLACE.match(key)
        if match:
            return line[: match.end(1)]
    return None


def _signed(keys: list[str]) -> str | None:
    """The day beside the place; without it there is none."""
    for key in keys:
        if _PLACE.match(key):
            found = dates.find(key)
            return found[0].iso() if found else None
    return None


def _issuer(lines: list[str], keys: list[str], at: int) -> str | None:
    """The issuing body: the last capital lines above the number, the line of the superior body left out."""
    below = keys[at + 1] if at + 1 < len(keys) else ""
    if below.startswith("CỦA ") and _CAPITALS.match(below):
        return body_case(lines[at + 1][4:])
    names: list[str] = []
    for line, key in zip(lines[:at], keys[:at], strict=False):
        if _COUNTRY.match(key) or _MOTTO.match(key) or _NUMBER.match(key) or _PLACE.match(key):
            if names:
                break
            continue
        if _CAPITALS.match(key) and len(key) > 3:
            names.append(line)
    return issuer_name(names)


_BODY_START = re.compile(rf"^{words_of('issuer start')}\b")


def issuer_name(names: list[str]) -> str | None:
    """The last body of the header lines, lines that go on with it put together, in normal case."""
    bodies: list[str] = []
    for name in names:
        if bodies and not _BODY_START.match(match_form(name)):
            bodies[-1] += " " + name
        else:
            bodies.append(name)
    if len(bodies) > 1 and match_form(bodies[-1]) == "VĂN PHÒNG":
        bodies[-1] += " " + bodies[-2]
    return body_case(bodies[-1]) if bodies else None


_SMALL = frozenset(column("small_words", "words"))
_KEEP = re.compile(r"^(?:UBND|HĐND|HTX|THPT|THCS|CP|TNHH|MTV|MTTQ|HĐQT|IOC)$")


def body_case(text: str) -> str:
    """A body's name in capitals in normal case: `ỦY BAN NHÂN DÂN TỈNH` → `Ủy ban nhân dân tỉnh`."""
    words = text.split()
    small = [match_form(word.lower()) for word in words]
    out: list[str] = []
    for i, word in enumerate(words):
        pair, before = " ".join(small[i : i + 2]), " ".join(small[i - 1 : i + 1]) if i else ""
        lower = i > 0 and (small[i] in _SMALL or pair in _SMALL or before in _SMALL or f"+{before}" in _SMALL)
        out.append(word if _KEEP.match(word) else word.lower() if lower else word.capitalize())
    return " ".join(out)
