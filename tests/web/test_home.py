"""The start page, the page about the collection, the help."""

from __future__ import annotations

from flask.testing import FlaskClient

from corpus.home import Home
from indexer import Collection
from tests.web.conftest import Open, made, reader
from tests.web.dom import Page
from webapp.pages import without_marks
from webapp.parameters import PARAMETERS


def test_shows_what_the_collection_holds(open_: Open) -> None:
    page = open_("/")
    assert "5 bản tin và biên bản họp, 2022–2023" in page.one("main").text
    titles = [one.text for one in page.classed("line")]
    assert len(titles) == 1 and "UBND tỉnh Lam Khê họp phiên thường kỳ tháng 11" in titles[0]
    assert page.link("12-NQ/TU") == "/d/12-NQ/TU"
    assert page.link("Huyện ủy Nậm Rốm bàn").startswith("/r/")
    assert "Không rõ ngày" in page.one("main").text and "đăng 14/6/2022" in page.one("main").text


def test_bodies_lead_to_the_search_narrowed_to_them(open_: Open) -> None:
    links = [one["href"] for one in open_("/").all("a") if one.text == "UBND tỉnh Lam Khê"]
    found = open_(links[0])
    assert found.one("h2", id="dem").text.startswith("1 bản tin")


def test_examples_find_something(client: FlaskClient, open_: Open) -> None:
    for address in ("/", "/help"):
        examples = [one["href"] for one in open_(address).all("a") if "/search?q=" in one["href"]]
        assert len(examples) >= 3
        for example in examples:
            assert "bản tin" in Page(client.get(example).text).classed("tally")[0].text


def test_an_empty_collection_says_how_to_fill_it(home: Home) -> None:
    page = Page(reader(made(Collection(home))).get("/").text)
    assert "bienban add" in page.one("main").text and "0 bản tin" in page.one("main").text


def test_about_counts(open_: Open) -> None:
    counts = open_("/about").classed("big")[0].text
    assert "Bản tin và biên bản 5" in counts and "2022–2023" in counts


def test_help_names_every_parameter(open_: Open) -> None:
    named = {one.text for one in open_("/help").all("code")}
    assert {parameter.name for parameter in PARAMETERS} <= named


def test_help_shows_how_to_filter_while_typing(client: FlaskClient, open_: Open) -> None:
    assert Page(client.get(open_("/help").link("từ:2022 đến:2023")).text).classed("hit")


def test_without_marks() -> None:
    assert without_marks("Đoàn Mạnh Thường, Hoà Kiều") == "doan manh thuong, hoa kieu"
