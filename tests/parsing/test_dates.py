"""Dates as tables: every pattern row finds its example, traps find nothing, years come from context."""

from __future__ import annotations

import pytest

from corpus import dates
from corpus.tables import rows


def written(found: dates.Found) -> str:
    def one(day: int, month: int) -> str:
        return f"{found.year or '--'}-{month:02}-{day:02}"

    last = f"..{one(*found.last)}" if found.last else ""
    return one(found.day, found.month).replace("---", "----") + last.replace("---", "----")


@pytest.mark.parametrize("row", rows("date_patterns"), ids=lambda row: row["id"])
def test_each_pattern_finds_its_example(row: dict[str, str]) -> None:
    assert [(f.pattern, written(f)) for f in dates.find(row["example"])] == [(row["id"], row["found"])]


TRAPS = [
    "Nghị quyết số 03/2018 của HĐND tỉnh",
    "nhiệm kỳ 2021-2026",
    "đạt 5.835 tỷ đồng",
    "12/17 khoản thu vượt dự toán",
    "Công văn số 12/3",
    "tháng 12/2020",
    "ngày 31/2/2020 không có trên lịch",
    "ngày 45/7",
    "khoảng 8 - 10% mỗi năm",
]


@pytest.mark.parametrize("text", TRAPS)
def test_what_is_no_day(text: str) -> None:
    assert dates.find(text) == []


@pytest.mark.parametrize(
    ("text", "day", "published"),
    [
        ("Thứ bảy, 16/01/2021", "2021-01-16", False),
        ("Chủ nhật, ngày 17/01/2021", "2021-01-17", False),
        ("Thứ Năm, 15/11/2018, 22:22 [GMT+7]", "2018-11-15", True),
        ("26/06/2019 - 21:10", "2019-06-26", True),
        ("(16/07/2014)", "2014-07-16", True),
        ("Đăng lúc: 22/04/2025 (GMT+7)", "2025-04-22", True),
    ],
)
def test_date_lines(text: str, day: str, published: bool) -> None:
    assert dates.stamp(text) == dates.Stamp(day, published)


@pytest.mark.parametrize("text", ["Sáng 5/3, họp", "Thứ bảy tuần này", "40/13/2020 10:00", "", "2021"])
def test_other_lines_are_no_stamp(text: str) -> None:
    assert dates.stamp(text) is None


@pytest.mark.parametrize(
    ("text", "published", "year"),
    [
        ("Ngày 28/12", "2021-01-02", 2020),
        ("Sáng 5/3", "2023-03-05", 2023),
        ("Sáng 5/3", "2023-03-01", 2023),
        ("Chiều 1/12", "2022-11-30", 2022),
    ],
)
def test_year_from_publication(text: str, published: str, year: int) -> None:
    assert dates.year_near(dates.find(text)[0], published) == year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Ngày 26/4, UBND tỉnh họp phiên thường kỳ tháng 4/2019", 2019),
        ("Ngày 2/12, họp phiên thường kỳ tháng 11 năm 2021", 2021),
        ("Ngày 4/1, họp phiên tháng 12/2021", 2022),
        ("Ngày 4/1, bàn kế hoạch năm 2023", None),
        ("Ngày 4/9, họp phiên tháng 2/2021", None),
    ],
)
def test_year_from_the_session(text: str, year: int | None) -> None:
    assert dates.year_of_session(dates.find(text)[0], text) == year


@pytest.mark.parametrize(
    ("text", "clock"),
    [("lúc 8h30 ngày 26/4", "08:30"), ("14 giờ 05 phút", "14:05"), ("7 giờ", "07:00"), ("không rõ", None)],
)
def test_clock(text: str, clock: str | None) -> None:
    assert dates.clock(text) == clock
