"""Every place where the text names a person, or an office that stands for one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.article import Paragraph
from corpus.facts import names
from corpus.facts.names import Office
from corpus.tables import alternation, column, rows
from corpus.text import WORD


@dataclass(frozen=True, slots=True)
class Mention:
    """A person named (`name`), an office alone (`roles`), or only `đồng chí` (neither), at start:end.

    `group` numbers the list that the mention is part of; `label` is the word before a colon (`Chủ trì:`).
    """

    paragraph: int
    start: int
    end: int
    name: str | None = None
    roles: tuple[str, ...] = ()
    name_span: tuple[int, int] | None = None
    group: int = 0
    label: str | None = None
    polite: bool = True


_HONORIFIC = alternation(column("honorifics", "word"))
_RANK = alternation(column("titles", "title"))
_BARE = re.compile(r"(?:^|[.;:,\"] ?|đồng thời |và |khi |nội dung này, )$")
_PLURAL = re.compile(r"[Cc]ác ")
_TRIGGER = re.compile(
    rf"(?P<label>(?:^|(?<=[.;] )|(?<=- ))(?:{'|'.join(column('labels', 'pattern'))})\s?:\s*)"
    rf"|(?P<honor>(?<!\w){_HONORIFIC}(?: là)?(?:\s*:)?(?!\w)|(?<!\w){_RANK} (?={WORD} {WORD}))"
    rf"|(?P<item>^(?:[-+*•] |\d{{1,2}}[.)] |[a-zđ][.)] )?(?={WORD} {WORD}|{WORD}'))"
    rf"|(?P<role>{names.ROLE_HEAD.pattern})"
)
_NEXT = re.compile(
    r"(?: \([^)]{2,40}\))?(?:; |;|, và |,? và | \| |, )(?:và )?"
    r"(?:(?:các |cùng )?(?:đồng chí|đ/c|ông|bà)(?:\s*:)? )?",
    re.IGNORECASE,
)
_LABELS = tuple((re.compile(row["pattern"], re.IGNORECASE), row["part"]) for row in rows("labels"))


def label_part(label: str) -> str | None:
    """The part that a label gives (`Thư ký:` → secretary)."""
    return next((part for pattern, part in _LABELS if pattern.match(label)), None)


def mentions(paragraph: Paragraph) -> list[Mention]:
    """All mentions of a paragraph, in order."""
    found: list[Mention] = []
    key, at, group = paragraph.key, 0, 0
    while trigger := _TRIGGER.search(key, at):
        group += 1
        at = max(trigger.end(), at + 1)
        for mention in _read(paragraph, trigger, group):
            found.append(mention)
            at = max(at, mention.end)
    return found


def _read(paragraph: Paragraph, trigger: re.Match[str], group: int) -> Iterator[Mention]:
    """The mentions that a trigger opens: one, or a list of them."""
    key = paragraph.key
    kind = trigger.lastgroup
    start = trigger.start()
    at = trigger.start() if kind == "role" else trigger.end()
    if kind == "honor":
        at = _skip_blank(key, at)
    label = trigger.group().rstrip(": ") if kind == "label" else None
    if label:
        honor = re.compile(rf"{_HONORIFIC}(?:\s*:)?\s?").match(key, at)
        at = honor.end() if honor else at
    first = _person(paragraph, start, at, polite=kind in ("honor", "label"))
    if first is None or (kind == "item" and not first.roles):
        if (
            kind == "honor"
            and trigger.group().lower().startswith(("đồng chí", "đ/c", "ông", "bà"))
            and _BARE.search(key[:start][-16:])
        ):
            yield Mention(paragraph.index, start, trigger.end(), group=group)
        return
    if kind == "role" and first.name is None:
        yield replace(first, group=group, polite=False)
        return
    yield replace(first, group=group, label=label)
    yield from _others(paragraph, first.end, group, label, bool(_PLURAL.match(trigger.group())))


def _others(paragraph: Paragraph, at: int, group: int, label: str | None, plural: bool) -> Iterator[Mention]:
    """The further people of a list: `; <name>, <office>`, ` và đồng chí <name>`."""
    key = paragraph.key
    while step := _NEXT.match(key, at):
        polite = bool(re.search("chí|đ/c|ông|bà", step.group(), re.IGNORECASE))
        if step.group().endswith(", ") and not polite and not plural:
            return
        person = _person(paragraph, step.end(), step.end(), polite=polite)
        if person is None or person.name is None:
            return
        if not polite and not ((person.roles or plural) and names.is_full_name(person.name)):
            return
        yield replace(person, group=group, label=label)
        at = person.end


def _skip_blank(key: str, at: int) -> int:
    return at + 1 if key[at : at + 1] == " " else at


def _person(paragraph: Paragraph, start: int, at: int, polite: bool) -> Mention | None:
    """The person named at `at`, with the offices before and behind the name; an office alone counts too."""
    key, text = paragraph.key, paragraph.text
    at = names.skip_titles(key, at)
    span = names.name_at(key, at)
    before: list[Office] = []
    if span is None:
        before, span = _offices_before(key, at)
        if not before:
            return None
        if span is None:
            end = before[-1].end
            return Mention(paragraph.index, start, end, None, _roles(text, before), None, polite=polite)
    behind, end = names.offices_after(key, span[1])
    name = text[span[0] : span[1]]
    if not polite and not before and not names.starts_with_surname(key[span[0] : span[1]]):
        return None
    return Mention(paragraph.index, start, end, name, _roles(text, before + behind), span, polite=polite)


def _offices_before(key: str, at: int) -> tuple[list[Office], tuple[int, int] | None]:
    """Offices in front of a name (`Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh <name>`) and the name's range."""
    offices: list[Office] = []
    while office := names.office_at(key, at):
        offices.append(office)
        if office.name:
            return offices, office.name
        after = re.compile(r"(?:,|:| -)? (?:đồng chí |ông |bà |Đồng chí |Ông |Bà |đ/c |Đ/c )").match(key, office.end)
        if after:
            span = names.name_at(key, names.skip_titles(key, after.end()))
            if span:
                return offices, span
        step = re.compile(r", |, kiêm | kiêm ").match(key, office.end)
        if not step:
            break
        at = step.end()
    return offices, None


def _roles(text: str, offices: list[Office]) -> tuple[str, ...]:
    return tuple(text[office.start : office.end] for office in offices)
