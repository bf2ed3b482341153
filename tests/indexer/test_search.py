"""Search as a whole: facets, filters, order, paging, snippets, citations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.home import Home
from corpus.record import CitedDocument, Document, Figure, Record
from indexer import Collection, Page, Request
from indexer.analysis import analyse
from indexer.passages import Passage
from indexer.query import parse
from indexer.snippets import snippet, snippet_of
from indexer.sought import Sought
from tests.conftest import filled
from tests.reports import report

Open = Callable[[Iterable[Record]], Collection]


def titles(page: Page) -> list[str]:
    return [hit.title for hit in page.hits]


@pytest.fixture
def archive(collection: Open) -> Collection:
    return collection(
        [
            report(
                "Một",
                "Bàn trồng rừng.",
                body="HĐND tỉnh",
                meeting_date="2022-07-12",
                outlet_code="LKO",
                kind="Kỳ họp",
            ),
            report(
                "Hai",
                "Bàn trồng rừng.",
                body="UBND tỉnh",
                meeting_date="2023-03-18",
                outlet_code="LKO",
                person="K'Briêng",
            ),
            report(
                "Ba",
                "Bàn trồng rừng, trồng rừng.",
                body="HĐND tỉnh",
                published_date="2023-07-11",
                outlet_code="BSN",
            ),
            report("Bốn", "Bàn nuôi cá.", body="Huyện uỷ Thác Mơ", province="Lam Khê"),
            report("Năm", "Bàn nuôi cá.", body="Huyện ủy Thác Mơ", document="58-NQ/TU"),
        ]
    )


def counts(page: Page, name: str) -> dict[str, int]:
    return {each.value: each.count for each in page.facets[name]}


def test_no_words_give_everything_newest_first(archive: Collection) -> None:
    page = archive.search(Request())
    assert page.total == 5
    assert titles(page)[:3] == ["Ba", "Hai", "Một"]


def test_facets_leave_out_their_own_filter(archive: Collection) -> None:
    page = archive.search(Request("trồng rừng", facets={"body": ("HĐND tỉnh",)}))
    assert sorted(titles(page)) == ["Ba", "Một"]
    assert counts(page, "body") == {"HĐND tỉnh": 2, "UBND tỉnh": 1}
    assert counts(page, "year") == {"2023": 1, "2022": 1}
    assert counts(page, "outlet") == {"LKO": 1, "BSN": 1}


def test_several_values_of_a_facet_are_any_of(archive: Collection) -> None:
    page = archive.search(Request("trồng rừng", facets={"body": ("HĐND tỉnh", "UBND tỉnh"), "year": ("2023",)}))
    assert sorted(titles(page)) == ["Ba", "Hai"]


def test_spellings_of_one_body_are_one_value(archive: Collection) -> None:
    page = archive.search(Request(facets={"body": ("Huyện ủy Thác Mơ",)}))
    assert sorted(titles(page)) == ["Bốn", "Năm"]
    assert sum(counts(page, "body").values()) == 5


def test_an_unknown_value_finds_nothing(archive: Collection) -> None:
    assert archive.search(Request(facets={"body": ("Không có",)})).total == 0


def test_days_are_of_the_meeting_else_of_publication(archive: Collection) -> None:
    page = archive.search(Request(date_from="2023-03-18", date_to="2023-07-11"))
    assert titles(page) == ["Ba", "Hai"]


@pytest.mark.parametrize(("sort", "first"), [("newest", "Ba"), ("oldest", "Một")])
def test_order_by_day(archive: Collection, sort: str, first: str) -> None:
    assert titles(archive.search(Request("trồng rừng", sort=sort)))[0] == first  # type: ignore[arg-type]


def test_pages_together_are_the_whole(archive: Collection) -> None:
    pages = [archive.search(Request("bàn", page=number, limit=2)) for number in (1, 2, 3, 4)]
    assert [len(page.hits) for page in pages] == [2, 2, 1, 0]
    assert len({hit.id for page in pages for hit in page.hits}) == 5
    assert {page.total for page in pages} == {5}


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ('cơ quan:"HĐND tỉnh"', {"Một", "Ba"}),
        ("co quan:hdnd trồng rừng", {"Một", "Ba"}),
        ("báo:BSN", {"Ba"}),
        ("người:k'briêng", {"Hai"}),
        ("số:58-NQ/TU", {"Năm"}),
        ("tỉnh:Lam Khê", {"Bốn"}),
        ("loại:kỳ họp", {"Một"}),
        ("trồng rừng năm:2023", {"Hai", "Ba"}),
        ("trồng rừng từ:1/4/2023", {"Ba"}),
        ("trồng rừng đến:3/2023", {"Một", "Hai"}),
        ("trồng rừng OR nuôi cá năm:2022", {"Một"}),
        ("năm:31/2/2023 nuôi cá", {"Bốn", "Năm"}),
    ],
)
def test_fields_of_the_query_language(archive: Collection, query: str, wanted: set[str]) -> None:
    assert set(titles(archive.search(Request(query)))) == wanted


def test_the_title_counts_more_than_the_text(collection: Open) -> None:
    filler = "Chợ phiên vùng cao họp mỗi tuần một lần."
    found = collection(
        [
            report("Chợ phiên", f"Bàn nước sạch. {filler}", id="body"),
            report("Bàn nước sạch", f"Chợ phiên. {filler}", id="title"),
        ]
    )
    assert found.search(Request("nước sạch")).hits[0].id == "title"


def test_snippets_mark_whole_words_in_the_spelling_of_the_source(collection: Open) -> None:
    found = collection(
        [report("Tin <b>", "Xã họp.", "Bàn <i>Nghị quyết số 58-NQ/TU</i> về nước sạch ở Huyện uỷ Thác Mơ.")]
    )
    for query in ("nuoc sach", "NƯỚC SẠCH", "nước sạch"):
        (hit,) = found.search(Request(query)).hits
        assert "<mark>nước sạch</mark>" in hit.snippet_html
        assert hit.paragraph == 1
        assert hit.fragment is not None
        assert hit.fragment.startswith("nước sạch")
    (hit,) = found.search(Request("58nqtu")).hits
    assert "<mark>Nghị quyết số 58-NQ/TU</mark>" in hit.snippet_html
    assert "&lt;i&gt;" in hit.snippet_html
    assert re.findall(r"<(?!/?mark>)", hit.snippet_html + hit.title_html) == []
    assert hit.title_html == "Tin &lt;b&gt;"


def test_a_document_and_who_cites_it(collection: Open) -> None:
    cited = CitedDocument(
        number="58-NQ/TU",
        type="Nghị quyết",
        date="2020-12-15",
        issuer="Ban Thường vụ Tỉnh ủy",
        paragraphs=(0,),
    )
    bare = CitedDocument(number="58", type="Nghị quyết", paragraphs=(0,))
    other = CitedDocument(
        number="58-NQ/HU", type="Nghị quyết", date="2022-02-03", issuer="Huyện ủy Nậm Rốm", paragraphs=(0,)
    )
    found = collection(
        [
            report("Sau", "Theo Nghị quyết số 58-NQ/TU.", meeting_date="2023-01-01", cited_documents=(cited,)),
            report("Trước", "Theo Nghị quyết số 58-NQ/TU.", meeting_date="2021-01-01", cited_documents=(cited,)),
            report("Chỉ số", "Theo Nghị quyết 58.", cited_documents=(bare,)),
            report("Nơi khác", "Theo Nghị quyết số 58-NQ/HU.", cited_documents=(other,)),
        ]
    )
    page = found.citations("58nqtu")
    assert page is not None
    assert [stored.record.title for stored in page.reports] == ["Trước", "Sau"]
    assert (page.number, page.date, page.issuer) == ("58-NQ/TU", "2020-12-15", "Ban Thường vụ Tỉnh ủy")
    assert ("Nghị quyết 58-NQ/HU, 3/2/2022, Huyện ủy Nậm Rốm", "58-NQ/HU") in page.elsewhere
    assert found.citations("99-NQ/TU") is None
    assert found.citations("hội nghị") is None


def test_one_body_under_its_full_name_and_its_abbreviation(collection: Open) -> None:
    found = collection(
        [report("Một", "a", body="HĐND tỉnh"), report("Hai", "b", body="Hội đồng nhân dân tỉnh", outlet_code="LKO")]
    )
    for body in ("HĐND tỉnh", "Hội đồng nhân dân tỉnh"):
        assert found.search(Request(facets={"body": (body,)})).total == 2
        assert found.search(Request(f'cơ quan:"{body}"')).total == 2
    assert found.search(Request('báo:"Lam Khê Online"')).total == 1
    assert found.search(Request(facets={"outlet": ("Lam Khê Online",)})).total == 1


def test_the_paper_itself_is_known_by_its_number(collection: Open) -> None:
    paper = Document(type="Nghị quyết", number="96-NQ/TU", date="2023-12-12")
    found = collection([report("Nghị quyết", "Điều 1.", id="paper", document_=paper)])
    assert (found.held("96nqtu"), found.held("97-NQ/TU"), found.held("hội nghị")) == ("paper", None, None)
    assert found.search(Request("năm:2023")).total == 1


def test_the_snippet_shows_the_figure_that_was_asked_for(collection: Open) -> None:
    text = "Thu ngân sách đạt 6.104 tỷ đồng."
    figure = Figure(value=6104, unit="tỷ đồng", paragraph=1, span=(18, 31))
    found = collection([report("Tin", "Đoạn đầu.", text, figures=(figure,))])
    (hit,) = found.search(Request(">6.000 tỷ đồng")).hits
    assert (hit.paragraph, "<mark>6.104 tỷ đồng</mark>" in hit.snippet_html) == (1, True)


def test_the_caps_are_told() -> None:
    assert "too_long" in parse("hội nghị " * 100).hints
    assert "too_many_terms" in parse(" ".join("abcdefghijklmnopqrstuvwxyzabcdefghijkl")).hints
    assert "too_deep" in parse("(" * 12 + "a" + ")" * 12).hints
    assert parse("hội nghị").hints == ()


QUERIES = st.lists(
    st.sampled_from(
        [
            *'"-()|:*/.,',
            "OR",
            "hoặc",
            "hội",
            "nghị",
            "cơ quan:",
            "từ:",
            "năm:",
            "58-NQ/TU",
            "5.835",
            "18/3/2023",
            " ",
            "-",
            "'",
            "\x00",
            "<b>",
        ]
    ),
    max_size=14,
).map(" ".join)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    home = Home(tmp_path_factory.mktemp("small"))
    filled(home, [report("Hội nghị", "Theo Nghị quyết số 58-NQ/TU, thu 5.835 tỷ đồng.", body="HĐND tỉnh")])
    return Collection(home)


@given(st.one_of(st.text(max_size=60), QUERIES))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_query_raises(small: Collection, query: str) -> None:
    page = small.search(Request(query))
    assert 0 <= page.total <= 1


@given(
    st.lists(st.sampled_from(["cá", "ao", "bờ", "ao cá.", "lúa;"]), min_size=1, max_size=120),
    st.sampled_from(["cá", "ao", "bo lua"]),
)
@settings(max_examples=80, deadline=None)
def test_a_snippet_shows_a_match_wherever_it_stands(words: list[str], query: str) -> None:
    record = report("Tin", " ".join(words))
    sought = Sought({}, dict.fromkeys(analyse(query).folded, 1.0), ())
    matches = set(analyse(record.paragraphs[0]).folded) & set(sought.folded)
    shown = snippet(record, sought)
    assert ("<mark>" in shown.html) == bool(matches)
    assert snippet_of(record, sought, Passage(0, frozenset())) == shown
    assert len(analyse(re.sub(r"<[^>]*>", "", shown.html)).tokens) <= 36
