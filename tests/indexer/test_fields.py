"""The terms of a record are those of its texts, one after another, and of its facts."""

from __future__ import annotations

from corpus.record import CitedDocument, Document, Figure
from indexer.analysis import surface_key
from indexer.analysis.whole import analyse_whole
from indexer.fields import lists_of, positions_of, terms_of
from tests.reports import report

TEXTS = ("Kỹ thuật số. Họp tỉnh uỷ ngày 5/6/2023", "", "Theo Nghị quyết số 12-NQ/TU\nvà T. Ư; lý do: 5 tỷ")


def test_texts_one_after_another() -> None:
    record = report("Tiêu đề", *TEXTS, captions=("Ảnh", ""), authors=("An", "Bình"))
    plain = [analyse_whole(text) for text in ("Tiêu đề", *TEXTS, "Ảnh", "An, Bình")]
    terms = terms_of(record)
    assert terms.exact == [key for read in plain for key in read.exact]
    assert terms.parts == [len(read.tokens) for read in plain]
    assert terms.joined == bytes(token.joined for read in plain for token in read.tokens)
    identifiers = [term for read in plain for each in read.identifiers for term in each.terms]
    surfaces = [key for read in plain for token in read.tokens if (key := surface_key(token.text))]
    assert terms.numbers == identifiers + surfaces


def test_facts_are_terms_too() -> None:
    record = report(
        "Tin",
        body="UBND tỉnh Lâm Khê",
        person="Mùa A Sình",
        document_=Document(type="Quyết định", number="7/QĐ-UBND"),
        cited_documents=(CitedDocument(type="Nghị quyết", number="12-NQ/TU"),),
        figures=(Figure(value=5.5, unit="tỷ đồng"),),
        meeting_date="2023-06-05",
    )
    for _ in range(2):  # the second time from what is remembered
        terms = terms_of(record)
        assert {"12nqtu", "nq12", "own 7qdubnd", "7qdubnd", "own d:2023-06-05", "m:2023-06"} <= set(terms.numbers)
        assert terms.names == ["mua a sinh", "ubnd tinh lam khe"]
        assert terms.figures == [(5.5e9, "đồng")]
        assert terms.day == 20230605


def test_positions_leave_a_gap_between_texts() -> None:
    terms = terms_of(report("Một hai", "ba", "", "bốn"))
    assert positions_of(terms) == [0, 1, 102, 303]
    assert lists_of(terms)["bf"] == ["mot hai"]
