"""How a query is read: keys, marks, slips, old encodings, synonyms; and that the reader is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.home import Home
from indexer import Collection, Request
from indexer.analysis import analyse
from indexer.analysis.keys import exact_key
from indexer.analysis.quantities import bounds, quantity
from indexer.analysis.spelling import is_syllable, spell
from indexer.query.typed_keys import telex, vni
from indexer.tables import table
from tests.conftest import filled
from tests.reports import report

TEXTS = (
    "Hội nghị Tỉnh ủy Lam Khê bàn đầu tư đường liên xã, nước sạch và trồng rừng.",
    "Hội nghị Ban Thường vụ Tỉnh ủy thống nhất quyết định đầu tư công; thu ngân sách đạt 6.104 tỷ đồng.",
    "Quyết định của Ủy ban nhân dân tỉnh về nước sạch; đội taxi đón khách có visa, hạn chót là deadline.",
    "Người dân ở huyện Thác Mơ dùng nước sạch; trường phổ thông được đón học sinh.",
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    home = Home(tmp_path_factory.mktemp("reading"))
    filled(home, [report(f"Tin {n}", text, text.replace(";", "."), id=f"r{n}") for n, text in enumerate(TEXTS)])
    return Collection(home)


@pytest.mark.parametrize(
    ("typed", "note", "understood"),
    [
        ("hooij nghij tinhr uyr", "telex", "hội nghị tỉnh ủy"),
        ("HOOIJ NGHIJ", "telex", "hội nghị"),
        ("hooji nghij", "telex", "hội nghị"),
        ("dduwowngf lieen xax", "telex", "đường liên xã"),
        ("ho6i5 nghi5 ti3nh u3y", "vni", "hội nghị tỉnh ủy"),
        ("d9a62u tu7 co6ng", "vni", "đầu tư công"),
        ("hoi nghi tinh uy", "restored", "hội nghị tỉnh ủy"),
        ("Héi nghÞ TØnh ñy", "legacy", "Hội nghị Tỉnh ủy"),
        ("Hoäi nghò Tænh uûy", "legacy", "Hội nghị Tỉnh ủy"),
        ("Ho^.i nghi. Ti?nh u?y", "viqr", "Hội nghị Tỉnh ủy"),
        ("Hội nghị Tỉnh ủy", None, "Hội nghị Tỉnh ủy"),
        ("taxi", None, "taxi"),
        ("visa", None, "visa"),
        ("deadline", None, "deadline"),
    ],
)
def test_understood(archive: Collection, typed: str, note: str | None, understood: str) -> None:
    reading = archive.search(Request(typed)).reading
    assert (reading.note, reading.understood) == (note, understood)
    literal = archive.search(Request(typed, literal=True)).reading
    assert (literal.note, literal.understood) == (None, typed)


@pytest.mark.parametrize("typed", ["nước sạhc", "nuoc sahc", "truòng rừng", "Thác Mơi"])
def test_a_slip_finds_what_was_meant(archive: Collection, typed: str) -> None:
    assert archive.search(Request(typed)).total > 0


@pytest.mark.parametrize("row", table("indexer.query", "synonyms"), ids=lambda row: row["forms"])
def test_every_synonym_finds_its_example(row: dict[str, str], synonyms: Collection) -> None:
    page = synonyms.search(Request(row["example"], limit=100))
    assert row["finds"] in [hit.title for hit in page.hits]
    assert page.reading.also


@pytest.fixture(scope="module")
def synonyms(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    home = Home(tmp_path_factory.mktemp("synonyms"))
    filled(home, [report(row["finds"], "x") for row in table("indexer.query", "synonyms")])
    return Collection(home)


def test_a_synonym_is_told(synonyms: Collection) -> None:
    assert "ủy ban nhân dân" in synonyms.search(Request("UBND")).reading.also
    assert synonyms.search(Request("UBND", literal=True)).reading.also == ()


@pytest.mark.parametrize("row", table("indexer.analysis", "quantities"), ids=lambda row: row["word"])
def test_quantities(row: dict[str, str]) -> None:
    number, _, unit = row["example"].partition(" ") if row["word"] != "%" else (row["example"][:-1], "", "%")
    value = float(number.replace(".", "").replace(",", "."))
    found = quantity(value, unit)
    wanted, _, base = row["means"].partition(" ")
    assert (found.value, found.unit) == (float(wanted), base)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "rest"),
    [
        (">5.000 tỷ đồng thu ngân sách", 5e12, float("inf"), "đồng", "thu ngân sách"),
        ("đường <= 350 km", float("-inf"), 350, "km", "đường"),
        ("tăng ≥ 12,5%", 12.5, float("inf"), "%", "tăng"),
    ],
)
def test_comparisons(text: str, low: float, high: float, unit: str, rest: str) -> None:
    (found,), left = bounds(text)
    assert (found.low, found.high, found.unit, left.strip()) == (low, high, unit, rest)


def test_two_bounds_are_met_by_one_figure() -> None:
    (found,), rest = bounds("thu >100 tỷ <200 tỷ")
    assert (found.low, found.high, rest.strip()) == (100e9, 200e9, "thu")
    assert found.met_by(quantity(150, "tỷ"))


def test_explain_adds_up_to_what_is_seen(archive: Collection) -> None:
    page = archive.search(Request("hội nghị tỉnh ủy", explain=True))
    assert page.explanation
    for hit in page.hits:
        assert hit.explanation
        terms = hit.explanation["terms"]
        assert terms
        assert sum(each["score"] for each in terms) <= hit.score + 0.01  # type: ignore[index, attr-defined]
    assert archive.search(Request("hội nghị")).hits[0].explanation is None


def test_near_identical_reports_do_not_crowd_the_first_page(tmp_path: Path) -> None:
    home = Home(tmp_path)
    text = "Hội nghị bàn trồng rừng ở huyện Nậm Rốm; các đại biểu thống nhất giao khoán rừng cho hộ dân trong năm nay."
    twins = [report("Trồng rừng", text + f" Bản {n}.", id=f"t{n}", meeting_date="2023-01-01") for n in range(5)]
    other = report("Trồng rừng ở nơi khác", "Chuyện trồng rừng.", id="other", meeting_date="2022-01-01")
    filled(home, [*twins, other])
    page = Collection(home).search(Request("trồng rừng huyện Nậm Rốm giao khoán OR trồng rừng"))
    assert [hit.id for hit in page.hits].index("other") <= 1
    assert page.total == 6


@pytest.mark.parametrize(
    "word",
    [
        "hội",
        "nghị",
        "tỉnh",
        "ủy",
        "hòa",
        "thủy",
        "giữa",
        "người",
        "đường",
        "nguyễn",
        "khuỷu",
        "giếng",
        "ngoài",
        "tuyết",
    ],
)
def test_spelling_and_key_go_both_ways(word: str) -> None:
    assert exact_key(spell(exact_key(word))) == exact_key(word)
    assert spell(exact_key(word)) in (word, word.replace("y", "i"))
    assert is_syllable(analyse(word).folded[0])


@pytest.mark.parametrize(
    ("word", "meant"),
    [("hooij", "hội"), ("hoioj", "hội"), ("nguwowif", "người"), ("nguowif", "người"), ("ddinhj", "định"),
     ("dinhjd", "định"), ("tuw", "tư"), ("giuwax", "giữa"), ("uyr", "ủy")],
)  # fmt: skip
def test_telex(word: str, meant: str) -> None:
    assert telex(word) == exact_key(meant)


@pytest.mark.parametrize(
    ("word", "meant"),
    [("ho6i5", "hội"), ("hoi65", "hội"), ("ngu7o7i2", "người"), ("nguoi72", "người"), ("d9inh5", "định")],
)
def test_vni(word: str, meant: str) -> None:
    assert vni(word) == exact_key(meant)


@pytest.mark.parametrize("word", ["hội", "xyz1", "tt", "123", "f0", "a"])
def test_what_is_no_keys(word: str) -> None:
    assert telex(word) is None or telex(word) != exact_key(word)
    assert vni("nq101") is None
