"""The door of the parser: formats and encodings, refusals, and that nothing else is ever raised."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import NotAnArticle, SourceError
from corpus.parse import parse
from corpus.readers import LIMIT, read

PAGES = Path(__file__).parent / "pages"
TEXT = (PAGES / "banner_is_no_publication" / "source.txt").read_text(encoding="utf-8")
HTML = (PAGES / "old_page_of_tables" / "source.html").read_text(encoding="utf-8")


def viet(text: str) -> bytes:
    """windows-1258: vowels with hat or horn are one byte, tone marks are combining."""
    out = bytearray()
    for letter in unicodedata.normalize("NFC", text):
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            tone = next((m for m in "\u0300\u0301\u0303\u0309\u0323" if m in unicodedata.normalize("NFD", letter)), "")
            plain = unicodedata.normalize("NFC", unicodedata.normalize("NFD", letter).replace(tone, ""))
            out += (plain + tone).encode("cp1258", errors="replace")
    return bytes(out)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        unicodedata.normalize("NFD", TEXT).encode(),
        TEXT.replace("\n", "\r\n").encode(),
        viet(TEXT.replace("–", "-")),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-le", "utf-16-be", "nfd", "crlf", "cp1258"],
)
def test_the_same_text_in_every_encoding(data: bytes) -> None:
    record = parse(data, "a.txt")
    assert record.title == "Thường trực HĐND huyện Đồng Sậy họp phiên tháng 3"
    assert record.chair is not None and record.chair.name == "Lường Văn Toán"
    assert record.meeting_date == "2023-03-09" and record.authors == ("Minh Khuê", "Tú Anh")


def test_a_page_in_windows_1258_with_a_false_charset() -> None:
    record = parse(viet(HTML), "a.html")
    assert record.title == "Chọn ba bản làm điểm trồng mắc ca"
    assert record.chair is not None and record.chair.name == "Mùa A Chống"


def test_bytes_decide_the_format() -> None:
    assert read(HTML.encode(), "a.txt").media_type == "text/html"
    assert read(TEXT.encode(), "a.html").media_type == "text/plain"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"%PDF-1.7 x", "PDF"),
        (b"PK\x03\x04abc", "zip"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"x" * (LIMIT + 1), "larger"),
    ],
    ids=["nothing", "blanks", "pdf", "zip", "binary", "png", "large"],
)
def test_what_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(SourceError) as caught:
        parse(data, "một tệp.txt")
    assert str(caught.value).startswith("một tệp.txt: ") and words in str(caught.value)
    assert "\n" not in str(caught.value)


LIST = "".join(
    f"<h3><a href='/{i}'>Tin thứ {i} của mục thời sự trong ngày hôm nay</a></h3><p>Vài dòng tóm tắt.</p>"
    for i in range(30)
)


@pytest.mark.parametrize(
    "data",
    [
        b"hello",
        "Danh bạ\nHọ và tên\nĐiện thoại".encode(),
        f"<html><body><h1>Thời sự</h1>{LIST}</body></html>".encode(),
        b"<html><body><nav><a href='/'>x</a></nav></body></html>",
        b'{"title": "x", "paragraphs": []}',
    ],
    ids=["word", "form", "list", "no text", "json"],
)
def test_what_is_no_article(data: bytes) -> None:
    with pytest.raises(NotAnArticle):
        parse(data, "trang.html")


def test_an_empty_form_is_marked() -> None:
    form = (
        "UBND XÃ …………\nSố: ……/BB-UBND\n\nBIÊN BẢN\nHọp ……………………\n\nThời gian bắt đầu: ………………………………\n\n"
        "Địa điểm: ……………………………………\n\n"
        "Thành phần tham dự gồm đại diện các tổ chức trong xã: ………………\n\n"
        "Chủ trì: ………………………\n\nThư ký: ………………………\n\nNội dung theo diễn biến của cuộc họp, ghi đủ ý: ………\n"
    )
    assert "empty_form" in {w.code for w in parse(form.encode(), "mau.txt").warnings}


def test_address_gives_the_outlet_and_the_province() -> None:
    plain = TEXT.replace("LKO-", "")
    record = parse(plain.encode(), "a.txt", "https://www.baolamkhe.example/tin/1.html")
    assert (record.outlet_code, record.outlet_name) == (None, "Lam Khê Online")
    assert record.source.url == "https://www.baolamkhe.example/tin/1.html"
    assert record.meeting is not None and record.meeting.province == "Lam Khê"


WORDS = st.sampled_from(
    [
        *TEXT.split(),
        "giao",
        "đồng chí",
        ";",
        ":",
        "số",
        "12/3",
        "-",
        "\n",
        "\n\n",
        "Ảnh:",
        "khóa",
        "thứ",
        "1.",
        "100%",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=120).map(" ".join))
def test_words_in_any_order_never_break_it(text: str) -> None:
    _read_or_refuse(text.encode())


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=400).map(str.encode), st.binary(max_size=400)))
def test_anything_never_breaks_it(data: bytes) -> None:
    _read_or_refuse(data)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(HTML)), st.integers(0, 60), st.text(max_size=20))
def test_damaged_pages_never_break_it(at: int, size: int, put: str) -> None:
    _read_or_refuse((HTML[:at] + put + HTML[at + size :]).encode(errors="replace"))


def _read_or_refuse(data: bytes) -> None:
    try:
        record = parse(data, "a")
    except SourceError as error:
        assert str(error).startswith("a: ")
    else:
        assert record.body_paragraphs == len(record.paragraphs) > 0


ENDLESS = [
    "giao Sở Y tế làm; ",
    "ngày 5/3, ",
    "Nguyễn Văn A, Chủ tịch UBND xã, ",
    "yêu cầu ",
    "kỳ họp thứ ",
    ". ",
    "100% ",
]


@pytest.mark.parametrize("words", ENDLESS)
def test_a_paragraph_without_end_takes_a_time_in_proportion(words: str) -> None:
    def seconds(size: int) -> float:
        data = (TEXT + "\n\n" + words * (size // len(words))).encode()
        start = time.process_time()
        parse(data, "a.txt")
        return time.process_time() - start

    assert seconds(60_000) < 8 * max(seconds(15_000), 0.05)
