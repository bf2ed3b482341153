"""Invented records of the fictional province Lam Khê, as the parser would read them."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import msgspec

from corpus.record import (
    Chair,
    CitedDocument,
    Directive,
    Document,
    Figure,
    Meeting,
    NamedDocument,
    Outcome,
    Person,
    Record,
    Source,
    Vote,
    Warning,
)


@dataclass(frozen=True)
class Sample:
    """A record with its versions: the bytes of each, oldest first."""

    record: Record
    media_type: str
    versions: tuple[bytes, ...]
    demo: bool = False
    removed: str | None = None


def _at(paragraphs: tuple[str, ...], index: int, words: str) -> dict[str, Any]:
    start = paragraphs[index].index(words)
    return {"paragraph": index, "span": (start, start + len(words))}


def _cite(paragraphs: tuple[str, ...], number: str, *places: tuple[int, str], **known: Any) -> CitedDocument:
    spans = []
    for index, words in places:
        start = paragraphs[index].index(words)
        spans.append((index, start, start + len(words)))
    where = tuple(dict.fromkeys(index for index, _ in places))
    return CitedDocument(number=number, mentions=len(spans), paragraphs=where, spans=tuple(spans), **known)


def _sample(record: Record, *versions: bytes, media_type: str = "text/html", **state: Any) -> Sample:
    digest = sha256(versions[-1]).hexdigest()
    source = msgspec.structs.replace(record.source, sha256=digest, media_type=media_type)
    whole = msgspec.structs.replace(record, source=source, body_paragraphs=len(record.paragraphs))
    return Sample(whole, media_type, versions, **state)


WATER = (
    "LKO - Chiều 14/5, Ban Thường vụ Tỉnh ủy Lam Khê họp kỳ chuyên đề, bàn 4 nội dung. Đồng chí Vi "
    "Thị Thanh Hà, "
    "Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy, chủ trì hội nghị.",
    "Dự hội nghị có các đồng chí: Lộc Văn Tuyên, Phó Bí thư Thường trực Tỉnh ủy; Đoàn Mạnh Thường, Chủ tịch UBND tỉnh.",
    "Các đại biểu cho ý kiến vào dự thảo báo cáo hai năm thực hiện Nghị quyết số 12-NQ/TU, ngày "
    "28/5/2021 của Ban Chấp "
    "hành Đảng bộ tỉnh về giao thông nông thôn giai đoạn 2021 - 2025. Đến hết tháng 4, toàn tỉnh có "
    "63,4% số hộ dùng "
    "nước sạch; thu ngân sách đạt 5.790 tỷ đồng.",
    "Hội nghị thống nhất chủ trương kéo tuyến ống về xã Mường Cọ. Hội nghị thông qua Kế hoạch kiểm "
    "tra năm 2024 với "
    "100% đại biểu tán thành.",
    "Kết luận hội nghị, đồng chí Bí thư Tỉnh ủy yêu cầu tổ soạn thảo tiếp thu ý kiến các đại biểu. "
    "Giao Sở Tài chính "
    "bố trí vốn trước ngày 30/9/2023. Đề nghị các huyện ủy rà soát việc thực hiện Nghị quyết số 12, "
    "báo cáo tại kỳ họp tới.",
)
ROAD = (
    "Sáng 9/11, UBND tỉnh Lam Khê họp phiên thường kỳ. Chủ tịch UBND tỉnh Đoàn Mạnh Thường chủ trì.",
    "Theo Nghị quyết số 12-NQ/TU, mỗi xã phải có đường ô tô đến trung tâm. Năm nay tỉnh làm được 287 km đường bê tông.",
    "Phiên họp kết luận giao Sở Giao thông vận tải thông xe đường Nà Phiêng – Mường Cọ trong tháng 5.",
)
SCHOOL = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Hôm nay, hồi 14 giờ, Hội đồng trường Trường THPT Bến Quan họp, vắng 2 người.",
    "Hội đồng thông qua quy chế chi tiêu nội bộ: 15/17 phiếu tán thành.",
)
UNDATED = (
    "Huyện ủy Nậm Rốm bàn việc nhân rộng tổ tự quản nước sạch, thực hiện Nghị quyết số 12-NQ/HU.",
    "Các ý kiến đề nghị mỗi bản có một tổ.",
)
EVIL = ("Bẫy <script>bb17()</script> trong nội dung hội nghị.",)

SAMPLES = (
    _sample(
        Record(
            id="nuoc-sach",
            source=Source(url="https://baolamkhe.example/tin/nuoc-sach.html", retrieved_at="2023-05-15T08:00:00+07:00"),
            outlet_code="LKO",
            outlet_name="Lam Khê Online",
            genre="news_report",
            title=("Ban Thường vụ Tỉnh ủy Lam Khê họp kỳ chuyên đề: Cho ý kiến về nước sạch và giao thông nông thôn"),
            lead=WATER[0],
            published_date="2023-05-15",
            meeting_date="2023-05-14",
            meeting=Meeting(
                kind="Hội nghị",
                body="Ban Thường vụ Tỉnh ủy Lam Khê",
                session="kỳ chuyên đề",
                province="Lam Khê",
            ),
            chair=Chair(name="Vi Thị Thanh Hà", roles=("Ủy viên Trung ương Đảng", "Bí thư Tỉnh ủy")),
            people=(
                Person(
                    name="Vi Thị Thanh Hà",
                    roles=("Ủy viên Trung ương Đảng", "Bí thư Tỉnh ủy"),
                    part="chair",
                    **_at(WATER, 0, "Vi Thị Thanh Hà"),
                ),
                Person(name="Lộc Văn Tuyên", part="attended", **_at(WATER, 1, "Lộc Văn Tuyên")),
                Person(name="Đoàn Mạnh Thường", part="attended", **_at(WATER, 1, "Đoàn Mạnh Thường")),
            ),
            authors=("Hoài Thu", "Minh Đăng"),
            captions=("Quang cảnh hội nghị. Ảnh: Minh Đăng",),
            paragraphs=WATER,
            cited_documents=(
                _cite(
                    WATER,
                    "12-NQ/TU",
                    (2, "Nghị quyết số 12-NQ/TU"),
                    (4, "Nghị quyết số 12"),
                    type="Nghị quyết",
                    date="2021-05-28",
                    issuer="Ban Chấp hành Đảng bộ tỉnh",
                    about="giao thông nông thôn giai đoạn 2021 - 2025",
                ),
            ),
            named_documents=(
                NamedDocument(type="dự thảo báo cáo", status="draft", **_at(WATER, 2, "dự thảo báo cáo")),
            ),
            figures=(
                Figure(value=63.4, unit="%", what="số hộ dùng nước sạch", **_at(WATER, 2, "63,4%")),
                Figure(value=5790, unit="tỷ đồng", what="thu ngân sách", **_at(WATER, 2, "5.790 tỷ đồng")),
            ),
            directives=(
                Directive(
                    by="Bí thư Tỉnh ủy",
                    to="tổ soạn thảo",
                    text="yêu cầu tổ soạn thảo tiếp thu ý kiến các đại biểu",
                    starts="tiếp thu ý kiến",
                    **_at(WATER, 4, "tiếp thu ý kiến"),
                ),
                Directive(
                    to="Sở Tài chính",
                    text="bố trí vốn",
                    due="2023-09-30",
                    due_text="trước ngày 30/9/2023",
                    **_at(WATER, 4, "Sở Tài chính"),
                ),
                Directive(
                    to="các huyện ủy",
                    text="rà soát việc thực hiện Nghị quyết số 12",
                    due_text="kỳ họp tới",
                    **_at(WATER, 4, "các huyện ủy"),
                ),
            ),
            outcomes=(
                Outcome(verb="cho ý kiến", text="dự thảo báo cáo hai năm", **_at(WATER, 2, "cho ý kiến")),
                Outcome(verb="thống nhất", text="chủ trương kéo tuyến ống", **_at(WATER, 3, "thống nhất")),
                Outcome(verb="thông qua", text="Kế hoạch kiểm tra năm 2024", **_at(WATER, 3, "thông qua")),
            ),
            votes=(Vote(for_="100%", on="Kế hoạch kiểm tra năm 2024", **_at(WATER, 3, "100%")),),
            warnings=(
                Warning(code="items_announced", message="The text announces 4 items.", paragraph=0),
                Warning(code="of_another_program", message="Bài nói 4 nội dung nhưng chỉ nêu tên 3.", paragraph=0),
            ),
        ),
        "<html><head><meta charset=utf-8></head><body><p>Tuyến ống dẫn cho 68 hộ.</p></body></html>".encode(),
        (
            "<html><head><meta charset=utf-8><script>alert(1)</script></head><body onload='alert(2)'>"
            "<h1>Nước sạch</h1><p>Tuyến ống dẫn cho 86 hộ.</p><form "
            "action='/x'><button>Gửi</button></form></body></html>"
        ).encode(),
    ),
    _sample(
        Record(
            id="duong-lien-xa",
            source=Source(url="https://songnhai.example/duong#bai", retrieved_at="2023-11-10T01:30:00+00:00"),
            outlet_code="BSN",
            outlet_name="Báo Sông Nhài",
            genre="news_report",
            title="UBND tỉnh Lam Khê họp phiên thường kỳ tháng 11",
            published_date="2023-11-10",
            meeting_date="2023-11-09",
            meeting=Meeting(kind="Phiên họp", body="UBND tỉnh Lam Khê", province="Lam Khê"),
            chair=Chair(name="Đoàn Mạnh Thường", roles=("Chủ tịch UBND tỉnh",)),
            people=(Person(name="Đoàn Mạnh Thường", part="chair", paragraph=0),),
            paragraphs=ROAD,
            cited_documents=(_cite(ROAD, "12-NQ/TU", (1, "Nghị quyết số 12-NQ/TU"), type="Nghị quyết"),),
            figures=(Figure(value=287, unit="km", what="đường bê tông", paragraph=1),),
            outcomes=(Outcome(verb="kết luận", text="thông xe đường Nà Phiêng – Mường Cọ", paragraph=2),),
        ),
        "<p>Phiên họp \ufeffthường kỳ</p>".encode("utf-16"),
        demo=True,
    ),
    _sample(
        Record(
            id="hoi-dong-truong",
            source=Source(file="/kho/bien-ban-hoi-dong-truong.txt"),
            genre="minutes",
            document=Document(type="Biên bản", number="05/BB-HĐT", issuer="Trường THPT Bến Quan", place="Bến Quan"),
            title="Biên bản họp Hội đồng trường",
            meeting_date="2022-08-20",
            meeting=Meeting(kind="Cuộc họp", body="Hội đồng trường", start_time="14:00"),
            people=tuple(Person(name=f"Quách Thị Uyển {number}", paragraph=1) for number in range(12)),
            paragraphs=SCHOOL,
            votes=(Vote(for_="15/17", on="quy chế chi tiêu nội bộ", paragraph=2),),
        ),
        "Biên bản họp".encode(),
        media_type="text/plain",
    ),
    _sample(
        Record(
            id="to-tu-quan",
            source=Source(file="/kho/to-tu-quan.pdf"),
            genre="other",
            title="Huyện ủy Nậm Rốm bàn nhân rộng tổ tự quản",
            published_date="2022-06-14",
            meeting=Meeting(body="Huyện ủy Nậm Rốm", province="Lam Khê"),
            paragraphs=UNDATED,
            cited_documents=(_cite(UNDATED, "12-NQ/HU", (0, "Nghị quyết số 12-NQ/HU"), type="Nghị quyết"),),
        ),
        b"%PDF-1.4 \xff",
        media_type="application/pdf",
    ),
    _sample(
        Record(
            id="bay",
            source=Source(url="javascript:bb17()"),
            title="Bẫy <img src=x onerror=bb17()>",
            paragraphs=EVIL,
            captions=('"><script>bb17()</script>',),
            authors=("<b>bb17</b>",),
            cited_documents=(
                CitedDocument(number='1"><script>bb17()</script>', paragraphs=(0, 7), spans=((0, 500, 900), (9, 0, 1))),
            ),
            outcomes=(Outcome(verb="kết luận", text="<i>bb17</i>", paragraph=40, span=(3, 9)),),
        ),
        b'{"title": "<script>bb17()</script>"}',
        media_type="application/json",
    ),
    _sample(
        Record(
            id="da-go",
            source=Source(url="https://songnhai.example/go"),
            outlet_name="Báo Sông Nhài",
            title="Huyện ủy Thác Mơ xét hỗ trợ nhà ở",
            meeting_date="2023-02-01",
            meeting=Meeting(body="Huyện ủy Thác Mơ"),
            paragraphs=("Danh sách có thông tin cá nhân.",),
        ),
        b"<p>x</p>",
        removed="đăng nhầm danh sách có thông tin cá nhân",
    ),
)
