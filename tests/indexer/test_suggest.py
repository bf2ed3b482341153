"""Suggestions: marks optional, any word may be begun, numbers in any spelling."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from corpus.record import Record
from indexer import Collection
from tests.reports import report

Open = Callable[[Iterable[Record]], Collection]


@pytest.fixture
def archive(collection: Open) -> Collection:
    return collection(
        [
            report("Họp bàn nước sạch", "a", body="HĐND tỉnh", person="Vi Thị Thanh Hà", document="58-NQ/TU"),
            report("Họp bàn đường liên xã", "b", body="HĐND tỉnh", person="Hà Văn Thanh", document="58-NQ/TU"),
            report("Chợ phiên", "c", body="Huyện ủy Thác Mơ", person="Vì Văn Sạch", document="12/QĐ-UBND"),
        ]
    )


@pytest.mark.parametrize(
    ("typed", "first", "kind"),
    [
        ("vi thi", "Vi Thị Thanh Hà", "person"),
        ("Vi Thị", "Vi Thị Thanh Hà", "person"),
        ("thanh h", "Vi Thị Thanh Hà", "person"),
        ("58", "58-NQ/TU", "document"),
        ("58nq", "58-NQ/TU", "document"),
        ("58-nq/t", "58-NQ/TU", "document"),
        ("12/qd", "12/QĐ-UBND", "document"),
        ("hdnd", "HĐND tỉnh", "body"),
        ("thac mo", "Huyện ủy Thác Mơ", "body"),
        ("nuoc s", "Họp bàn nước sạch", "title"),
    ],
)
def test_what_is_typed_suggests(archive: Collection, typed: str, first: str, kind: str) -> None:
    found = archive.suggest(typed)[0]
    assert (found.text, found.kind) == (first, kind)


def test_a_typed_mark_counts(archive: Collection) -> None:
    assert [each.text for each in archive.suggest("vì văn")] == ["Vì Văn Sạch"]


@pytest.mark.parametrize("typed", ["", " ", "!", "xyzzy", "\x00", "58-NQ/HU"])
def test_nothing_fits(archive: Collection, typed: str) -> None:
    assert archive.suggest(typed) == []


def test_a_new_record_is_suggested(archive: Collection, fill: Callable[[list[Record]], list[str]]) -> None:
    fill([report("Thi cồng chiêng", "d")])
    assert [each.text for each in archive.suggest("cong chi")] == ["Thi cồng chiêng"]
