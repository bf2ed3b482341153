"""Who wrote and who photographed: the lines of names around a report."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.article import Article
from corpus.tables import words_of
from corpus.text import LOWER, UPPER, clean, match_form, name_case

_CREDIT = re.compile(r"(?:Ảnh|ảnh) ?: ?(?P<name>[^:.()]{2,40}(?:\.[^:.()\s]{1,3})*\.?)\)?\.?$")
_ROLE = re.compile(
    r"^(?P<both>(?:Tin|Bài|Tin bài)[,\s]*(?:và |& ?)?[Ảả]nh|)(?P<role>(?:CTV|Cộng tác viên|Tin"
    r" bài|Tin|Bài|Ảnh|Nguồn tin|Nguồn|Tác giả(?: bài viết)?|Thực hiện|Người viết|Theo)?)\s?:?\s?"
)
_SPLIT = re.compile(r"\s+[-–—]\s+|\s?[,;&/]\s?|\s+và\s+|[–—]")
_BRACKET = re.compile(r"\s*\([^)]*\)")
_INNER_ROLE = re.compile(r"(?:Ảnh|ảnh|Bài|bài|Tin) ?: ?")
_SHAPE = re.compile(rf"^[{UPPER}][{UPPER}{LOWER}.']*(?: [{UPPER}][{UPPER}{LOWER}.']*){{0,4}}$")
_NO_NAME = re.compile(words_of("no author"), re.IGNORECASE)


def read_bylines(article: Article, outlet_name: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(authors, photographers), names in normal case; the outlet's own name is no author."""
    authors: list[str] = []
    photographers: list[str] = []
    for line in article.bylines:
        _read_line(line, authors, photographers)
    if not authors:
        authors += article.meta.authors
    for caption in article.captions:
        credit = _CREDIT.search(match_form(caption))
        if credit:
            photographers += _names(caption[credit.start("name") : credit.end("name")])
    outlet = match_form(outlet_name or "").casefold()
    return _unique(a for a in authors if match_form(a).casefold() != outlet), _unique(photographers)


def _read_line(line: str, authors: list[str], photographers: list[str]) -> None:
    """One byline: `Tin, ảnh: A`, `Tin: A – Ảnh: B`, `A – B`, `Theo A`."""
    pieces = (
        re.split(r"(?=(?:Ảnh|ảnh) ?:)", line) if re.search(r".(?:Ảnh|ảnh) ?:", line) and ", ảnh" not in line else [line]
    )
    for piece in pieces:
        piece = clean(piece).strip(" -–—,;")
        role = _ROLE.match(match_form(piece))
        rest = piece[role.end() :] if role else piece
        found = _names(rest)
        if role and role["role"] == "Theo":  # another paper, unless it has the form of a name
            found = [name for name in found if " " in name]
        both = bool(role and role["both"])
        if (role and not both and role["role"] == "Ảnh") or piece.startswith("ảnh"):
            photographers += found
        else:
            authors += found
            photographers += found if both else []


def _names(text: str) -> list[str]:
    plain = _INNER_ROLE.sub("", _BRACKET.sub("", text))
    parts = [clean(part).strip(" .") if part.count(".") < 2 else clean(part) for part in _SPLIT.split(plain)]
    return [
        name_case(part) for part in parts if _SHAPE.match(match_form(part)) and not _NO_NAME.search(match_form(part))
    ]


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
