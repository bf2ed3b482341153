"""Text as tables: cleaning, the match form, folding, sentences."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import text
from corpus.tables import rows


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  Hội   nghị\u00a0lần  thứ\tnăm ", "Hội nghị lần thứ năm"),
        (unicodedata.normalize("NFD", "Hội nghị Tỉnh ủy"), "Hội nghị Tỉnh ủy"),
        ("nội\u200bdung\ufeff", "nộidung"),
        ("Ðảng bộ", "Đảng bộ"),
        ("", ""),
    ],
)
def test_clean(raw: str, clean: str) -> None:
    assert text.clean(raw) == clean


@pytest.mark.parametrize(
    ("spelled", "form"),
    [
        ("Tỉnh uỷ", "Tỉnh ủy"),
        ("HOÀ – THUỶ", "HÒA - THỦY"),
        ("quý, quỹ", "quý, quỹ"),
        ("khoá, toạ, khoẻ", "khóa, tọa, khỏe"),
        ("hoàng, khoản, thuyền", "hoàng, khoản, thuyền"),
        ("“a” ‘b’", "\"a\" 'b'"),
    ],
)
def test_match_form(spelled: str, form: str) -> None:
    assert text.match_form(spelled) == form


@given(st.text())
def test_match_form_keeps_every_place(raw: str) -> None:
    clean = text.clean(raw)
    assert len(text.match_form(clean)) == len(clean)


@pytest.mark.parametrize(
    ("spelled", "folded"), [("Đồng chí Hà", "dong chi ha"), ("Tỉnh UỶ", "tinh uy"), ("K'Briêng", "k'brieng")]
)
def test_fold(spelled: str, folded: str) -> None:
    assert text.fold(spelled) == folded


SENTENCES = [
    ("Thu 5.835 tỷ đồng. Chi 12,5 tỷ đồng.", 2),
    ("Họp ngày 7.10.2024 tại xã. Rồi về.", 2),
    ("Cả năm 2019.Trong đó có hai xã.", 2),
    ("Ông X. Tùng phát biểu.", 1),
    ("1. Giao Sở Y tế báo cáo.", 1),
    ("Bà nói: “Được.” Rồi ngồi xuống.", 2),
    ("Ai sửa? Bao giờ sửa? Không rõ…", 3),
    ("Theo trang baolamkhe.example hôm nay", 1),
    ("", 0),
]


@pytest.mark.parametrize(("paragraph", "count"), SENTENCES)
def test_sentences(paragraph: str, count: int) -> None:
    assert len(list(text.sentences(paragraph))) == count


@pytest.mark.parametrize("row", rows("abbreviations"), ids=lambda row: row["short"])
def test_abbreviations_end_no_sentence(row: dict[str, str]) -> None:
    assert len(list(text.sentences(row["example"]))) == 1


@given(st.text(max_size=300))
def test_sentences_lie_in_the_paragraph_in_order(raw: str) -> None:
    last = 0
    for sentence in text.sentences(raw):
        assert last <= sentence.start < sentence.end <= len(raw)
        last = sentence.end


@pytest.mark.parametrize(
    ("name", "normal"), [("TRÍ DŨNG", "Trí Dũng"), ("Y NHÃ", "Y Nhã"), ("X.T", "X.T"), ("Lê Sóng", "Lê Sóng")]
)
def test_name_case(name: str, normal: str) -> None:
    assert text.name_case(name) == normal


def test_syllables() -> None:
    assert text.syllables("Ông K'Briêng thu 3,5 tỷ") == ["Ông", "K'Briêng", "thu", "3", "5", "tỷ"]


def test_what_never_stops_is_cut() -> None:
    endless = "hội nghị cho ý kiến " * 1000
    assert max(s.end - s.start for s in text.sentences(endless)) <= 1500
    parts = text.split_long(endless.strip() + ".")
    assert max(map(len, parts)) <= 6000 and " ".join(parts) == endless.strip() + "."
    assert text.split_long("Ngắn. Gọn.") == ["Ngắn. Gọn."]
