"""Document numbers and dates in a text, each as terms that every spelling of it shares.

A document gives its most exact term first: `18/2022/NQ-HĐND` → `18.2022nqhdnd`, `18nqhdnd`,
`nq18.2022`, `nq18`; `Nghị quyết số 101` → `nq101`. A day gives `d:2020-12-23` and its month
`m:2020-12`, `tháng 12/2020` the month alone. Works on text with and without marks, so that
`nghi quyet so 101`, `NQ101`, `101nqtu`, `101 NQ TU` are the same number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.analysis.keys import fold
from indexer.analysis.normalise import Normalised
from indexer.tables import table

_TYPES = {fold(row["code"]): row for row in table("indexer.analysis", "document_types")}
_NAMES = {fold(row["name"]): code for code, row in _TYPES.items()}
_ISSUERS = frozenset(fold(row["code"]) for row in table("indexer.analysis", "issuers"))
CODES = _ISSUERS | frozenset(_TYPES)  # folded: what stands for a type or an issuer in a number


def _typed(code: str) -> tuple[str, str]:
    """A code of a type as it may stand in a text in lower case: `da` as `da` or `đa`, not `đã`."""
    return code, _TYPES[code]["code"].lower()


# Alternatives in regular expressions, in flat letters: codes of types and issuers, the ends of the types' names.
TYPE_CODES = "|".join(sorted((code for code in _TYPES if len(code) > 1), key=len, reverse=True))
ISSUER_CODES = "|".join(sorted(_ISSUERS, key=len, reverse=True))
TYPED_CODES = "|".join(sorted({form for code in TYPE_CODES.split("|") for form in _typed(code)}, key=len, reverse=True))
LAST_WORDS = "|".join(sorted({name.split()[-1] for name in _NAMES}))
NAMES = "|".join(sorted(_NAMES, key=len, reverse=True)).replace(" ", r"\s+")

_YEAR = r"(?:\s?/\s?(?P<year>(?:19|20)\d\d)(?!\d))?"
_SUFFIX = r"(?P<suffix>(?:\s?[-/]\s?[a-z]{1,10}\d{0,2}(?![a-z]))+)"
# What may follow a bare number that is a count, no document number: kế hoạch 5 năm, báo cáo 6 tháng.
_COUNTED = re.compile(
    r"\s*(?:%|(?:nam|thang|quy|tuan|gio|ty|ti|trieu|nghin|van|nhom|noi|muc|diem|du|lan|cap|chi|xa|ngay)\b(?!\s+\d+/))"
)
_NUMBERED = re.compile(rf"(?<![\w/.,-])(?P<number>\d{{1,5}}){_YEAR}{_SUFFIX}(?!\w)")
_NAMED = re.compile(
    rf"(?<!\w)(?P<name>{NAMES})(?P<so>\s+so)?\s*:?\s+(?P<number>\d{{1,5}}){_YEAR}(?:{_SUFFIX})?(?![\w/])(?![.,]\d)"
)
_NEXT = re.compile(rf"\s*(?:,|;|va)\s*(?:so\s+)?(?P<number>\d{{1,5}}){_YEAR}(?:{_SUFFIX})?(?![\w/])(?![.,]\d)")
_CODED = re.compile(
    rf"(?<!\w)(?P<code>{TYPE_CODES})[\s-]?(?:so\s+)?(?P<number>\d{{1,5}}){_YEAR}(?:\s?[-/]\s?(?P<issuer>{ISSUER_CODES}))?(?![\w/-])(?![.,]\d)"
)
_SPACED = re.compile(
    rf"(?<![\w/.,-])(?P<number>\d{{1,5}})\s?(?P<code>{TYPE_CODES})\s?(?:[-/]\s?)?(?P<issuer>{ISSUER_CODES})?(?!\w)"
)

_DAY = re.compile(
    r"(?<![\d/.,-])(?:(?P<d>\d{1,2})\s?(?P<s>[/.-])\s?(?P<m>\d{1,2})\s?(?P=s)\s?(?P<y>(?:19|20)\d\d)"
    r"|(?P<y2>(?:19|20)\d\d)-(?P<m2>\d\d)-(?P<d2>\d\d))(?![\d/-])"
    r"|(?<!\w)(?P<d3>\d{1,2})\s+thang\s+(?P<m3>\d{1,2})\s+nam\s+(?P<y3>(?:19|20)\d\d)(?!\d)"
)
_MONTH = re.compile(r"(?<!\w)thang\s+(?P<m>\d{1,2})(?:\s?[/-]\s?|\s+nam\s+)(?P<y>(?:19|20)\d\d)(?!\d)")
_DIGIT = re.compile(r"\d")
_DAYS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number or date at `start:end` of the original text; `terms` from the most to the least exact."""

    kind: str  # "document", "day" or "month"
    terms: tuple[str, ...]
    start: int
    end: int


def identifiers(clean: Normalised) -> list[Identifier]:
    """All document numbers and dates of a text, in order, none inside another. Never raises."""
    if not _DIGIT.search(clean.text):
        return []
    flat = flatten(clean.text)
    taken: list[tuple[int, int]] = []
    found: list[Identifier] = []
    for kind, terms, start, end in _all(clean.text, flat):
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        taken.append((start, end))
        found.append(Identifier(kind, terms, *clean.original(start, end)))
    return sorted(found, key=lambda each: each.start)


def flatten(text: str) -> str:
    """Lower case without marks, character for character (the length stays)."""
    return text.translate(_FLAT)


class _Flat(dict[int, str]):
    """What each character becomes, found out once."""

    def __missing__(self, code: int) -> str:
        base = unicodedata.normalize("NFD", chr(code))[0].lower()[0]
        self[code] = flat = "d" if base == "đ" else base
        return flat


_FLAT = _Flat()


Found = tuple[str, tuple[str, ...], int, int]


def _all(text: str, flat: str) -> Iterator[Found]:
    has_year, has_part = "20" in flat or "19" in flat, "/" in flat or "-" in flat
    for match in _DAY.finditer(flat) if has_year else ():
        day, month, year = (int(match[n] or match[n + "2"] or match[n + "3"]) for n in "dmy")
        if 1 <= month <= 12 and 1 <= day <= _DAYS[month]:
            terms = (f"d:{year}-{month:02}-{day:02}", f"m:{year}-{month:02}")
            yield "day", terms, *match.span()
    yield from _named(text, flat)
    for match in _NUMBERED.finditer(flat) if has_part else ():
        parts = re.findall(r"[a-z]+\d*", match["suffix"])
        if any(part in _TYPES or part.rstrip("0123456789") in _ISSUERS for part in parts):
            yield "document", _terms(None, match, parts), *match.span()
    for match in _CODED.finditer(flat):
        if _as_typed(text, match, "code"):
            parts = [match["code"], match["issuer"]] if match["issuer"] else []
            yield "document", _terms(match["code"], match, parts), *match.span()
    for match in _SPACED.finditer(flat):
        if _as_typed(text, match, "code"):
            parts = [match["code"], match["issuer"]] if match["issuer"] else []
            yield "document", _terms(match["code"], match, parts), *match.span()
    for match in _MONTH.finditer(flat) if has_year else ():
        if 1 <= int(match["m"]) <= 12:
            yield "month", (f"m:{match['y']}-{int(match['m']):02}",), *match.span()


def _named(text: str, flat: str) -> Iterator[Found]:
    """`Nghị quyết số 101-NQ/TU`, and lists: `các Quyết định số 456, 457-QĐ/TU`."""
    for match in _NAMED.finditer(flat):
        if not (match["so"] or match["suffix"]) and _COUNTED.match(flat, match.end()):
            continue
        kind = _NAMES[re.sub(r"\s+", " ", match["name"])]
        row = [match]
        while follower := _NEXT.match(flat, row[-1].end()):
            if not follower["suffix"] and not match["so"]:
                break
            row.append(follower)
        suffix = next((each["suffix"] for each in reversed(row) if each["suffix"]), None)
        for each in row:
            if each is not match and not (each["suffix"] or row[-1]["suffix"]):
                break
            parts = re.findall(r"[a-z]+\d*", each["suffix"] or (suffix if len(row) > 1 else None) or "")
            start = match.start() if each is match else each.start("number")
            yield "document", _terms(kind, each, parts), start, each.end()


def _as_typed(text: str, match: re.Match[str], group: str) -> bool:
    """Whether the code stands there as a code: `đã 6` is not `DA 6`."""
    typed = text[match.start(group) : match.end(group)].lower()
    code = match[group]
    return typed in _typed(code)


def _terms(kind: str | None, match: re.Match[str], parts: list[str]) -> tuple[str, ...]:
    number = match["number"].lstrip("0") or "0"
    groups = match.groupdict()
    year = groups.get("year")
    kind = kind or next((part for part in parts if part in _TYPES), None)
    suffix = "".join(parts)
    exact = []
    if suffix:
        exact += [f"{number}.{year}{suffix}"] if year else []
        exact += [f"{number}{suffix}"]
    if kind:
        exact += [f"{kind}{number}.{year}"] if year else []
        exact += [f"{kind}{number}"]
    return tuple(exact)
