"""Every row of every table has an example, and the example does what the row says."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

import corpus
from corpus import tables
from corpus.article import Paragraph, read_article
from corpus.facts import bodies, names, numerals
from corpus.facts.addressee import addressee_at
from corpus.facts.deadlines import deadline
from corpus.facts.mentions import mentions
from corpus.layouts import outlet_of, outlets
from corpus.paper import body_case
from corpus.parse import parse_page
from corpus.readers.page import Block, Page
from corpus.record import Record
from corpus.tables import rows
from corpus.text import match_form

ALL = sorted(path.name.removesuffix(".tsv") for path in files(tables).iterdir() if path.name.endswith(".tsv"))
CODE = [path.read_text(encoding="utf-8") for path in Path(corpus.__file__).parent.rglob("*.py")]
Row = dict[str, str]


def each(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("row", rows(name), ids=lambda row: "|".join(list(row.values())[:3])[:60])


def report(*paragraphs: str) -> Record:
    """The record of a report with these paragraphs, an opening that makes Lộc Văn Khê the chair before
    them.
    """
    opening = "Sáng 5/3/2023, ông Lộc Văn Khê, Chủ tịch UBND xã chủ trì hội nghị UBND xã bàn việc làm đường."
    blocks = [
        Block("title", "UBND xã họp bàn làm đường"),
        *(Block("paragraph", text) for text in (opening, *paragraphs)),
    ]
    return parse_page(Page(tuple(blocks)), "report")


@pytest.mark.parametrize("name", ALL)
def test_every_row_has_an_example(name: str) -> None:
    assert rows(name)
    for row in rows(name):
        assert row["example"].strip(), row
        assert None not in row.values() and None not in row


@pytest.mark.parametrize("name", ALL)
def test_no_row_stands_twice(name: str) -> None:
    keys = [tuple(v for k, v in row.items() if k != "example") for row in rows(name)]
    assert sorted({k for k in keys if keys.count(k) > 1}) == []


@each("roles")
def test_role_is_one_whole_office(row: Row) -> None:
    office = names.office_at(match_form(row["example"]), 0)
    assert office is not None
    assert (office.end, office.name) == (len(row["example"]), None)
    assert row["head"].lower() in row["example"].lower()


@pytest.mark.parametrize("name", ["role_words", "comma_orgs", "org_compounds"])
def test_words_stay_inside_an_office(name: str) -> None:
    for row in rows(name):
        office = names.office_at(match_form(row["example"]), 0)
        assert office is not None and (office.end, office.name) == (len(row["example"]), None), row
        assert next(iter(row.values())) in row["example"]


@each("role_stops")
def test_office_ends_before_a_stop(row: Row) -> None:
    office = names.office_at(match_form(row["example"]), 0)
    assert office is not None and row["example"][: office.end] == "Chủ tịch UBND huyện"


@each("surnames")
def test_surname_begins_a_name_behind_an_office(row: Row) -> None:
    key = match_form(f"Chủ tịch UBND tỉnh {row['example']} phát biểu")
    office = names.office_at(key, 0)
    assert office is not None and office.name is not None
    assert key[slice(*office.name)] == match_form(row["example"])


@each("middle_names")
def test_middle_name_tells_a_name_from_a_place(row: Row) -> None:
    office = names.office_at(match_form(f"Chủ tịch UBND huyện {row['example']}"), 0)
    assert office is not None and office.name is not None


@each("titles")
def test_title_is_no_part_of_the_name(row: Row) -> None:
    found = mentions(Paragraph.of(0, f"Theo ông {row['example']}, việc này đã xong."))
    assert [m.name for m in found] == ["Lộc Văn Khê"]


@pytest.mark.parametrize("name", ["honorifics", "labels"])
def test_words_before_a_name(name: str) -> None:
    for row in rows(name):
        found = mentions(Paragraph.of(0, row["example"]))
        assert "Lộc Văn Khê" in [m.name for m in found], row


@each("labels")
def test_label_gives_the_part(row: Row) -> None:
    people = report(row["example"] + ".", "Mọi người đều nhất trí với nội dung cuộc họp hôm nay.").people
    part = {p.name: p.part for p in people}["Lộc Văn Khê"]
    assert part == ("chair" if row["part"] != "secretary" else part)
    plain = mentions(Paragraph.of(0, row["example"]))
    assert plain[0].label is not None


@each("parts")
def test_words_give_a_part(row: Row) -> None:
    text = row["example"].replace("Lộc Văn Khê", "Hứa Văn Mộc") + ", ai cũng nghe rõ."
    part = {p.name: p.part for p in report(text).people}.get("Hứa Văn Mộc")
    assert part == row["part"] if row["where"] != "not-chair" else part != "chair"


@each("bodies")
def test_body_is_read_whole(row: Row) -> None:
    assert bodies.body_at(match_form(row["example"]), 0) == len(row["example"])
    assert row["example"].startswith(row["head"])


@each("numerals")
def test_numeral(row: Row) -> None:
    match = re.search(rf"thứ ({numerals.NUMERAL})", row["example"])
    assert match and numerals.number_of(match[1]) == int(row["value"])


@each("meeting_kinds")
def test_meeting_kind(row: Row) -> None:
    record = parse_page(
        _page("Chuyện trong ngày", f"Sáng 5/3/2023, {row['example']} với sự có mặt của đông đủ bà con."), "x"
    )
    assert record.meeting is not None and record.meeting.kind == row["kind"]


def _page(title: str, *paragraphs: str) -> Page:
    filler = "Mọi người trao đổi thẳng thắn, ai cũng có phần việc của mình và hẹn gặp lại sau mùa gặt tới đây."
    return Page((Block("title", title), *(Block("paragraph", text) for text in (*paragraphs, filler))))


@each("meeting_cues")
def test_meeting_cue_stands_before_a_meeting(row: Row) -> None:
    assert re.search(row["pattern"], row["example"])


@each("place_ends")
def test_place_ends(row: Row) -> None:
    record = parse_page(_page("Chuyện xã", f"Sáng 5/3/2023, {row['example']}, mọi người đến đông đủ."), "x")
    assert record.meeting is not None and record.meeting.place == "hội trường xã"


@each("paper_types")
def test_paper_type(row: Row) -> None:
    lines = ["UBND XÃ TÂN SẬY", "Số: 12/XX-UBND", row["example"], "Về việc kết luận nội dung làm đường"]
    text = "Căn cứ tình hình thực tế của xã, các bên cùng ghi nhận những nội dung sau đây để làm trong năm."
    record = parse_page(Page(tuple(Block("paragraph", line) for line in (*lines, text, text))), "x")
    assert record.document is not None
    assert (record.document.type, record.genre) == (row["type"], row["genre"])


@each("document_types")
def test_document_type_is_cited(row: Row) -> None:
    found = report(f"Mọi người nghe đọc {row['example']} và trao đổi.").cited_documents
    assert [(d.type, f"{d.type} số {d.number}") for d in found] == [(row["type"], row["example"])]


@each("units")
def test_unit(row: Row) -> None:
    found = report(f"Cả năm xã {row['example']} theo báo cáo.").figures
    assert (12.0, row["unit"]) in [(f.value, f.unit) for f in found]


@each("figure_traps")
def test_what_is_no_figure(row: Row) -> None:
    assert report(f"Mọi người nhắc tới {row['example']} trong buổi sáng.").figures == ()


@each("noun_ends")
def test_counted_noun_ends(row: Row) -> None:
    assert [(f.value, f.unit) for f in report(f"Cả xã {row['example']}.").figures] == [(12.0, "cái bàn")]


@each("not_counted")
def test_what_is_not_counted(row: Row) -> None:
    assert report(f"Việc này xảy ra {row['example']}.").figures == ()


@each("task_verbs")
def test_task_begins(row: Row) -> None:
    key = match_form(row["example"])
    whom = addressee_at(key, len("yêu cầu"), len(key))
    assert whom is not None
    assert (key[whom.start : whom.end], key[whom.task :].startswith(match_form(row["word"]))) == (
        "Sở Y tế",
        True,
    )


@each("actor_compounds")
def test_words_stay_inside_the_one_asked(row: Row) -> None:
    key = match_form(row["example"])
    whom = addressee_at(key, len("yêu cầu"), len(key))
    assert whom is not None and key[whom.task :] == "báo cáo kết quả"


@each("actors")
def test_one_asked(row: Row) -> None:
    key = match_form(row["example"])
    whom = addressee_at(key, len("yêu cầu"), len(key))
    assert whom is not None and key[whom.start : whom.end] == f"{match_form(row['word'])} A"


@each("directive_cues")
def test_directive_cue(row: Row) -> None:
    if row["cue"] != "intro":
        assert len(report(row["example"] + ".").directives) == 1
    else:
        assert len(report(row["example"], "- Sở Y tế rà soát việc này.").directives) == 1


@each("directive_traps")
def test_what_is_no_order(row: Row) -> None:
    assert report(row["example"] + ".").directives == ()


@each("deadlines")
def test_deadline(row: Row) -> None:
    found = deadline(match_form(row["example"]))
    assert found is not None and row["example"][slice(*found)].strip() == row["due_text"]


@each("outcome_verbs")
def test_outcome_verb(row: Row) -> None:
    assert [o.verb for o in report(row["example"] + ".").outcomes] == [row["verb"]]


@each("outcome_traps")
def test_what_is_no_outcome(row: Row) -> None:
    assert report(row["example"] + ".").outcomes == ()


@each("vote_words")
def test_vote_word(row: Row) -> None:
    votes = report(row["example"][0].upper() + row["example"][1:] + ".").votes
    values = {"for": votes[0].for_, "against": votes[0].against, "abstain": votes[0].abstain}
    assert len(votes) == 1 and values[row["side"]] == "20"


@each("furniture")
def test_furniture_is_left_out(row: Row) -> None:
    page = _page("Chuyện trong xã", "Sáng 5/3/2023, UBND xã họp bàn việc làm đường liên thôn với sự có mặt của bà con.")
    article = read_article(Page((*page.blocks, Block("paragraph", row["example"]))))
    assert len(article.paragraphs) == 2 and article.bylines == ()


@each("captions")
def test_caption(row: Row) -> None:
    page = _page("Chuyện trong xã", "Sáng 5/3/2023, UBND xã họp bàn việc làm đường liên thôn với sự có mặt của bà con.")
    blocks = [*page.blocks[:2], Block("paragraph", row["example"]), *page.blocks[2:]]
    article = read_article(Page(tuple(blocks)))
    assert article.captions == (row["example"],) and len(article.paragraphs) == 2


@each("html_classes")
def test_class_has_its_mark(row: Row) -> None:
    assert re.search(rf"(?:^|[\s_-]){re.escape(row['mark'])}(?=$|[\s_\d-])", row["example"], re.IGNORECASE)


@pytest.mark.parametrize("outlet", outlets(), ids=lambda outlet: outlet.name)
def test_outlet_is_found_by_code_alias_and_host(outlet: object) -> None:
    from corpus.layouts import Outlet

    assert isinstance(outlet, Outlet)
    if outlet.code:
        assert outlet_of(outlet.code, None) == outlet
    assert all(outlet_of(alias, None) == outlet for alias in outlet.aliases)
    assert outlet_of(None, f"https://www.{outlet.host}/tin/1.html") == outlet
    assert outlet_of(None, f"https://not{outlet.host}/tin/1.html") is None


def test_outlet_rows_end() -> None:
    assert outlet_of("KHÔNG", "https://example.org/") is None
    assert outlet_of(None, "http://[") is None


@each("small_words")
def test_small_words_of_a_body(row: Row) -> None:
    assert body_case(row["example"].upper()) == row["example"]


@each("cues")
def test_cue_stands_in_its_example(row: Row) -> None:
    assert re.search(row["pattern"], row["example"])
    assert any(f'words_of("{row["cue"]}")' in code or f"words_of('{row['cue']}')" in code for code in CODE), (
        "nobody looks for it"
    )


@each("noun_keeps")
def test_second_word_stays_in_the_counted_noun(row: Row) -> None:
    figures = report(row["example"] + ".").figures
    assert [(f.value, f"12 {f.unit} đạt" in row["example"]) for f in figures] == [(12.0, True)]
