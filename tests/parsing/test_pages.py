"""Golden folders: `pages/<why>/source.*` and, in `record.json`, the fields of its record that matter.

A list in record.json must be as long as the record's, an object may leave fields out; figures and
warnings are compared as "at least these".
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.parse import parse
from corpus.record import to_dict

FOLDERS = sorted(path.parent for path in (Path(__file__).parent / "pages").glob("*/record.json"))
AT_LEAST = {"figures", "warnings"}


def differences(expected: Any, found: Any, where: str = "") -> list[str]:
    if isinstance(expected, dict) and isinstance(found, dict):
        return [
            d
            for key, value in expected.items()
            for d in differences(value, found.get(key, "missing"), f"{where}.{key}")
        ]
    if isinstance(expected, list) and isinstance(found, list | tuple):
        if where.strip(".") in AT_LEAST:
            missing = [e for e in expected if all(differences(e, f) for f in found)]
            return [f"{where}: {missing} not in {found}"] if missing else []
        if len(expected) != len(found):
            return [f"{where}: {len(expected)} expected, found {found}"]
        return [
            d for i, pair in enumerate(zip(expected, found, strict=True)) for d in differences(*pair, f"{where}[{i}]")
        ]
    return [] if expected == found else [f"{where}: {expected!r} expected, found {found!r}"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_page_gives_its_record(folder: Path) -> None:
    source = next(path for path in folder.iterdir() if path.stem == "source")
    record = to_dict(parse(source.read_bytes(), source.name))
    expected = json.loads((folder / "record.json").read_text(encoding="utf-8"))
    assert differences(expected, record) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_spans_lie_in_their_paragraphs(folder: Path) -> None:
    source = next(path for path in folder.iterdir() if path.stem == "source")
    record = parse(source.read_bytes(), source.name)
    for facts in (record.people, record.figures, record.directives, record.outcomes, record.votes):
        for fact in facts:
            if fact.span is not None and fact.paragraph is not None:
                start, end = fact.span
                assert 0 <= start < end <= len(record.paragraphs[fact.paragraph])
    for person in record.people:
        if person.span is not None and person.paragraph is not None:
            assert record.paragraphs[person.paragraph][slice(*person.span)] == person.name
    for document in record.cited_documents:
        assert len(document.spans) == document.mentions


def test_a_wrong_value_is_a_difference() -> None:
    assert differences({"a": [{"b": 1}]}, {"a": [{"b": 2}]}) and differences({"a": [1]}, {"a": []})
    assert not differences({"a": {"b": None}}, {"a": {"b": None, "c": 3}})


def test_there_are_folders() -> None:
    assert len(FOLDERS) >= 12
