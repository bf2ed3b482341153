"""Keys and ids."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.identity import canonical_url, id_of, key_of
from corpus.record import Source
from tests.reports import report

SAME = [
    ("https://baolamkhe.example/a.html", "http://www.baolamkhe.example/a.html?utm_source=x&fbclid=1#top"),
    ("https://baolamkhe.example/a?b=1&c=2", "https://BAOLAMKHE.example:443/a?c=2&zarsrc=30&b=1"),
    ("https://baolamkhe.example/tin/họp", "https://baolamkhe.example/tin/h%E1%BB%8Dp"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_page_has_one_address(one: str, other: str) -> None:
    assert canonical_url(one) == canonical_url(other)


def test_other_pages_have_other_addresses() -> None:
    urls = [
        "https://a.example/x?id=1",
        "https://a.example/x?id=2",
        "https://a.example/y",
        "https://b.example/x?id=1",
    ]
    assert len({canonical_url(url) for url in urls}) == len(urls)


@pytest.mark.parametrize("url", ["ftp://a.example/x", "javascript:alert(1)", "file:///etc/passwd", "https://", "x"])
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"address|port|netloc|valid"):
        canonical_url(url)


@given(st.text(max_size=80))
def test_canonical_addresses_are_a_fixed_point(path: str) -> None:
    try:
        once = canonical_url(f"https://a.example/{path}")
    except ValueError:
        return
    assert canonical_url(once) == once


def test_the_key_is_address_then_path_then_id_then_text() -> None:
    both = report("Tin", "một", source=Source(url="https://a.example/1"), id="abc")
    assert key_of(both, "/x") == "url:https://a.example/1"
    assert key_of(report("Tin", "một", id="abc"), "/x") == "file:/x"
    assert key_of(report("Tin", "một", id="abc")) == "id:abc"
    assert key_of(report("Tin", "một")) == key_of(report("Tin", "một")) != key_of(report("Tin", "hai"))


def test_a_given_id_is_kept_where_an_address_can_hold_it() -> None:
    assert id_of("id:abc-1") == "abc-1"
    assert id_of("id:../../etc") != "../../etc"
    assert id_of("url:https://a.example/1") == id_of("url:https://a.example/1")
    assert len(id_of("file:/x")) == 12
