"""A record's page and its archived original."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from corpus.home import Home
from corpus.record import Document, Record
from indexer import Collection
from tests.conftest import filled
from tests.web.conftest import Open, made, reader
from tests.web.dom import Page
from tests.web.samples import SAMPLES, WATER
from webapp import days


@pytest.fixture
def water(open_: Open, ids: dict[str, str]) -> Page:
    return open_(f"/r/{ids['nuoc-sach']}")


def test_says_what_it_is_when_who_and_where_from(water: Page) -> None:
    head = water.classed("sum")[0].text
    assert "Chủ Nhật, 14/5/2023 (đăng 15/5/2023)" in head
    assert "Ban Thường vụ Tỉnh ủy Lam Khê, kỳ chuyên đề" in head
    assert "Vi Thị Thanh Hà, Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy" in head
    assert "Lam Khê Online (LKO)" in head
    assert "bài báo tường thuật, không phải biên bản" in water.one("main").text


@pytest.mark.parametrize(
    ("fact", "anchor"),
    [
        ("Cho ý kiến dự thảo báo cáo hai năm", "#d3-1"),
        ("Thông qua Kế hoạch kiểm tra năm 2024; 100% tán thành", "#d4-2"),
        ("tổ soạn thảo tiếp thu ý kiến các đại biểu Hạn: bài không nêu", "#d5-1"),
        ("Sở Tài chính bố trí vốn Hạn: 30/9/2023, đã qua", "#d5-2"),
        ("các huyện ủy rà soát việc thực hiện Nghị quyết số 12 Hạn: “kỳ họp tới”", "#d5-3"),
        ("Nghị quyết 12-NQ/TU, 28/5/2021, Ban Chấp hành Đảng bộ tỉnh 2 lần, đoạn 3, 5", "#d3-1"),
        ("dự thảo báo cáo dự thảo", "#d3-1"),
        ("63,4% số hộ dùng nước sạch", "#d3-2"),
        ("5.790 tỷ đồng thu ngân sách", "#d3-2"),
        ("Vi Thị Thanh Hà, chủ trì, Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy", "#d1-2"),
        ("Lộc Văn Tuyên, dự", "#d2-1"),
    ],
)
def test_every_fact_leads_to_its_sentence(water: Page, fact: str, anchor: str) -> None:
    (link,) = [one for one in water.all("a") if one.text == fact]
    assert link["href"] == anchor and link["data-p"] == anchor[2:].partition("-")[0]
    assert water.one("span", id=anchor[1:])["class"] == "s"


def test_only_a_past_deadline_is_late(water: Page) -> None:
    assert [one.text for one in water.classed("late")] == ["30/9/2023, đã qua"]


def test_what_the_text_leaves_open_is_said(open_: Open, water: Page, ids: dict[str, str]) -> None:
    known, other = (one.text for one in water.classed("note"))
    assert known == "Bài báo trước số nội dung; có thể không nêu tên đủ. ¶1"
    assert other == "Bài nói 4 nội dung nhưng chỉ nêu tên 3. ¶1"
    page = open_(f"/r/{ids['to-tu-quan']}")
    assert "Không rõ ngày (đăng 14/6/2022)" in page.classed("sum")[0].text
    assert "Chủ trì bài không nêu" in page.classed("sum")[0].text
    assert "Máy không thấy bài nêu kết quả nào" in page.one("aside", class_="side fits").text


def test_a_citation_in_the_text_leads_to_the_document(water: Page) -> None:
    links = [one.text for one in water.all("a", href="/d/12-NQ/TU")]
    assert links == ["Trang của 12-NQ/TU", "Nghị quyết số 12-NQ/TU", "Nghị quyết số 12"]


def test_the_text_is_whole(water: Page) -> None:
    for number, paragraph in enumerate(WATER, 1):
        assert water.one("p", id=f"d{number}").text == f"{paragraph}¶{number}"


def test_people_and_bodies_lead_to_the_search(water: Page) -> None:
    assert water.link("Vi Thị Thanh Hà") == "/search?person=Vi+Th%E1%BB%8B+Thanh+H%C3%A0&sort=newest"
    assert water.link("Ban Thường vụ Tỉnh ủy Lam Khê").startswith("/search?body=Ban+")


def test_the_source_opens_at_the_beginning_or_where_the_search_found_it(
    open_: Open, water: Page, ids: dict[str, str]
) -> None:
    first, second = (one["href"] for one in water.all("a", rel="external"))
    assert (
        first
        == second
        == (
            "https://baolamkhe.example/tin/nuoc-sach.html#:~:text="
            "LKO%20%2D%20Chi%E1%BB%81u%2014%2F5%2C%20Ban%20Th%C6%B0%E1%BB%9Dng%20v%E1%BB%A5%20T%E1%BB%89nh"
        )
    )
    found = open_(f"/r/{ids['nuoc-sach']}?q=mường&year=2023&at=4")
    assert "text=H%E1%BB%99i%20ngh%E1%BB%8B%20th%E1%BB%91ng%20nh%E1%BA%A5t" in found.all("a", rel="external")[0]["href"]
    assert found.link("Về kết quả tìm") == "/search?q=m%C6%B0%E1%BB%9Dng&year=2023"
    assert found.one("input", id="q")["value"] == "mường"


def test_a_fragment_is_added_to_one_that_is_there(open_: Open, ids: dict[str, str]) -> None:
    links = open_(f"/r/{ids['duong-lien-xa']}").all("a", rel="external")
    assert links[0]["href"].startswith("https://songnhai.example/duong#bai:~:text=S%C3%A1ng%209%2F11")


def test_what_is_kept_is_named(water: Page, ids: dict[str, str]) -> None:
    box = water.one("section", id="nguon")
    assert "lấy về ngày 15/5/2023" in box.text and "bản HTML" in box.text
    assert "2 bản; đang đọc bản 2" in box.text
    assert (SAMPLES[0].record.source.sha256 or "?") in box.text
    assert water.link("bản 1") == f"/r/{ids['nuoc-sach']}/source?v=1"


def test_a_record_without_address_says_so(open_: Open, ids: dict[str, str]) -> None:
    page = open_(f"/r/{ids['hoi-dong-truong']}")
    assert "không có địa chỉ gốc; bản lưu trong kho" in page.classed("sum")[0].text
    assert "nhận từ bien-ban-hoi-dong-truong.txt" in page.one("section", id="nguon").text
    assert page.link("bản chữ") == f"/r/{ids['hoi-dong-truong']}/source"


def test_a_paper_of_no_meeting_says_nothing_of_one(home: Home) -> None:
    paper = Document(type="Quyết định", number="7/QĐ-UBND", date="2023-05-04")
    (id,) = filled(home, [Record(title="Về giá đất", genre="decision", document=paper, paragraphs=("Điều 1.",))])
    head = Page(reader(made(Collection(home))).get(f"/r/{id}").text).classed("sum")[0].text
    assert head == "Văn bản Quyết định 7/QĐ-UBND, 4/5/2023 Nguồn không có địa chỉ gốc; bản lưu trong kho"


def test_many_people_are_folded(open_: Open, ids: dict[str, str]) -> None:
    page = open_(f"/r/{ids['hoi-dong-truong']}")
    assert page.one("details", class_="rest").text.startswith("4 người nữa")
    assert "Biểu quyết quy chế chi tiêu nội bộ; 15/17 tán thành" in page.one("main").text


def test_what_is_wrong_in_a_record_does_no_harm(client: FlaskClient, open_: Open, ids: dict[str, str]) -> None:
    address = f"/r/{ids['bay']}"
    assert "<script>" not in client.get(address).text and "<img" not in client.get(address).text
    page = open_(address)
    assert not page.all("a", rel="external"), "javascript: became a link"
    assert page.classed("bare")[0].text == "Kết luận <i>bb17</i>", "a fact outside of the text has no place"


def test_a_removed_record_says_when_and_why(
    open_: Open, client: FlaskClient, collection: Collection, ids: dict[str, str]
) -> None:
    removed = collection.record(ids["da-go"])
    assert removed is not None and removed.removed_at
    page = open_(f"/r/{ids['da-go']}", 410)
    assert page.classed("note")[0].text == (
        f"Gỡ ngày {days.moment(removed.removed_at)}. Lý do: đăng nhầm danh sách có thông tin cá nhân"
    )
    assert "Huyện ủy Thác Mơ xét hỗ trợ nhà ở" in page.one("main").text
    assert "Danh sách có thông tin cá nhân" not in page.one("main").text
    assert client.get(f"/r/{ids['da-go']}/source").status_code == 410


def test_the_archived_page_is_whole_and_inert(client: FlaskClient, ids: dict[str, str]) -> None:
    reply = client.get(f"/r/{ids['nuoc-sach']}/source")
    assert reply.data == SAMPLES[0].versions[1]
    assert reply.content_type == "text/html; charset=utf-8"
    policy = reply.headers["Content-Security-Policy"].split("; ")
    assert policy == ["sandbox", "default-src 'none'", "img-src data:", "style-src 'unsafe-inline'"]
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    older = client.get(f"/r/{ids['nuoc-sach']}/source?v=1")
    assert older.data == SAMPLES[0].versions[0]
    assert client.get(f"/r/{ids['nuoc-sach']}/source?v=9").status_code == 404
    assert client.get("/r/khong-co/source").status_code == 404


@pytest.mark.parametrize(
    ("name", "kind", "kept_as"),
    [
        ("duong-lien-xa", "text/html; charset=utf-16le", None),
        ("hoi-dong-truong", "text/plain; charset=utf-8", None),
        ("bay", "text/plain; charset=utf-8", None),
        ("to-tu-quan", "application/octet-stream", 'attachment; filename="to-tu-quan.pdf"'),
    ],
)
def test_other_originals(client: FlaskClient, ids: dict[str, str], name: str, kind: str, kept_as: str | None) -> None:
    reply = client.get(f"/r/{ids[name]}/source")
    assert reply.content_type == kind and reply.headers.get("Content-Disposition") == kept_as
    assert reply.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
