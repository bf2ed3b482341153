"""The record: JSON both ways, and the schema that is generated from it."""

from __future__ import annotations

import json

import jsonschema
import msgspec
import pytest

from corpus.record import (
    Chair,
    CitedDocument,
    Outcome,
    Record,
    Vote,
    from_json,
    json_schema,
    to_dict,
    to_json,
)
from tests.reports import report

FULL = report(
    "Hội nghị Huyện ủy Nậm Rốm",
    "Một đoạn.",
    "Đoạn nữa.",
    id="abc",
    meeting_date="2023-05-02",
    chair=Chair(name="Mùa A Sình", roles=("Bí thư Huyện ủy",), paragraph=0, span=(0, 3)),
    cited_documents=(CitedDocument(number="58-NQ/TU", type="Nghị quyết", mentions=2, paragraphs=(0, 1)),),
    outcomes=(Outcome(verb="cho ý kiến", text="dự thảo báo cáo", paragraph=1),),
    votes=(Vote(for_="65/66", on="báo cáo"),),
)


def test_json_both_ways() -> None:
    assert from_json(to_json(FULL)) == FULL
    assert to_dict(FULL)["votes"][0]["for"] == "65/66"


def test_only_title_and_paragraphs_are_required() -> None:
    record = from_json('{"title": "Tin", "paragraphs": ["a", "b"], "unknown": 1}')
    assert (record.title, record.body_paragraphs, record.meeting, record.people) == ("Tin", 2, None, ())


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        "{}",
        '{"title": 1, "paragraphs": []}',
        '{"title": "x", "paragraphs": [], "meeting_date": "12/3"}',
    ],
)
def test_a_wrong_record_says_where(line: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=r"Expected|missing|matching"):
        from_json(line)


def test_the_schema_accepts_records_and_refuses_others() -> None:
    schema = json_schema()
    jsonschema.validate(json.loads(to_json(FULL)), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"title": "x"}, schema)


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        FULL.title = "x"  # type: ignore[misc]
    assert isinstance(FULL, Record)
