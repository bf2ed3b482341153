"""What holds on every page."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer import Collection
from tests.web.conftest import Open, addressed, made, reader
from tests.web.dom import Page
from webapp import headers

PAGES = (
    ("/", 200),
    ("/search", 200),
    ("/search?q=nuoc+sach", 200),
    ("/search?q=12-NQ/TU", 200),
    ("/search?q=khongcogi&year=2023", 200),
    ("/search?q=a&from=31/6/2023", 400),
    ("/search?nofield=1", 400),
    ("/r/nuoc-sach", 200),
    ("/r/hoi-dong-truong", 200),
    ("/r/to-tu-quan", 200),
    ("/r/bay", 200),
    ("/r/da-go", 410),
    ("/r/khong-co", 404),
    ("/d/12-NQ/TU", 200),
    ("/d/77-KL/TU", 404),
    ("/about", 200),
    ("/help", 200),
)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("address", "status"), PAGES)
def test_is_well_made(app: Flask, ids: dict[str, str], address: str, status: int, language: str) -> None:
    client = reader(app, language)
    reply = client.get(addressed(address, ids))
    assert reply.status_code == status
    page = Page(reply.text)
    assert page.one("html")["lang"] == language
    assert page.one("h1").text
    assert page.one("title").text.endswith("Biên Bản") or address == "/"
    assert page.all("a")[0]["href"] == "#chinh" and page.one("main")["id"] == "chinh"
    named = [one["id"] for one in page.elements if "id" in one.attributes]
    assert len(named) == len(set(named)), "an id stands twice"
    inside = [one["href"][1:] for one in page.all("a") if one["href"].startswith("#")]
    assert set(inside) <= set(named), "a link within the page leads nowhere"
    labels = {one["for"] for one in page.all("label")}
    fields = [one for one in page.all("input") if one["type"] != "hidden"]
    assert all(one["id"] in labels for one in fields)


@pytest.mark.parametrize(("address", "status"), PAGES)
def test_runs_only_our_script_and_asks_nothing_elsewhere(
    client: FlaskClient, ids: dict[str, str], address: str, status: int
) -> None:
    reply = client.get(addressed(address, ids))
    page = Page(reply.text)
    (script,) = page.all("script")
    assert script["src"].startswith("/static/suggest.js") and "defer" in script.attributes and not script.text
    assert not page.all("iframe") and not page.all("img")
    for one in page.elements:
        assert "style" not in one.attributes, "the policy forbids styles in the page"
        assert not any(name.startswith("on") for name in one.attributes)
    fetched = [one["href"] for one in page.all("link") if one["rel"] in ("stylesheet", "icon")]
    assert all(address.startswith(("/static/", "data:")) for address in fetched)
    assert reply.headers["Content-Security-Policy"] == headers.POLICY
    assert "script-src 'self'; connect-src 'self';" in headers.POLICY and "unsafe" not in headers.POLICY
    assert headers.POLICY.startswith("default-src 'none'")
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.headers["Referrer-Policy"] == "no-referrer"


def test_every_link_of_ours_leads_somewhere(client: FlaskClient, ids: dict[str, str]) -> None:
    followed: set[str] = set()
    for address, _ in PAGES:
        reply = client.get(addressed(address, ids))
        links = {one["href"].partition("#")[0] for one in Page(reply.text).all("a") if one["href"].startswith("/")}
        for link in links - followed:
            assert client.get(link).status_code == 200, (address, link)
        followed |= links
    assert len(followed) > 50


def test_says_that_demo_is_invented(open_: Open, ids: dict[str, str]) -> None:
    assert open_("/").classed("demo") and open_("/about").classed("demo")
    assert open_(f"/r/{ids['duong-lien-xa']}").classed("demo")
    assert not open_(f"/r/{ids['nuoc-sach']}").classed("demo")


def test_says_nothing_of_demo_where_there_is_none(without_demo: Collection) -> None:
    client = reader(made(without_demo))
    assert not Page(client.get("/").text).classed("demo")


def test_style_sheet_is_served_under_its_hash(client: FlaskClient, open_: Open) -> None:
    address = open_("/").one("link", rel="stylesheet")["href"]
    reply = client.get(address)
    assert reply.status_code == 200 and reply.mimetype == "text/css"
    assert re.search(r"\?v=[0-9a-f]{8}$", address)
    assert "max-age=2592000" in reply.headers["Cache-Control"]
