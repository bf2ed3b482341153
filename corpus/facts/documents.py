"""Documents that the text cites: with a number (`cited`), and by name alone (`named`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from corpus import dates
from corpus.article import Paragraph
from corpus.facts.bodies import body_at
from corpus.facts.names import office_at
from corpus.record import CitedDocument
from corpus.tables import alternation, column
from corpus.text import LOWER, UPPER, fold

TYPES = {name.lower(): name for name in column("document_types", "type")}
_TYPE = rf"(?P<type>(?<!\w)(?i:{alternation(column('document_types', 'type'))}))"
_LETTERS = rf"[{UPPER}][{UPPER}{LOWER}0-9]*(?:\.[{UPPER}][{UPPER}{LOWER}0-9]*)*"
#: 58-NQ/TU, 24/2021/NQ-HĐND, 1315/QĐ-UBND, 318/SGTVT-KH, 193/2001/QĐ-TTg, 63/NQ-UBTVQH10, 04/1998/QH10
_FULL = rf"\d{{1,5}}[a-z]?(?: ?/ ?(?:19|20)\d\d)? ?[-/] ?{_LETTERS}(?: ?[-/] ?{_LETTERS})*"
_BARE = r"\d{1,5}(?:/(?:19|20)\d\d)?(?![\d.,/%-]*\d)"
_NUMBER = rf"(?:{_FULL}|{_BARE})"
_LIST = re.compile(
    rf"(?:,| và|;) (?:số )?(?P<number>{_FULL}|\d{{1,5}}(?=(?:, \d{{1,5}})*(?:,| và) (?:số )?\d{{1,5}}[-/]))"
    rf"(?!\w)"
)
_CITE = re.compile(rf"{_TYPE}(?P<so> số:?)? (?P<number>{_NUMBER})(?!\w)")
_DATED = re.compile(r",? ?\(?(?:ký |ban hành )?ngày ")
_BY = re.compile(r",? (?:của|do) ")
_ABOUT = re.compile(r",? (?P<about>(?:về|v/v|quy định|phê duyệt|ban hành)\s[^.;:()]{4,200})")
_LAW = re.compile(
    r"(?:Luật|Bộ luật|Pháp lệnh|Hiến pháp) [^.;()]{3,160}? ngày \d{1,2}(?:/| tháng )\d{1,2}(?:/| năm )\d{4}"
)
_ISSUING = re.compile(r"(?P<body>[^.,;:]{3,80}?) (?:(?:đã |vừa )?(?:ban hành|có)|tại) $")
#: Without "số" only these numbers are a document's, not a count or a year ("Nghị quyết Trung ương 4",
#: "kế hoạch 5 năm").
_SHORT_OK = re.compile(r"^\d{1,5}/(?:19|20)\d\d$|[-/]\D|^0\d+$|^\d{2,5}$")
_COUNTED = re.compile(r"^ (?:năm|tháng|ngày|nội dung|chương|điều|km|tỷ|triệu|người|hộ|xã|%|giờ)(?!\w)")


@dataclass(slots=True)
class Citation:
    """One place where a document is cited."""

    paragraph: int
    start: int
    end: int
    type: str
    number: str
    date: str | None = None
    issuer: str | None = None
    about: str | None = None
    tail: int = 0  # the place behind its day and issuer


@dataclass(slots=True)
class _Entry:
    first: Citation
    all: list[Citation] = field(default_factory=list)


def cited(places: Iterable[Citation], own: str | None) -> tuple[CitedDocument, ...]:
    """The numbered documents that an article cites in `places`, each once, in the order of their first
    mention.

    A short citation (`Nghị quyết số 58`) belongs to the full one with that number, type first, in the
    same text. `own` is the number of the paper itself, which is not cited.
    """
    entries: list[_Entry] = []
    for place in sorted(places, key=lambda c: not _is_full(c.number)):
        entry = _entry_for(place, entries)
        if entry is None:
            entry = _Entry(place)
            entries.append(entry)
        entry.all.append(place)
    entries.sort(key=lambda e: min((c.paragraph, c.start) for c in e.all))
    own_key = _number_key(own) if own else None
    return tuple(_document(e) for e in entries if _number_key(e.first.number) != own_key)


def _is_full(number: str) -> bool:
    return bool(re.search(r"[-/]\D", number))


def _number_key(number: str) -> str:
    return re.sub(r"[^a-z0-9]+", "/", fold(number)).lstrip("0")


def _entry_for(place: Citation, entries: list[_Entry]) -> _Entry | None:
    key = _number_key(place.number)
    same = [e for e in entries if _number_key(e.first.number) == key and e.first.type == place.type]
    if same or _is_full(place.number):
        return next((e for e in same if _agree(e.first, place)), None)
    short = [e for e in entries if _number_key(e.first.number).startswith(key + "/") and e.first.type == place.type]
    return next((e for e in reversed(short) if _agree(e.first, place)), None)


def _agree(one: Citation, other: Citation) -> bool:
    """Whether two citations of a number can be one document: no other day, no other issuer's level."""
    return not (one.date and other.date and one.date != other.date)


def _document(entry: _Entry) -> CitedDocument:
    places = sorted(entry.all, key=lambda c: (c.paragraph, c.start))
    return CitedDocument(
        number=entry.first.number,
        type=entry.first.type,
        date=next((c.date for c in places if c.date), None),
        issuer=next((c.issuer for c in places if c.issuer), None),
        about=next((c.about for c in places if c.about), None),
        mentions=len(places),
        paragraphs=tuple(dict.fromkeys(c.paragraph for c in places)),
        spans=tuple((c.paragraph, c.start, c.end) for c in places),
    )


def citations(paragraph: Paragraph) -> Iterator[Citation]:
    """Every citation of a numbered document in a paragraph, in order."""
    key = paragraph.key
    for match in _CITE.finditer(key):
        number = match["number"]
        if not match["so"] and (not _SHORT_OK.search(number) or _COUNTED.match(key, match.end())):
            continue
        kind = TYPES[match["type"].lower()]
        group = [Citation(paragraph.index, match.start(), match.end(), kind, _plain(paragraph, match))]
        end = match.end()
        end = _details(paragraph, end, group)
        while more := _LIST.match(key, end):
            group.append(Citation(paragraph.index, more.start("number"), more.end(), kind, _plain(paragraph, more)))
            end = _details(paragraph, more.end(), group[-1:])
        _share(group)
        _issuing(paragraph, match.start(), group)
        yield from group


def law_spans(key: str) -> list[tuple[int, int]]:
    """The ranges of laws cited by name, with the day that belongs to them."""
    return [match.span() for match in _LAW.finditer(key)]


def _plain(paragraph: Paragraph, match: re.Match[str]) -> str:
    """The number as written, without blanks, dashes as hyphens."""
    return re.sub(r"\s", "", paragraph.text[match.start("number") : match.end("number")]).replace("–", "-")


def _details(paragraph: Paragraph, at: int, group: list[Citation]) -> int:
    """Day, issuer and subject behind a number; returns the place after day and issuer."""
    key = paragraph.key
    dated = _DATED.match(key, at)
    if dated:
        found = [f for f in dates.find(key[at : at + 60]) if f.start <= dated.end() - at]
        if found:
            group[-1].date = found[0].iso()
            at += found[0].end
            if key[at : at + 1] == ")":
                at += 1
    by = _BY.match(key, at)
    if by:
        office = office_at(key, by.end())
        body = body_at(key, by.end()) or (office.end if office else None)
        if body:
            group[-1].issuer = paragraph.text[by.end() : body]
            at = body
    group[-1].tail = at
    about = _ABOUT.match(key, at)
    if about:
        group[-1].about = _clause(paragraph.text[about.start("about") : about.end("about")])
    return at


def _clause(text: str) -> str:
    return re.split(r", (?!\w+ và )", text)[0].strip(' "“”')


def _share(group: list[Citation]) -> None:
    """In a list one suffix, day and issuer, given last, serve all (`số 456, 457-QĐ/TU`, `A, B của
    <body>`).
    """
    last = group[-1]
    suffix = re.search(r"(?:/(?:19|20)\d\d)?[-/]\D.*$", last.number)
    for citation in group[:-1]:
        if suffix and not _is_full(citation.number):
            citation.number += suffix.group()
        if citation.date is None:
            citation.date, citation.issuer = last.date, citation.issuer or last.issuer


def _issuing(paragraph: Paragraph, start: int, group: list[Citation]) -> None:
    """`<body> ban hành Nghị định số …` names the issuer as well."""
    before = _ISSUING.search(paragraph.key[max(0, start - 80) : start])
    if before and group[0].issuer is None:
        offset = max(0, start - 80)
        end = before.end("body") + offset
        for at in range(before.start("body") + offset, end):
            if not paragraph.key[at].isupper() or (at and paragraph.key[at - 1] not in " "):
                continue
            office = office_at(paragraph.key, at)
            if body_at(paragraph.key, at) == end or (office and office.end == end):
                group[0].issuer = paragraph.text[at:end]
                return
