"""What is read out of the demo articles does not get worse unnoticed."""

from __future__ import annotations

import json

from tests.parsing.score import FLOORS, SLACK, scores


def test_no_field_is_below_its_floor() -> None:
    found, floors = scores(), json.loads(FLOORS.read_text(encoding="utf-8"))
    assert {name: found.get(name) for name, floor in floors.items() if found.get(name, 0.0) < floor - SLACK} == {}
