"""Choices, redirects, long addresses, faults, limits."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from flask.testing import FlaskClient

from corpus.errors import BienbanError
from indexer import Collection
from tests.web.conftest import Place, made, reader
from tests.web.dom import Page
from webapp import links, settings

AWAY = (
    "//evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n//evil.example",
    " //evil.example",
    "javascript:alert(1)",
    "evil.example",
    "",
)


@pytest.mark.parametrize("target", AWAY)
def test_a_choice_never_leads_to_another_site(client: FlaskClient, target: str) -> None:
    reply = client.post("/preferences", data={"theme": "dark", "next": target})
    assert reply.status_code == 303 and reply.headers["Location"] == "/"


def test_a_choice_is_kept_and_leads_back(client: FlaskClient) -> None:
    reply = client.post("/preferences", data={"theme": "dark", "next": "/search?q=n%C6%B0%E1%BB%9Bc&page=2"})
    assert reply.headers["Location"] == "/search?q=n%C6%B0%E1%BB%9Bc&page=2"
    cookie = reply.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie
    page = Page(client.get("/search?q=nước&page=2").text)
    assert page.one("html")["data-theme"] == "dark"
    pressed = [one["value"] for one in page.all("button") if one.attributes.get("aria-pressed") == "true"]
    assert pressed == ["vi", "dark"]
    assert page.all("input", name="next")[0]["value"] == "/search?q=n%C6%B0%E1%BB%9Bc&page=2"


@pytest.mark.parametrize("chosen", [{}, {"theme": "x"}, {"lang": "fr"}, {"theme": "dark", "lang": "<b>"}])
def test_an_unknown_choice_is_refused(client: FlaskClient, chosen: dict[str, str]) -> None:
    reply = client.post("/preferences", data={**chosen, "next": "/"})
    assert reply.status_code == 400 and "Set-Cookie" not in reply.headers


def test_a_foreign_cookie_is_ignored(client: FlaskClient) -> None:
    client.set_cookie("theme", '"><script>')
    client.set_cookie("lang", "../../etc/passwd")
    page = Page(client.get("/").text)
    assert "data-theme" not in page.one("html").attributes and page.one("html")["lang"] == "vi"


def test_slashes_are_not_redirected(client: FlaskClient) -> None:
    for path in ("/r//x", "/d//12-NQ/TU", "/search/", "//evil.example//"):
        reply = client.open(path="/", environ_overrides={"PATH_INFO": path})
        assert reply.status_code in (200, 404), path


def test_a_long_address_is_refused_politely(client: FlaskClient) -> None:
    reply = client.get("/search?q=" + "x" * 8000)
    assert reply.status_code == 414 and len(reply.data) < 8000
    assert Page(reply.text).one("h1").text == "Địa chỉ quá dài"
    reply = client.get("/api/v1/search?q=" + "x" * 8000)
    assert reply.status_code == 414 and reply.json is not None and reply.json["error"]["code"] == "address_too_long"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("address", ["/", "/search?q=a", "/r/x", "/d/1-NQ/TU", "/api/v1/search", "/healthz"])
def test_pages_are_only_for_reading(client: FlaskClient, address: str, method: str) -> None:
    reply = client.open(address, method=method)
    assert reply.status_code == 405 and "GET" in reply.headers["Allow"]


def test_a_large_form_is_refused(client: FlaskClient) -> None:
    assert client.post("/preferences", data={"theme": "dark", "next": "/" * 20_000}).status_code == 413


def lose_the_tables(place: Place) -> None:
    """As if another program had written into the store."""
    with closing(sqlite3.connect(place.home.database)) as database:
        database.execute("ALTER TABLE records RENAME TO a_secret_of_the_house")


def spoil_the_originals(place: Place) -> None:
    """As a failing disk does."""
    with closing(sqlite3.connect(place.home.database)) as database:
        database.execute("UPDATE originals SET data = CAST('spoilt' AS BLOB)")
        database.commit()


@pytest.mark.parametrize(
    ("address", "damage"),
    [
        ("/search?q=hội", lose_the_tables),
        ("/", lose_the_tables),
        ("/r/bay", lose_the_tables),
        ("/api/v1/search?q=hội", lose_the_tables),
        ("/healthz", lose_the_tables),
        ("/r/bay/source", spoil_the_originals),
    ],
)
def test_a_fault_is_said_without_its_details(
    own: Place, address: str, damage: Callable[[Place], None], caplog: pytest.LogCaptureFixture
) -> None:
    client = reader(made(own.collection))
    damage(own)
    with caplog.at_level(logging.ERROR):
        reply = client.get(address)
    assert reply.status_code == 500
    for secret in ("records", "Traceback", "SELECT", "damaged", str(own.home.root)):
        assert secret not in reply.text
    (record,) = caplog.records
    assert record.exc_info, "the log has the details"
    mark = record.getMessage().partition(":")[0]
    if address.startswith(("/api/", "/healthz")):
        assert reply.json is not None and reply.json["error"]["code"] == "internal_error"
    else:
        assert mark in Page(reply.text).one("main").text, "the code on the page is that of the log"


@pytest.mark.parametrize("address", ["/search?q=a", "/api/v1/search?q=a"])
def test_searches_are_limited(collection: Collection, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("BIENBAN_SEARCHES_PER_MINUTE", "3")
    client = reader(made(collection, rate_limit=True))
    replies = [client.get(address) for _ in range(4)]
    assert [reply.status_code for reply in replies] == [200, 200, 200, 429]
    assert int(replies[-1].headers["Retry-After"]) > 0
    assert client.get("/about").status_code == 200 and client.get("/healthz").status_code == 200


@pytest.mark.parametrize(("argument", "variable"), [(False, "1"), (True, "0")])
def test_limits_can_be_switched_off(
    collection: Collection, monkeypatch: pytest.MonkeyPatch, argument: bool, variable: str
) -> None:
    monkeypatch.setenv("BIENBAN_SEARCHES_PER_MINUTE", "1")
    monkeypatch.setenv("BIENBAN_RATE_LIMIT", variable)
    client = reader(made(collection, rate_limit=argument))
    assert [client.get("/search?q=a").status_code for _ in range(3)] == [200, 200, 200]


def test_a_setting_that_is_no_number_is_said() -> None:
    assert settings.read({"BIENBAN_RATE_LIMIT": ""})["rate_limit"] == 1
    with pytest.raises(BienbanError, match=r"BIENBAN_RATE_LIMIT: a whole number is needed, not 'off'"):
        settings.read({"BIENBAN_RATE_LIMIT": "off"})


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://bao.example/a", "https://bao.example/a#:~:text=b%C3%A0n%2C%20c%2Dd"),
        ("http://bao.example/a#x", "http://bao.example/a#x:~:text=b%C3%A0n%2C%20c%2Dd"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("ftp://bao.example/", None),
        ("//bao.example/", None),
        ("https://", None),
        ("http://[", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(url: str | None, link: str | None) -> None:
    assert links.source(url, "bàn, c-d") == link
