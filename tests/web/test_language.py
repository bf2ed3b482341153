"""Which language a reader gets, and whether the catalogues are complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

import corpus
from tests.web.conftest import reader
from tests.web.dom import Page
from tests.web.messages import msgids
from webapp import labels
from webapp.language import LANGUAGES, catalogue

OTHERS = [language for language in LANGUAGES if language != "vi"]


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_translated_and_none_is_left_over(language: str) -> None:
    translated = {}
    for message in catalogue(language):
        if message.id:
            id_ = message.id if isinstance(message.id, str) else message.id[0]
            forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))
            assert all(forms) and not message.fuzzy, id_
            translated[id_] = forms
    assert msgids() - set(translated) == set(), "not translated"
    assert set(translated) - msgids() == set(), "no longer used"
    for id_, forms in translated.items():
        names = set(re.findall(r"%\((\w+)\)s", id_))
        for form in forms:
            assert set(re.findall(r"%\((\w+)\)s", form)) <= names, id_
            assert names - set(re.findall(r"%\((\w+)\)s", form)) <= {"n"}, id_
            assert not re.search(r"%(?!\()", form), id_


@pytest.mark.parametrize(
    ("asked", "cookie", "browser", "shown"),
    [
        ("", None, "vi-VN,vi;q=0.9,en;q=0.8", "vi"),
        ("", None, "en-US,en;q=0.9", "en"),
        ("", None, "fr-FR", "vi"),
        ("", None, "", "vi"),
        ("", "en", "vi", "en"),
        ("?lang=vi", "en", "en", "vi"),
        ("?lang=xx", None, "en", "en"),
    ],
)
def test_address_before_cookie_before_browser(
    app: Flask, asked: str, cookie: str | None, browser: str, shown: str
) -> None:
    client = reader(app, browser)
    if cookie:
        client.set_cookie("lang", cookie)
    reply = client.get(f"/about{asked}")
    assert Page(reply.text).one("html")["lang"] == shown
    assert {"Accept-Language", "Cookie"} <= set(reply.vary)


def test_the_language_of_an_address_is_kept_while_reading(app: Flask) -> None:
    client = reader(app, "vi")
    page = Page(client.get("/search?q=nước&lang=en").text)
    ours = [one["href"] for one in page.all("a") if one["href"].startswith("/")]
    assert ours and all("lang=en" in address for address in ours)
    assert {one["value"] for one in page.all("input", name="lang")} == {"en"}
    # choosing a language must not be undone by the address that is led back to
    assert all("lang" not in one["value"] for one in page.all("input", name="next"))


def test_a_chosen_language_stays(app: Flask) -> None:
    client = reader(app, "vi")
    client.post("/preferences", data={"lang": "en", "next": "/about"})
    assert Page(client.get("/").text).one("html")["lang"] == "en"


def test_an_english_page_keeps_the_words_of_the_source(app: Flask) -> None:
    page = Page(reader(app, "en").get("/search?q=mường+cọ").text)
    assert page.one("h2", id="dem").text.startswith("2 reports in ")
    hit = page.classed("hit")[1].text
    assert "14 May 2023 Sunday" in hit and "Views given 1" in hit and "chaired by Vi Thị Thanh Hà" in hit
    assert all(one.attributes.get("lang") == "vi" for one in page.all("h3") if "họp" in one.text)


def test_a_fact_in_english(app: Flask, ids: dict[str, str]) -> None:
    page = Page(reader(app, "en").get(f"/r/{ids['nuoc-sach']}").text)
    facts = {one.text for one in page.all("a") if "data-p" in one.attributes}
    assert "Vi Thị Thanh Hà, chair, Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy" in facts
    assert "5,790 tỷ đồng thu ngân sách" in facts
    assert "Sở Tài chính bố trí vốn Due: 30 Sep 2023, past" in facts
    assert "The text announces how many items there are; it may not name them all." in page.classed("note")[0].text


def test_errors_are_told_in_the_language_of_the_reader(app: Flask) -> None:
    client = reader(app, "en")
    assert "There is no day 31/6/2023" in client.get("/search?from=31/6/2023").text
    assert client.get("/api/v1/search?page=0").json == {
        "error": {"code": "bad_parameter", "message": "page: A number from 1 to 1,000,000 is needed"}
    }
    assert Page(client.get("/r/x").text).one("h1").text == "No such page"


def test_every_warning_of_the_parser_has_words() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(corpus.__file__).parent.rglob("*.py"))
    given = set(re.findall(r"Warning\(code=\"(\w+)\"", sources))
    assert given and given == set(labels.WARNINGS)


def test_every_table_of_words_is_marked_for_translation() -> None:
    words = [
        *labels.GENRES.values(), *labels.PARTS.values(), *labels.STATUSES.values(), *labels.NOTES.values(),
        *labels.HINTS.values(), *labels.WARNINGS.values(), *labels.MEDIA.values(), *labels.SORTS.values(),
        *labels.THEMES.values(),
        *(sign.label for sign in labels.SIGNS.values()), *(one.title for one in labels.FACETS.values()),
        *(one.more for one in labels.FACETS.values()),
    ]  # fmt: skip
    assert set(words) <= msgids()
