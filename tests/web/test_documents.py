"""The page of a cited document."""

from __future__ import annotations

import pytest

from corpus.home import Home
from corpus.record import CitedDocument, Record
from indexer import Collection
from tests.conftest import filled
from tests.web.conftest import Open, made, reader
from tests.web.dom import Page


@pytest.mark.parametrize("spelled", ["12-NQ/TU", "12-NQ%2FTU", "12-nq%2Ftu", "12%20NQTU", "12NQTU"])
def test_is_found_in_any_spelling(open_: Open, spelled: str) -> None:
    assert open_(f"/d/{spelled}").one("h1").text == "Nghị quyết 12-NQ/TU"


def test_says_who_when_what_and_how_often(open_: Open) -> None:
    facts = open_("/d/12-NQ/TU").classed("facts")[0].text
    assert "Ban hành 28/5/2021 Cơ quan Ban Chấp hành Đảng bộ tỉnh" in facts
    assert "Được nhắc 3 lần trong 2 bản tin, từ 14/5/2023 đến 9/11/2023" in facts
    assert "các bài không nêu" in open_("/d/12-NQ/HU").classed("facts")[0].text


def test_every_citing_sentence_oldest_first(open_: Open, ids: dict[str, str]) -> None:
    page = open_("/d/12-NQ/TU")
    assert [one.text for one in page.all("blockquote")] == [
        "Các đại biểu cho ý kiến vào dự thảo báo cáo hai năm thực hiện Nghị quyết số 12-NQ/TU, ngày "
        "28/5/2021 của Ban Chấp hành Đảng bộ tỉnh về giao thông nông thôn giai đoạn 2021 - 2025.",
        "Đề nghị các huyện ủy rà soát việc thực hiện Nghị quyết số 12, báo cáo tại kỳ họp tới.",
        "Theo Nghị quyết số 12-NQ/TU, mỗi xã phải có đường ô tô đến trung tâm.",
    ]
    assert [one.text for one in page.all("mark")] == [
        "Nghị quyết số 12-NQ/TU",
        "Nghị quyết số 12",
        "Nghị quyết số 12-NQ/TU",
    ]
    assert page.link("LKO, đoạn 5 câu 3") == f"/r/{ids['nuoc-sach']}#d5-3"
    short = [one.text for one in page.all("span") if one.text.startswith("số viết tắt")]
    assert len(short) == 1


def test_newest_first_on_demand(open_: Open) -> None:
    page = open_("/d/12-NQ/TU?sort=newest")
    assert page.all("blockquote")[0].text.startswith("Theo Nghị quyết")


def test_the_same_number_elsewhere_and_spellings(open_: Open) -> None:
    page = open_("/d/12-NQ/TU")
    (other,) = [one for one in page.all("a") if one.attributes.get("href") == "/d/12-NQ/HU"]
    assert other.text == "Nghị quyết 12-NQ/HU"
    assert "Cách viết gặp trong nguồn" in page.one("aside", class_="side fits").text


def test_a_number_that_nobody_cites(open_: Open) -> None:
    page = open_("/d/99-NQ/TU", 404)
    assert page.one("h1").text == "Chưa bài nào nhắc văn bản này" and "99-NQ/TU" in page.one("main").text
    assert page.link("Tìm chữ này trong toàn kho") == "/search?q=99-NQ%2FTU"


@pytest.mark.parametrize(
    ("sort", "years"), [("", ["2021", "2023", "Không rõ ngày"]), ("?sort=newest", ["2023", "2021", "Không rõ ngày"])]
)
def test_sentences_without_a_day_come_last(home: Home, sort: str, years: list[str]) -> None:
    filled(
        home,
        (
            Record(
                title=f"Bài {day}",
                meeting_date=day,
                paragraphs=(f"Bài {day} nhắc Quyết định số 5-QĐ/TU.",),
                cited_documents=(CitedDocument(number="5-QĐ/TU", paragraphs=(0,)),),
            )
            for day in ("2023-01-02", None, "2021-03-04")
        ),
    )
    page = Page(reader(made(Collection(home))).get(f"/d/5-QĐ/TU{sort}").text)
    assert [one.text for one in page.all("h3")] == years


@pytest.mark.parametrize("asked", ["sort=up", "page=x", "page=-1"])
def test_malformed(open_: Open, asked: str) -> None:
    open_(f"/d/12-NQ/TU?{asked}", 400)


def test_many_sentences_are_paged_with_years_to_jump_to(home: Home) -> None:
    records = (
        Record(
            title=f"Bài {number}",
            meeting_date=f"{2020 + number // 40}-01-{number % 28 + 1:02}",
            paragraphs=(f"Bài {number} nhắc Quyết định số 5-QĐ/TU.",),
            cited_documents=(CitedDocument(number="5-QĐ/TU", type="Quyết định", paragraphs=(0,)),),
        )
        for number in range(120)
    )
    assert len(filled(home, records)) == 120
    client = reader(made(Collection(home)))
    page = Page(client.get("/d/5-QĐ/TU").text)
    assert page.one("h2", id="cau").text == "Câu 1–50 trong 120" and len(page.all("blockquote")) == 50
    assert page.link("2022 (40)") == "/d/5-Q%C4%90/TU?page=2#nam-2022"
    assert "nam-2022" in [one.attributes.get("id") for one in Page(client.get("/d/5-QĐ/TU?page=2").text).all("h3")]
    assert client.get("/d/5-QĐ/TU?page=4").status_code == 404
