"""The page of results: hits, facets, chips, order, pages, refusals, empty results."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import Open
from tests.web.dom import Page
from webapp import labels


def total(page: Page) -> str:
    return page.one("h2", id="dem").text


def query(address: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(address).query)


def test_a_hit_says_what_when_who_why_and_where_from(open_: Open, ids: dict[str, str]) -> None:
    page = open_("/search?q=mường+cọ")
    hit = next(one for one in page.classed("hit") if "14/5/2023" in one.text)
    for said in (
        "Chủ Nhật",
        "Ban Thường vụ Tỉnh ủy Lam Khê",
        "chủ trì Vi Thị Thanh Hà",
        "đoạn 4",
        "Giao việc 3",
    ):
        assert said in hit.text
    assert {one.text for one in page.all("mark")} == {"Mường Cọ"}
    title = next(one["href"] for one in page.all("a") if one.text.startswith("Ban Thường vụ Tỉnh ủy Lam Khê họp"))
    assert urlsplit(title).path == f"/r/{ids['nuoc-sach']}" and urlsplit(title).fragment == "d4"


def test_the_number_of_a_document_is_not_broken(open_: Open) -> None:
    page = open_("/search?q=12-NQ/TU")
    assert {one.text for one in page.classed("nb")} >= {"12-NQ/TU"}
    assert "Nghị quyết số 12-NQ/TU" in {one.text for one in page.all("mark")}
    assert "2021 - 2025" in {one.text for one in open_("/search?q=giai+đoạn").classed("nb")}


def test_the_original_opens_at_the_passage(open_: Open) -> None:
    page = open_("/search?q=tuyến+ống+mường")
    (source,) = [one["href"] for one in page.all("a", rel="external")]
    assert source.startswith("https://baolamkhe.example/tin/nuoc-sach.html#:~:text=")


def test_a_hit_without_address_leads_to_the_archived_original(open_: Open, ids: dict[str, str]) -> None:
    page = open_("/search?q=chi+tiêu+nội+bộ")
    assert "không có địa chỉ gốc" in page.classed("hit")[0].text
    assert page.link("Bản lưu trong kho") == f"/r/{ids['hoi-dong-truong']}/source"


def test_total_and_time(open_: Open) -> None:
    assert total(open_("/search?q=hội")).startswith("3 bản tin trong ")


def test_facets_narrow_and_are_undone_one_by_one(open_: Open) -> None:
    page = open_("/search")
    assert {one.text for one in page.all("h3")} >= {label.title for label in labels.FACETS.values()}
    page = open_(next(one["href"] for one in page.all("a") if one.text == "2023 2"))
    assert total(page).startswith("2 bản tin")
    # a facet's counts leave out its own filter
    assert any(one.text == "2022 2" for one in page.all("a"))
    page = open_(
        next(one["href"] for one in page.all("a") if one.text.startswith("UBND tỉnh Lam Khê") and "year" in one["href"])
    )
    assert total(page).startswith("1 bản tin")
    chips = [one for one in page.all("a") if "bỏ bộ lọc này" in one.text]
    assert [one.text.partition(",")[0] for one in chips] == ["Năm họp: 2023", "Cơ quan: UBND tỉnh Lam Khê"]
    assert query(chips[0]["href"]) == [("body", "UBND tỉnh Lam Khê")]
    assert query(chips[1]["href"]) == [("year", "2023")]
    assert query(page.link("Bỏ hết")) == []


def test_several_values_of_a_facet_mean_any_of_them(open_: Open) -> None:
    assert total(open_("/search?year=2022&year=2023")).startswith("4 bản tin")


def test_a_chosen_value_that_no_hit_has_can_still_be_undone(open_: Open) -> None:
    page = open_("/search?q=nước&year=1999&year=2023")
    assert any("1999" in one.text for one in page.classed("chips"))


def test_days_are_taken_in_three_forms(open_: Open) -> None:
    for written in ("2023-06-01", "1/6/2023", "01/06/2023", "01062023"):
        page = open_(f"/search?from={written}")
        assert total(page).startswith("1 bản tin")
        assert page.one("input", id="tu")["value"] == "1/6/2023"
        assert "Từ ngày: 1/6/2023" in page.classed("chips")[0].text


def test_the_form_of_days_keeps_the_rest(open_: Open) -> None:
    page = open_("/search?q=hội&year=2023&sort=oldest")
    hidden = [(one["name"], one["value"]) for one in page.all("input", type="hidden") if one["name"] != "next"]
    assert hidden == [("q", "hội"), ("year", "2023"), ("sort", "oldest")]


@pytest.mark.parametrize(("field", "id_"), [("from", "tu"), ("to", "den")])
def test_a_day_that_does_not_exist_is_refused_beside_its_field(open_: Open, field: str, id_: str) -> None:
    page = open_(f"/search?q=hội&year=2023&{field}=31/6/2023", 400)
    wrong = page.one("input", id=id_)
    assert wrong["aria-invalid"] == "true" and wrong["value"] == "31/6/2023"
    assert page.one("p", id=f"{id_}-loi").text == "Không có ngày 31/6/2023"
    assert f"{id_}-loi" in wrong["aria-describedby"].split()
    hidden = {one["name"]: one["value"] for one in page.all("input", type="hidden")}
    assert hidden["q"] == "hội" and hidden["year"] == "2023"


@pytest.mark.parametrize("asked", ["explain=1", "Q=a", "page=0", "limit=101", "sort=x", "lang=fr", "q=a&q=b"])
def test_other_malformed_parameters_get_a_page(open_: Open, asked: str) -> None:
    assert open_(f"/search?{asked}", 400).one("h1").text == "Chưa hiểu yêu cầu"


def test_order(open_: Open) -> None:
    days = [one.text for one in open_("/search?q=hội&sort=oldest").classed("day")]
    assert days == ["20/8/2022 Thứ Bảy", "14/5/2023 Chủ Nhật", "Không rõ ngày"]
    page = open_("/search?q=hội&sort=newest")
    assert "14/5/2023" in page.classed("day")[0].text
    assert query(page.link("Cũ nhất")) == [("q", "hội"), ("sort", "oldest")]


def test_pages(open_: Open) -> None:
    page = open_("/search?limit=2&page=2")
    (current,) = [one for one in page.all("span") if one.attributes.get("aria-current") == "page"]
    assert current.text == "Trang 2"
    assert query(page.one("a", rel="next")["href"]) == [("limit", "2"), ("page", "3")]
    assert len(page.classed("hit")) == 2


def test_a_page_past_the_end_leads_back(open_: Open) -> None:
    page = open_("/search?q=hội&page=40")
    assert query(page.link("Về trang đầu của kết quả")) == [("q", "hội")]


def test_a_document_number_gets_its_card(open_: Open) -> None:
    card = open_("/search?q=12+nq+tu").classed("card")[0].text
    assert "Nghị quyết 12-NQ/TU" in card and "28/5/2021, Ban Chấp hành Đảng bộ tỉnh" in card
    assert "Nhắc 3 lần trong 2 bản tin" in card
    for asked in ("q=nước+sạch", "q=12-NQ/TU&year=2023", "q=12-NQ/TU&page=2"):
        assert not open_(f"/search?{asked}").classed("card")


def test_an_empty_result_says_what_to_try(client: FlaskClient, open_: Open) -> None:
    page = open_("/search?q=“mường+cọ+thuỷ”+-hội&year=1999")
    assert page.one("h1").text == "Không tìm thấy bản tin nào"
    assert "Năm họp: 1999" in page.classed("chips")[0].text
    tries = {one.text: one["href"] for one in page.all("a") if one.text.startswith(("Bỏ", "Chỉ"))}
    assert "Chỉ tìm “mường cọ”" in tries
    for address in tries.values():
        assert Page(client.get(address).text).classed("hit")


def test_nothing_is_not_suggested_in_place_of_words(open_: Open) -> None:
    page = open_("/search?q=khongcogi+-hội")
    assert not [one for one in page.all("a") if one.text.startswith(("Bỏ", "Chỉ"))]


def test_days_in_the_wrong_order_can_be_swapped(open_: Open) -> None:
    page = open_("/search?from=2023-12-31&to=2023-01-01")
    assert query(page.link("Đổi chỗ hai ngày")) == [("from", "2023-01-01"), ("to", "2023-12-31")]


def test_the_reading_of_the_query_is_said(open_: Open) -> None:
    page = open_("/search?q=nuowcs+sachj")
    assert "Hiểu theo kiểu gõ Telex là nước sạch" in page.one("main").text and total(page).startswith("2 bản tin")
    assert query(page.link("Tìm đúng chữ đã gõ")) == [("q", "nuowcs sachj"), ("literal", "1")]
    literal = open_("/search?q=nuowcs+sachj&literal=1").one("main").text
    assert "Tìm đúng chữ đã gõ, không đoán." in literal and "Không tìm thấy bản tin nào" in literal


def test_synonyms_are_said(open_: Open) -> None:
    page = open_("/search?q=ủy+ban+nhân+dân+tỉnh")
    assert "Tìm cả: UBND" in page.one("main").text and total(page).startswith("2 bản tin")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("nước " * 200, "Câu tìm quá dài"),
        ("nước sạch " * 20, "Quá nhiều chữ"),
        ("(" * 20 + "nước" + ")" * 20, "Ngoặc lồng quá sâu"),
        ("từ:31/6/2023 nước", "không có thật"),
        ("cơ quan:Khongco nước", "không có trong kho"),
        ("nước khongcogi", "không bài nào trong kho viết"),
        ("thống nhất phiếu", "những bài có gần đủ"),
    ],
)
def test_what_was_cut_or_not_understood_is_said(open_: Open, asked: str, said: str) -> None:
    notes = " ".join(one.text for one in open_(f"/search?q={asked}").classed("note"))
    assert said in notes
