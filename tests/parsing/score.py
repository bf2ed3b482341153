"""How well the demo articles are read: F1 by field against what a careful reader found in them.

`python -m tests.parsing.score` prints the table; `--pin` writes it to `floors.json`, which only a
person should lower. The expected facts lie in `demo/NAME.expected.json`; a field that one leaves
out is not scored for that article. Figures count by recall (a reader names the key ones).
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

from corpus.demonstration import demo_articles
from corpus.record import to_dict

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
SINGLE = ("title", "published_date", "page_date", "meeting_date", "outlet_code", "genre", "body_paragraphs")
MEETING = ("body", "kind", "session", "number", "term", "province", "place", "end_date")
SLACK = 0.002  # rounding of a pinned figure


def plain(value: object) -> object:
    """The form in which values are compared: capitals, blanks, dashes and tone placement aside."""
    if not isinstance(value, str):
        return value
    text = re.sub(r"[\u2010-\u2015]", "-", unicodedata.normalize("NFD", value).casefold())
    text = re.sub("([oaeuy]+)([\u0300\u0301\u0303\u0309\u0323])([aey])(?![a-z])", r"\1\3\2", text)
    return " ".join(text.split()).strip(" .,;:…")


def facts(record: dict, given: dict) -> dict[str, set]:
    """Each scored field as a set of comparable facts, only those that `given` states."""
    out: dict[str, set] = {}
    for name in SINGLE:
        if name in given:
            out[name] = {plain(record[name])} - {None, ""}
    for name in MEETING:
        if name in (given.get("meeting") or {}):
            out[f"meeting.{name}"] = {plain((record.get("meeting") or {}).get(name))} - {None}
    chair = record.get("chair") or {}
    if "chair" in given:
        out["chair.name"] = {plain(chair.get("name"))} - {None}
        out["chair.roles"] = {plain(role) for role in chair.get("roles") or ()}
    for name in ("authors", "captions"):
        if name in given:
            out[name] = {plain(value) for value in record.get(name) or ()}
    if "people" in given:
        people = record.get("people") or []
        out["people.name"] = {plain(one["name"]) for one in people}
        out["people.part"] = {(plain(one["name"]), one.get("part")) for one in people}
        out["people.roles"] = {(plain(one["name"]), plain(role)) for one in people for role in one.get("roles") or ()}
    if "cited_documents" in given:
        cited = record.get("cited_documents") or []
        out["documents"] = {tuple(plain(one.get(k)) for k in ("type", "number", "date", "issuer")) for one in cited}
    if "figures" in given:
        out["figures"] = {(float(one["value"]), plain(one.get("unit"))) for one in record.get("figures") or ()}
    if "directives" in given:
        tasks = record.get("directives") or []
        out["directives"] = {(plain(t.get("by")), plain(t.get("to")), _opening(t)) for t in tasks}
    if given.get("outcomes"):
        out["outcomes.verb"] = {plain(one["verb"]) for one in record.get("outcomes") or ()}
    if given.get("votes"):
        out["votes"] = {(str(one.get("for")), str(one.get("against"))) for one in record.get("votes") or ()}
    return out


def _opening(task: dict) -> str:
    return " ".join(str(plain(task.get("starts") or task.get("text") or "")).split()[:4])


def scores() -> dict[str, float]:
    """F1 of every field over the demo articles, and their mean."""
    tally: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for item in demo_articles():
        assert item.record is not None
        given = json.loads((HERE / "demo" / f"{Path(item.label).stem}.expected.json").read_text(encoding="utf-8"))
        wanted, found = facts(given, given), facts(to_dict(item.record), given)
        for name, facts_wanted in wanted.items():
            got = found.get(name, set())
            extra = 0 if name == "figures" else len(got - facts_wanted)
            for n, count in enumerate((len(got & facts_wanted), extra, len(facts_wanted - got))):
                tally[name][n] += count
    by_field = {name: _f1(*counts) for name, counts in sorted(tally.items())}
    return by_field | {"mean": round(sum(by_field.values()) / len(by_field), 3)}


def _f1(hit: int, extra: int, missed: int) -> float:
    return round(2 * hit / (2 * hit + extra + missed), 3) if hit + extra + missed else 1.0


def main() -> int:
    found = scores()
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    short = [name for name, floor in floors.items() if found.get(name, 0.0) < floor - SLACK]
    for name, value in found.items():
        print(f"{name:<20}{value:>7.3f}{'  below its floor ' + str(floors[name]) if name in short else ''}")
    if "--pin" in sys.argv:
        FLOORS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
