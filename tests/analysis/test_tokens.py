"""Text → tokens and identifiers, as tables; and what holds for every text (hypothesis)."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis import analyse, pairs, surface_key
from indexer.analysis.normalise import normalise

TABLES = Path(__file__).parent / "tables"


def rows(name: str) -> list[list[str]]:
    lines = (TABLES / name).read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


@pytest.mark.parametrize(("text", "same", "folded"), rows("tokens.tsv"))
def test_tokens(text: str, same: str, folded: str) -> None:
    assert analyse(text).exact == analyse(same).exact
    assert analyse(text).folded == folded.split()


@pytest.mark.parametrize(("text", "terms"), rows("identifiers.tsv"))
def test_identifiers(text: str, terms: str) -> None:
    wanted = [tuple(each.split()) for each in terms.split(" ; ")] if terms else []
    assert [each.terms for each in analyse(text).identifiers] == wanted


def test_different_syllables_keep_different_exact_keys() -> None:
    syllables = [
        "hòa",
        "hỏa",
        "hoa",
        "hóa",
        "họa",
        "hõa",
        "ủy",
        "úy",
        "ụy",
        "uy",
        "quý",
        "quỹ",
        "kỹ",
        "kỳ",
        "tư",
        "tu",
        "từ",
        "tứ",
        "đường",
        "dương",
        "dưỡng",
        "an",
        "án",
        "ăn",
        "ân",
    ]
    assert len({analyse(each).exact[0] for each in syllables}) == len(syllables)


def test_names_that_share_a_key_keep_their_surface() -> None:
    assert analyse("Vy").exact == analyse("Vi").exact
    assert surface_key("vy") != surface_key("vi")
    assert surface_key("hội") is None


def test_pairs_do_not_cross_a_stop() -> None:
    read = analyse("họp ở Nậm Rốm. Trồng rừng")
    assert "rom trong" not in pairs(read.folded, read.tokens)
    assert pairs(read.folded, read.tokens) == ["hop o", "o nam", "nam rom", "trong rung"]


VIETNAMESE = st.text(
    st.sampled_from(
        'aăâeêioôơuưyđĐÐ bcnght 0123./-,–\u0300\u0301\u0303\u0309\u0323\u0302\u031b\u200b\u00ad\u00a0TƯU%\n"“”'
    )
)
TEXTS = st.one_of(st.text(), VIETNAMESE)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_composed_and_decomposed_text_is_the_same(text: str) -> None:
    one, other = analyse(unicodedata.normalize("NFC", text)), analyse(unicodedata.normalize("NFD", text))
    assert one.exact == other.exact
    assert [each.terms for each in one.identifiers] == [each.terms for each in other.identifiers]


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_offsets_increase_and_cut_the_original(text: str) -> None:
    read = analyse(text)
    end = 0
    for token in read.tokens:
        assert end <= token.start < token.end <= len(text)
        end = token.end
        assert token.text in [each.text for each in analyse(text[token.start : token.end]).tokens] or "." in token.text
    for each in read.identifiers:
        assert 0 <= each.start < each.end <= len(text)
