"""The query string of a search → indexer.page.Request. One table; the help page shows the same rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from corpus.errors import QueryError
from indexer.page import FACETS, Request
from webapp import labels
from webapp.language import LANGUAGES, N_
from webapp.language import gettext as _

# added to links by those who count visits; they ask for nothing
IGNORED = re.compile(r"utm_|(fbclid|gclid|zarsrc)\Z")
LAST_PAGE = 1_000_000
LARGEST_LIMIT = 100

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_DIGITS = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")


class _Malformed(ValueError):
    """Why a value is refused, in the reader's language."""


def day(given: str) -> str:
    """An ISO day, d/m/yyyy or ddmmyyyy → the ISO day. Raises ValueError with the reason to show."""
    text = given.strip()
    if found := _ISO.fullmatch(text):
        year, month, number = map(int, found.groups())
    elif found := _SLASHED.fullmatch(text) or _DIGITS.fullmatch(text):
        number, month, year = map(int, found.groups())
    else:
        raise _Malformed(_("Ngày viết như 18/9/2026 hoặc 18092026"))
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        raise _Malformed(_("Không có ngày %(given)s", given=f"{number}/{month}/{year:04}")) from None


def _year(given: str) -> str:
    if not re.fullmatch(r"[0-9]{1,4}", given.strip()):
        raise _Malformed(_("Năm viết bằng bốn chữ số"))
    return str(int(given))


def _between(low: int, high: int) -> Callable[[str], int]:
    def read(given: str) -> int:
        text = given.strip()
        if re.fullmatch(r"[0-9]{1,9}", text) and low <= int(text) <= high:
            return int(text)
        raise _Malformed(_("Cần một số từ %(low)s đến %(high)s", low=low, high=high))

    return read


def _one_of(values: Iterable[str]) -> Callable[[str], str]:
    def read(given: str) -> str:
        if given in values:
            return given
        raise _Malformed(_("Chỉ có: %(values)s", values=", ".join(values)))

    return read


def _switch(given: str) -> bool:
    return _one_of(("0", "1"))(given) == "1"


def _typed(given: str) -> str:
    return given


def _text(given: str) -> str:
    return unicodedata.normalize("NFC", given.strip())


@dataclass(frozen=True)
class Parameter:
    """A parameter: how it is read, what it fills in a Request (None: nothing), its line of help."""

    name: str
    read: Callable[[str], Any]
    help: str
    field: str | None = None
    api_only: bool = False


PARAMETERS = (
    Parameter("q", _typed, N_("chữ cần tìm"), "q"),
    Parameter("page", _between(1, LAST_PAGE), N_("trang, từ 1"), "page"),
    Parameter("limit", _between(1, LARGEST_LIMIT), N_("số bản tin một trang, 1–100, thường là 10"), "limit"),
    Parameter("from", day, N_("từ ngày họp, không rõ thì ngày đăng"), "date_from"),
    Parameter("to", day, N_("đến hết ngày ấy"), "date_to"),
    Parameter("body", _text, N_("cơ quan họp; nhắc lại tên tham số là “hoặc”")),
    Parameter("person", _text, N_("người được nêu tên")),
    Parameter("document", _text, N_("số văn bản được nhắc")),
    Parameter("outlet", _text, N_("mã báo, không có mã thì tên báo")),
    Parameter("kind", _text, N_("loại cuộc họp")),
    Parameter("province", _text, N_("tỉnh")),
    Parameter("year", _year, N_("năm họp")),
    Parameter("sort", _one_of(labels.SORTS), N_("thứ tự: relevance, newest, oldest"), "sort"),
    Parameter("lang", _one_of(LANGUAGES), N_("tiếng của trang: vi, en")),
    Parameter("literal", _switch, N_("1: đúng chữ đã gõ, không đoán kiểu gõ hay dấu"), "literal"),
    Parameter("explain", _switch, N_("1: kèm cách tính điểm (chỉ API)"), "explain", api_only=True),
)
BY_NAME = {parameter.name: parameter for parameter in PARAMETERS}


def parse(given: Iterable[tuple[str, list[str]]], *, api: bool = False) -> Request:
    """The request that a query string asks for, given as names with their values.

    An empty value is no value; a facet may be repeated. Raises QueryError, its message in the
    reader's language, for a parameter that is unknown, malformed or given twice.
    """
    fields: dict[str, Any] = {}
    facets: dict[str, tuple[str, ...]] = {}
    for name, values in given:
        if IGNORED.match(name):
            continue
        parameter = BY_NAME.get(name)
        if parameter is None or (parameter.api_only and not api):
            raise QueryError(name, _("Không có tham số “%(name)s”", name=name[:40]))
        read = [_read(parameter, value) for value in values if value.strip()]
        if name in FACETS:
            facets |= {name: tuple(dict.fromkeys(read))} if read else {}
        elif len(read) > 1:
            raise QueryError(name, _("Tham số “%(name)s” chỉ nêu một lần", name=name))
        elif read and parameter.field:
            fields[parameter.field] = read[0]
    return Request(facets=facets, **fields)


def typed(given: Iterable[tuple[str, list[str]]]) -> str:
    """The `q` of a request that takes nothing else (and the language). Raises QueryError as `parse` does."""
    kept = [(name, values) for name, values in given]
    for name, _values in kept:
        if name not in ("q", "lang") and not IGNORED.match(name):
            raise QueryError(name, _("Không có tham số “%(name)s”", name=name[:40]))
    return parse(kept, api=True).q


def _read(parameter: Parameter, value: str) -> Any:
    try:
        return parameter.read(value)
    except _Malformed as reason:
        raise QueryError(parameter.name, f"{parameter.name}: {reason}") from None
