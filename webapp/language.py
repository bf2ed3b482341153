"""The reader's language and its words.

The words of the page are written in Vietnamese and are the message ids; every other language is a
catalogue `translations/LANGUAGE.po`, read as it is.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from flask import g, has_request_context, request
from markupsafe import Markup

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
DEFAULT = "vi"
COOKIE = "lang"
TRANSLATIONS = Path(__file__).parent / "translations"


def N_(msgid: str) -> str:
    """Marks words of a table for the catalogue; they are translated where they are shown."""
    return msgid


@cache
def catalogue(language: str) -> Catalog:
    """The catalogue of a language other than Vietnamese."""
    with (TRANSLATIONS / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def explicit() -> str | None:
    """The language that the address asks for with `lang=`, None where it asks for none of ours."""
    return next((value for value in request.args.getlist("lang") if value in LANGUAGES), None)


def current() -> str:
    """By `lang=` in the address, else the cookie, else what the browser prefers, else Vietnamese."""
    if not has_request_context():
        return DEFAULT
    if "language" not in g:
        kept = request.cookies.get(COOKIE)
        g.language = explicit() or (kept if kept in LANGUAGES else None) or _preferred()
    language: str = g.language
    return language


def _preferred() -> str:
    return request.accept_languages.best_match(list(LANGUAGES), DEFAULT) or DEFAULT


def gettext(msgid: str, **values: Any) -> str:
    """`msgid` in the reader's language, `%(name)s` filled in; numbers are grouped as there.

    The value `n` chooses between one and many. With a Markup among the values the result is
    Markup, the other values escaped.
    """
    text = _text(msgid, values.get("n"))
    shown = {name: number(value) if isinstance(value, int | float) else value for name, value in values.items()}
    if any(isinstance(value, Markup) for value in shown.values()):
        return Markup(text) % shown
    return text % shown if shown else text


def _text(msgid: str, n: Any) -> str:
    if current() == DEFAULT:
        return msgid
    message = catalogue(current()).get(msgid)
    if message is None or not message.string:
        return msgid
    if isinstance(message.string, str):
        return message.string
    return message.string[0 if n == 1 else 1]


def number(value: float) -> str:
    """A number with the separators of the reader's language: 5.835 and 61,4, or 5,835 and 61.4."""
    return format_decimal(value, "#,##0.######", locale=current())
