"""The meeting that the report tells of: kind, body, session, number, term, place, province, dates."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus import dates
from corpus.dates import Found
from corpus.facts import bodies
from corpus.facts.numerals import NUMERAL, number_of
from corpus.facts.reading import Reading
from corpus.record import Meeting
from corpus.tables import alternation, column, words_of
from corpus.text import UPPER

_KINDS = column("meeting_kinds", "kind")
_KIND = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?P<k{i}>{p})" for i, p in enumerate(column("meeting_kinds", "pattern"))) + r")(?!\w)"
)
_ANCHOR = re.compile(rf"(?:{'|'.join(column('meeting_cues', 'pattern', cue='anchor'))})[^.;:]{{0,25}}$")
_OTHER = re.compile(rf"(?:{'|'.join(column('meeting_cues', 'pattern', cue='other'))})[^.;:,]{{0,30}}$")
_GLUE = re.compile(
    rf"(?:[\s,()]|của|do|giữa|(?:lần )?thứ {NUMERAL}|kỳ {NUMERAL}|{NUMERAL}(?=[\s,(])|thường (?:kỳ"
    rf"|trực tuyến)|thường lệ|thường niên"
    r"|kỳ chuyên đề|chuyên đề|bất thường|mở rộng|trực tuyến|giao ban|thành viên|định kỳ|sơ kết"
    r"|tổng kết|(?:giữa|cuối|đầu) năm"
    r"|tháng \d{1,2}(?:/\d{4})?|quý [IV]+|năm \d{4}|\d{4}|toàn thể|khóa [IVXL]+|nhiệm kỳ \d{4} ?- ?\d{4}|- )*"
)
_NUMBER = re.compile(
    r"(?:(?<=[Kk]ỳ họp)|(?<=[Pp]hiên họp)|(?<=họp [Kk]ỳ)|(?<=họp phiên)) (?:số )?(?P<n>\d{1,3}"
    r"|[IVXL]{1,6})(?![\w%/]|[.-]\d)"
)
_ORDINAL = re.compile(
    rf"(?:[ ,(]|kỳ |(?:chuyên đề|bất thường|mở rộng|thường kỳ|thường lệ)\)?|[Kk]hóa [IVXL\d]+|nhiệm"
    rf" kỳ \d{{4}} ?- ?\d{{4}}\)?)*"
    rf"(?:lần )?thứ (?P<n>{NUMERAL})(?![\w%/]|[.-]\d)"
)
_TERM = re.compile(
    r"(?<!giữa )(?<!đầu )(?<!cuối )(?<!nửa )(?:[Kk]hóa (?:[IVXL]+|\d{1,2})(?!\w)(?:,? \(?nhiệm"
    r" kỳ \d{4} ?- ?\d{4}\)?)?|[Nn]hiệm kỳ \d{4} ?- ?\d{4})"
)
_SESSION = re.compile(
    r"(?:[Pp]hiên họp|[Pp]hiên|[Kk]ỳ họp|[Kk]ỳ)(?: thứ \S+)? "
    r"(?:(?:thường kỳ|thường lệ|chuyên đề|bất thường|định kỳ|đột xuất)(?: (?:giữa|cuối|đầu) năm)?"
    r"(?: tháng \d{1,2}| quý [IV]+)?(?:/\d{4}|(?:,)? năm \d{4}| \d{4})?|tháng \d{1,2}(?:/\d{4}"
    r"| năm \d{4})?)(?![\w/])"
)
_PROVINCE = re.compile(rf"(?:[Tt]ỉnh(?: ủy)?|TỈNH(?: ỦY)?) (?P<p>[{UPPER}]\w*(?: [{UPPER}]\w*)*)")
_NO_PROVINCE = re.compile(r"(?:khóa|nhiệm|ủy)", re.IGNORECASE)
_PLACE_LABEL = re.compile(r"(?:^|[.;] |- )[Đđ]ịa điểm(?: họp| tổ chức)?\s?: ?(?P<place>[^.;]{3,120})")
_PLACE = re.compile(
    r"(?<!\w)tại (?P<place>(?!đây|đó|\d|các |cuộc|phiên|hội nghị|kỳ họp|buổi|chỗ|thời điểm|điểm"
    r" cầu|địa bàn|tỉnh|kỳ|nhiều|mỗi)"
    r"(?:TP\. |Tp\. |TX\. )?[^,.;:()\"]{3,80}(?:, (?:trụ sở|tầng|nhà|tòa nhà|Sở|Trung tâm|xã|huyện"
    r"|phường|thị xã|thành phố)[^,.;:()\"]{2,60})?)"
)
_PLACE_END = re.compile(rf" (?:{alternation(column('place_ends', 'word'))})(?!\w)")
_SPAN_OF = re.compile(r"(?:diễn ra|được tổ chức|kéo dài|làm việc|tiến hành|khai mạc|họp|Trong|Từ|tổ chức)")
_IN_SESSION = re.compile(r"(?:tổ chức|họp phiên|họp kỳ|tiến hành)")
#: Papers that tell of no meeting unless they say so.
_NO_SESSION = frozenset({"decision", "proposal", "other"})
_TIME_LABEL = re.compile(r"(?:Thời gian|[Hh]ồi|[Ll]úc|[Vv]ào lúc|bắt đầu)")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the meeting is named: paragraph (None for the title), kind with its range, body with its
    range.
    """

    paragraph: int | None
    key: str
    text: str
    start: int  # of the sentence
    end: int
    kind: str | None = None
    at: tuple[int, int] = (0, 0)
    body: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """The meeting with its first day (ISO), and the day as written where its year is not known."""

    meeting: Meeting | None
    date: str | None
    unresolved: Found | None
    told_in: int | None


def read_meeting(reading: Reading) -> Told:
    """The meeting of a report or paper; None where the text names neither a meeting nor a body in session."""
    places = list(_places(reading))
    best = next((p for p in places if p.kind and p.body), None) or next((p for p in places if p.kind), None)
    found, where = _date(reading, best)
    if best is None:
        return Told(None, None, None, None)
    if (
        reading.article.paper
        and reading.article.paper.genre in _NO_SESSION
        and not (best.kind and best.body and _IN_SESSION.search(best.key, best.start, best.end))
    ):
        return Told(None, None, None, None)
    year = _year(reading, found, where)
    body = _body(reading, best, places)
    meeting = Meeting(
        kind=best.kind,
        body=body,
        session=_session(best, places),
        number=_number(best, places),
        term=_term(best, places),
        province=_province(reading, body, best),
        place=_place(reading, best, places),
        start_time=_clock(reading, best),
        end_date=found.iso_last(year) if found else None,
        paragraph=best.paragraph,
        span=best.at if best.paragraph is not None else None,
    )
    day = found.iso(year) if found else None
    return Told(meeting, day, found if found and day is None else None, where.paragraph if where else None)


def _places(reading: Reading) -> list[_Place]:
    """The sentences of the title and the first paragraphs that name a meeting, the likeliest first."""
    out: list[_Place] = []
    for index, key, text, start, end in reading.opening():
        out.append(_in_sentence(index, key, text, start, end, reading))
    body = [p for p in out if p.paragraph is not None]
    title = [p for p in out if p.paragraph is None]
    strong = [p for p in body if (p.kind and _ANCHOR.search(p.key, p.start, p.at[0])) or (p.kind and p.body)]
    rest = [p for p in body if p not in strong]
    told = [p for p in strong if p.kind and p.body and _IN_SESSION.search(p.key, p.start, p.end)]
    return told + title + strong + rest if reading.article.paper else strong + title + rest


def _in_sentence(index: int | None, key: str, text: str, start: int, end: int, reading: Reading) -> _Place:
    kinds = [m for m in _KIND.finditer(key, start, end) if not _OTHER.search(key, start, m.start())]
    spans = reading.title_spans if index is None else reading.office_spans(index)
    named = [
        (b, e) for b, e in bodies.meeting_bodies(key) if start <= b < end and not any(s <= b < t for s, t in spans)
    ]
    if not kinds:
        return _Place(index, key, text, start, end, body=named[0] if named else None)
    chosen = _chosen(key, start, kinds)
    kind = next(name for i, name in enumerate(_KINDS) if chosen[f"k{i}"])
    return _Place(index, key, text, start, end, kind, chosen.span(), _body_beside(key, chosen, named))


def _chosen(key: str, start: int, kinds: list[re.Match[str]]) -> re.Match[str]:
    """The kind behind a word that opens a meeting, else the first; a bare `họp` only where there is no
    other.
    """
    named = [m for m in kinds if m.group().lower() != "họp"] or kinds
    return next((m for m in named if _ANCHOR.search(key, start, m.start())), named[0])


def _body_beside(key: str, kind: re.Match[str], named: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The body right behind the kind (`hội nghị Ban Thường vụ`), else the nearest one before it, else
    the first.
    """
    glue = _GLUE.match(key, kind.end())
    at = glue.end() if glue else kind.end()
    behind = next(((b, e) for b, e in named if b == at), None)
    if behind:
        return behind
    before = [(b, e) for b, e in named if e <= kind.start()]
    return before[-1] if before else (named[0] if named else None)


def _body(reading: Reading, best: _Place, places: list[_Place]) -> str | None:
    paper = reading.article.paper
    if paper and paper.genre == "resolution" and paper.document.issuer:
        return paper.document.issuer
    place = best if best.body else next((p for p in places if p.body and p.kind), None)
    place = place or next((p for p in places if p.body), None)
    if place is None or place.body is None:
        return None
    return bodies.without_bracket(place.text[place.body[0] : place.body[1]])


def _same_kind(best: _Place, places: list[_Place]) -> list[_Place]:
    return [best, *(p for p in places if p is not best and p.kind == best.kind)]


def _number(best: _Place, places: list[_Place]) -> int | None:
    """The ordinal behind the kind, or behind the body and its term, in the first sentence that gives one."""
    for place in _same_kind(best, places):
        match = _NUMBER.match(place.key, place.at[1], place.end) or _ORDINAL.match(place.key, place.at[1], place.end)
        if match is None and place.body and place.body[0] >= place.at[1]:
            match = _ORDINAL.match(place.key, place.body[1], place.end)
        if match:
            return number_of(match["n"])
    return None


def _term(best: _Place, places: list[_Place]) -> str | None:
    """The term beside the body or the kind (`khóa XV, nhiệm kỳ 2021-2026`), the longest wording."""
    found: list[str] = []
    for place in _same_kind(best, places):
        for end in [place.at[1], *([place.body[1]] if place.body else [])]:
            match = _TERM.search(place.key, end, place.end)
            if match and match.start() < end + 48 and not bodies.HEAD.search(place.key, end, match.start()):
                found.append(place.text[match.start() : match.end()].rstrip(", "))
    return max(found, key=len, default=None)


def _session(best: _Place, places: list[_Place]) -> str | None:
    for place in [best, *(p for p in places if p is not best and p.kind)]:
        for match in _SESSION.finditer(place.key, place.start, place.end):
            if not _OTHER.search(place.key, place.start, match.start()):
                return place.text[match.start() : match.end()]
    return None


def _province(reading: Reading, body: str | None, best: _Place) -> str | None:
    """As named for the body or the meeting or in the paper's header, else the outlet's home province."""
    head = reading.article.paper
    for text in (body or "", best.key[best.start : best.end], *(reading.header_lines() if head else ())):
        for match in _PROVINCE.finditer(text):
            name = match["p"]
            if not _NO_PROVINCE.match(name) and not reading.is_person(name):
                return name.title() if name.isupper() else name
    if reading.outlet and reading.outlet.province:
        return reading.outlet.province
    return None


def _place(reading: Reading, best: _Place, places: list[_Place]) -> str | None:
    for paragraph in reading.article.paragraphs[:30]:
        label = _PLACE_LABEL.search(paragraph.key)
        if label:
            return paragraph.text[label.start("place") : label.end("place")].strip()
    for told in [best, *(p for p in places if p is not best and p.kind)]:
        match = _PLACE.search(told.key, told.start, told.end)
        if told.paragraph is not None and match:
            end = _PLACE_END.search(told.key, match.start("place"), match.end("place"))
            return told.text[match.start("place") : end.start() if end else match.end("place")].strip() or None
    return None


def _clock(reading: Reading, best: _Place) -> str | None:
    for paragraph in reading.article.paragraphs[:20] if reading.article.paper else ():
        match = _TIME_LABEL.search(paragraph.key)
        found = dates.clock(paragraph.key[match.start() : match.start() + 60]) if match else None
        if found:
            return found
    match = re.search(r"(?:lúc|hồi|từ) (?=\d)", best.key[best.start : best.end])
    return dates.clock(best.key[best.start + match.end() : best.start + match.end() + 20]) if match else None


def _date(reading: Reading, best: _Place | None) -> tuple[Found | None, _Place | None]:
    """The day of the meeting: where a sentence says when it took place, else of the sentence that
    names it, else of
    the lead. A span of days that the meeting is said to last counts more than its closing day."""
    options = [(found, place) for place in _dated_order(reading, best) for found in _days(reading, place)]
    for found, place in options:
        if _TOOK_PLACE.search(place.key, place.start, place.start + found.start):
            return found, place
    for found, place in options:
        if found.last and _SPAN_OF.search(place.key, place.start, place.end):
            return found, place
    return options[0] if options else (None, None)


_TOOK_PLACE = re.compile(
    r"(?:[Kk]ỳ họp|[Pp]hiên họp|[Hh]ội nghị|[Cc]uộc họp|[Đđ]ại hội)(?: này)? (?:đã |được )?(?:diễn"
    r" ra|tổ chức|khai mạc|họp|tiến hành)(?: trong| vào)?"
    r"(?: (?:sáng|chiều|lúc|hồi|từ|hai|ba|\d)[^.;,]{0,12})?(?: ngày)? ?$"
)
_NOT_ITS_DAY = re.compile(rf"{words_of('other day')}(?: hết| từ| kể từ)?(?: ngày)? ?$")


def _days(reading: Reading, place: _Place) -> list[Found]:
    """The days in a sentence that can be the meeting's; `start` counts from the sentence."""
    return [
        found
        for found in dates.find(place.key[place.start : place.end])
        if not reading.in_citation(place.paragraph, place.start + found.start)
        and not _is_other_day(place, place.start + found.start)
    ]


def _is_other_day(place: _Place, at: int) -> bool:
    before = place.key[max(place.start, at - 40) : at]
    return bool(_NOT_ITS_DAY.search(before)) or bool(_OTHER.search(place.key, place.start, at))


_OPENS = 2
_DIGIT = re.compile(r"\d")


def _dated_order(reading: Reading, best: _Place | None) -> list[_Place]:
    """The sentences whose days count: that of the meeting, the title, the lead, then those that name a
    meeting.
    """
    order = [p for p in (best,) if p and p.paragraph is not None]
    first: int | None = None
    for index, key, text, start, end in reading.opening():
        if (best and best.paragraph == index and best.start == start) or not _DIGIT.search(key, start, end):
            continue
        first = index if first is None else first
        lead = index is None or first is None or index < (first or 0) + _OPENS
        if (lead and not reading.article.paper) or _KIND.search(key, start, end) or _TODAY.match(key, start, end):
            order.append(_Place(index, key, text, start, end))
    return sorted(order, key=lambda p: p is not best and p.paragraph is None)


_TODAY = re.compile(r"(?:Hôm nay|Thời gian|Vào (?:hồi|lúc)|Nghị quyết này (?:đã )?được|(?:Sáng|Chiều) \d)")


def _year(reading: Reading, found: Found | None, where: _Place | None) -> int | None:
    if found is None or where is None:
        return None
    if found.year:
        return found.year
    near = dates.year_of_session(found, where.key[where.start : where.end]) or dates.year_of_session(
        found, reading.title_key
    )
    if reading.published:
        return dates.year_near(found, reading.published)
    if near:
        return near
    signed = reading.article.paper.document.date if reading.article.paper else None
    return dates.year_near(found, signed) if signed else None
