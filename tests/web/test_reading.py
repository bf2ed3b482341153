"""Small parts: prose, places, charsets, file names, days."""

from __future__ import annotations

import pytest
from flask import Flask

from corpus.record import CitedDocument, Record
from indexer.page import Request
from webapp import days, prose, results
from webapp.charset import charset_of
from webapp.records import file_name


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Nghị quyết số 101-NQ/TU & <b>", 'Nghị quyết số <span class="nb">101-NQ/TU</span> &amp; &lt;b&gt;'),
        ("số 35/2024/NQ-HĐND.", 'số <span class="nb">35/2024/NQ-HĐND</span>.'),
        ("giai đoạn 2021 - 2025,", 'giai đoạn <span class="nb">2021 - 2025</span>,'),
        ("18/27 xã, ngày 3/4/2022", "18/27 xã, ngày 3/4/2022"),
        ("", ""),
    ],
)
def test_numbers_and_spans_of_years_do_not_break(text: str, html: str) -> None:
    assert str(prose.unbroken(text)) == html


@pytest.mark.parametrize("about", ["giá đất", "về giá đất", "Về việc giá đất", "V/v giá đất"])
def test_the_subject_of_a_document_stands_without_its_preposition(about: str) -> None:
    assert prose.subject(about) == "giá đất"


def test_parts_that_overlap_or_reach_out_are_left_out() -> None:
    text = "một hai ba"
    parts = [prose.marked(*span) for span in ((4, 7), (5, 9), (8, 99), (-3, 2), (7, 7))]
    assert str(prose.woven(text, 0, len(text), parts)) == "một <mark>hai</mark> ba"


def test_a_fact_without_span_is_found_by_its_words() -> None:
    record = Record(title="x", paragraphs=("Câu một. Câu hai có tỷ đồng. Câu ba.",))
    assert prose.place(record, 0, None, "không có", "tỷ đồng") == prose.Place(0, 1)
    assert prose.place(record, 0, None, "không có") == prose.Place(0, None)
    assert prose.place(record, 0, (99, 100)) == prose.Place(0, None)
    assert prose.place(record, 1, None) is None and prose.place(record, None, None) is None
    assert prose.Place(0, None).anchor == "#d1" and prose.Place(6, 1).anchor == "#d7-2"


def test_a_citation_across_sentences_is_no_link() -> None:
    cited = CitedDocument(number="1-NQ/TU", spans=((0, 2, 12),))
    record = Record(title="x", paragraphs=("Câu một. Câu hai.",), cited_documents=(cited,))
    with Flask("x").test_request_context("/"):
        assert "<a" not in prose.paragraphs(record)[0]


@pytest.mark.parametrize(
    ("data", "media_type", "charset"),
    [
        ("Nghị quyết".encode(), "text/html", "utf-8"),
        ("Nghị".encode("utf-8-sig"), "text/html", "utf-8"),
        ("Nghị".encode("utf-16"), "text/plain", "utf-16le"),
        ("à".encode("cp1258"), "text/plain", "windows-1258"),
        (b'<meta charset="windows-1252"><p>\xe0', "text/html", "windows-1252"),
        (b'<meta http-equiv=x content="text/html; charset=WINDOWS-1258">\xe0', "text/html", "windows-1258"),
        (b"<meta charset=utf-8>\xe0", "text/html", "windows-1258"),
        (b"<meta charset=x-user>\xe0", "text/html", "windows-1258"),
        (b"\xe0", "text/html; charset=iso-8859-1", "iso-8859-1"),
        ("à".encode(), "text/html; charset=iso-8859-1", "utf-8"),
    ],
)
def test_charset(data: bytes, media_type: str, charset: str) -> None:
    assert charset_of(data, media_type) == charset


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("https://bao.example/a/bai-1.pdf?x=1", "bai-1.pdf"),
        ("/kho/Biên bản số 5.docx", "Bi-n-b-n-s-5.docx"),
        ('a"\r\nX-Evil: 1', "a-X-Evil-1"),
        ("../../etc/passwd", "passwd"),
        ("https://bao.example/", "original"),
        ("http://[", "original"),
        ("", "original"),
    ],
)
def test_file_name(source: str, name: str) -> None:
    assert file_name(source) == name


def test_days() -> None:
    assert days.day("2026-09-18") == "18/9/2026" and days.weekday("2026-09-18") == "Thứ Sáu"
    assert days.weekday("2026-09-20") == "Chủ Nhật"
    assert days.day("2026-99-99") == "2026-99-99" and days.weekday("2026-99-99") == "" and days.day(None) == ""
    assert days.moment("2026-09-18T20:05:00+00:00") == "19/9/2026" and days.clock("2026-09-18T20:05:00+00:00") == "3:05"
    assert days.moment("hôm qua") == "hôm qua" and days.clock("hôm qua") == ""
    assert days.is_past("2020-01-01") and not days.is_past("9999-12-31") and not days.is_past("x")


@pytest.mark.parametrize(
    ("page", "total", "numbers"),
    [
        (1, 10, []),
        (1, 11, [1, 2]),
        (5, 200, [1, 2, 3, 4, 5, 6, 7, None, 20]),
        (20, 200, [1, None, 18, 19, 20]),
        (99, 30, [1, 2, 3]),
    ],
)
def test_paging(page: int, total: int, numbers: list[int | None]) -> None:
    with Flask("x").test_request_context("/search"):
        assert [one.number for one in results.paging(Request(page=page), total)] == numbers
