"""The fast roads of the analysis give exactly what the plain one gives, for every text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis import analyse, analyse_words, keys_of, surface_key
from indexer.analysis.chunks import CHUNKS, LIMIT, Cache
from indexer.analysis.whole import analyse_whole

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
NASTY = [
    "",
    " \n ",
    "T. Ư Đảng họp",
    "cấp T.\nƯ",
    "ĐẦU TƯ CÔNG",
    "vốn ĐẦU TƯ và TƯ",
    "NQ/TƯ ngày 5.",
    "Nghị quyết số\n101",
    "101\nNQ TU",
    "QĐ  5, QĐ 5 ",
    "các Quyết định số 456, 457 , 458 và số 459-QĐ/TU, 460",
    "Thông báo : 12 - a - b - c - d - e - g - h - i / k12",
    "kế hoạch số 5 năm 12/2020",
    "ngày 23 tháng 12 năm 2020, tháng 1 - 2021, 5 / 6 / 2021, 5. 6.2021",
    "số 144 /2002/QĐ/BTC, 101–NQ/TU, NQ- 7, 8NQ TU",
    "tỷ\u200blệ 5\u00ad8 \ufeff a\u0301\u0323 \u0301b",
    "\u09c7\u09be \u09cb a\u0301",
    "hết; … Lý 1.250.000,5 (350km) covid19",
]
PIECES = [
    *"aàđĐ 0123./-,;: \n\u0301\u0302\u200b\u00adTƯtư–\u2044\u00a0",
    *(" số ", "Nghị quyết ", " nghị", " quyết ", " tháng ", "năm 2020", " NQ", "-TU", "/TU ", " và ", "101", "QĐ "),
    *("12/5/2020", "T. Ư", " TƯ ", "/2022", " đã ", "kỹ ", "\u09cb "),
]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=30).map("".join))


def agree(texts: list[str]) -> None:
    plain = [analyse_whole(text) for text in texts]
    for text, read in zip(texts, plain, strict=True):
        assert analyse(text) == read
        words = analyse_words(text)
        assert (words.tokens, words.exact, words.folded) == (read.tokens, read.exact, read.folded)
        assert not words.identifiers
    keys = keys_of(texts)
    assert keys.exact == [key for read in plain for key in read.exact]
    assert keys.joined == bytes(token.joined for read in plain for token in read.tokens)
    assert keys.parts == [len(read.tokens) for read in plain]
    assert keys.numbers == [term for read in plain for each in read.identifiers for term in each.terms]
    assert keys.surfaces == [key for read in plain for token in read.tokens if (key := surface_key(token.text))]


@given(st.lists(TEXTS, max_size=4))
@settings(max_examples=600, deadline=None)
def test_every_text(texts: list[str]) -> None:
    agree(texts)


@pytest.mark.parametrize("text", NASTY)
def test_texts_that_rules_look_across(text: str) -> None:
    agree([text])
    agree([text, "Họp", text])


@pytest.mark.parametrize("path", sorted((ROOT / "corpus" / "demo").glob("*.*")), ids=lambda path: path.name)
def test_written_reports(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    agree([text])
    agree(re.split(r"\n+", text))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the texts beside the checkout are not here")
def test_real_texts() -> None:
    texts = [
        path.read_text(encoding="utf-8", errors="replace")
        for folder in ("articles", "reports", "files")
        for path in sorted((SHARED / folder).glob("*.*"))
        if path.suffix in (".txt", ".md", ".html", ".json")
    ]
    passages = json.loads((SHARED / "data" / "xquad.vi.json").read_text(encoding="utf-8"))["data"]
    texts += [passage["context"] for article in passages for passage in article["paragraphs"]]
    for text in texts:
        agree([text])
        agree(text.split("\n"))


def test_a_cache_never_holds_more_than_its_bound() -> None:
    cache = Cache(len)
    for number in range(3 * LIMIT):
        assert cache[str(number)] == len(str(number))
        assert cache["hội"] == 3
    assert len(cache) <= LIMIT
    assert len(cache._old) <= LIMIT
    assert "hội" in cache


def test_long_chunks_are_not_remembered() -> None:
    chunk = "a" * 500
    assert keys_of([chunk]).exact == [chunk]
    assert chunk not in CHUNKS
