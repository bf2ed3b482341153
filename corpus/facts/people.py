"""Everybody named in the report, once, with offices and the part played; who chaired; who is meant by
an office.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from corpus.article import Paragraph
from corpus.facts import names
from corpus.facts.mentions import Mention, label_part
from corpus.facts.reading import Reading
from corpus.facts.signatures import signatures
from corpus.record import Chair, Part, Person
from corpus.tables import column, rows
from corpus.text import Sentence, match_form

#: A stronger part takes the place of a weaker one.
_RANK: dict[Part, int] = {
    "mentioned": 0, "attended": 1, "signed": 2, "spoke": 3, "presented": 4, "secretary": 5, "chair": 6,
}  # fmt: skip
_WEAK = re.compile(r"(?:đại biểu|cử tri|cổ đông|phụ huynh|anh|chị|cô|thầy)\b", re.IGNORECASE)


def _rules(where: str) -> tuple[tuple[re.Pattern[str], Part], ...]:
    return tuple((re.compile(r["pattern"]), r["part"]) for r in rows("parts") if r["where"] == where)  # type: ignore[misc]


_AFTER, _BEFORE, _OPENS = _rules("after"), _rules("before"), _rules("opens")
_NOT_CHAIR = re.compile(rf"(?:{'|'.join(column('parts', 'pattern', where='not-chair'))})\s*$")
_SECTION = re.compile(r"^(?:[IVX\d]+[.)]\s*)?(?:Thành phần|THÀNH PHẦN|Đại biểu dự|Có mặt)")
_SECTION_END = re.compile(r"^(?:[IVX\d]+[.)]\s*)?(?:Nội dung|NỘI DUNG|Diễn biến|DIỄN BIẾN|Chủ trì|Chủ tọa|CHỦ)")


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    """The form in which two names or offices are the same."""
    return match_form(name).casefold()


@dataclass(slots=True)
class Known:
    """One person while the report is read; `office` is the last office at the first mention that gives
    one.
    """

    name: str
    paragraph: int | None
    span: tuple[int, int] | None
    roles: tuple[str, ...] = ()
    part: Part = "mentioned"
    office: str | None = None
    guides: bool = False  # attends to guide the meeting (`dự và chỉ đạo`)

    def take(self, roles: tuple[str, ...], part: Part) -> None:
        """Add what another mention says: a longer list of offices, a stronger part."""
        if roles and self.office is None:
            self.office = roles[-1]
        if len(roles) > len(self.roles):
            self.roles = roles
        if _RANK[part] > _RANK[self.part]:
            self.part = part


@dataclass(slots=True)
class People:
    """The people of a report and the look-ups that other facts need."""

    known: list[Known] = field(default_factory=list)

    def person(self, name: str) -> Known | None:
        """The person of this name, or of this last word of a name (`ông Vạn`)."""
        key = _key(name)
        exact = next((k for k in self.known if _key(k.name) == key), None)
        if exact or " " in name:
            return exact
        return next((k for k in self.known if _key(k.name).split(" ")[-1] == key), None)

    def holder(self, office: str) -> Known | None:
        """Who holds an office, as far as the report says (`Bí thư Tỉnh ủy`)."""
        key = _key(office)
        for exact in (True, False):
            for person in self.known:
                for role in person.roles:
                    held = _key(role)
                    if held == key or (not exact and (held.startswith(key + " ") or key.startswith(held + " "))):
                        return person
        return None

    def of(self, mention: Mention) -> Known | None:
        """The person that a mention stands for."""
        if mention.name:
            return self.person(mention.name)
        for role in mention.roles:
            found = self.holder(role)
            if found:
                return found
        return None

    def chair(self) -> Known | None:
        """The first who chaired."""
        return next((k for k in self.known if k.part == "chair"), None)

    def as_records(self) -> tuple[Person, ...]:
        """The record's people, in the order of their first mention."""
        return tuple(
            Person(name=k.name, roles=k.roles, part=k.part, paragraph=k.paragraph, span=k.span) for k in self.known
        )

    def chair_record(self) -> Chair | None:
        """The record's chair."""
        chair = self.chair()
        return Chair(name=chair.name, roles=chair.roles, paragraph=chair.paragraph, span=chair.span) if chair else None


def read_people(reading: Reading) -> People:
    """All people of the text, header and signatures of papers included."""
    people = People()
    section = False
    for paragraph in reading.article.paragraphs:
        section = bool(_SECTION.match(paragraph.key)) or (section and not _SECTION_END.match(paragraph.key))
        found = reading.mentions_in(paragraph.index)
        for mention, part in zip(found, _parts(paragraph, found, section), strict=True):
            _add(people, paragraph, mention, part)
    for name, span, role, part in signatures(reading.article):
        signer = people.person(name) if " " in name or "'" in name else None
        if signer is None:
            signer = Known(name, span[0], span[1:])
            people.known.append(signer)
        signer.take((role,) if role and not signer.roles else (), part)
    return people


def _add(people: People, paragraph: Paragraph, mention: Mention, part: Part) -> None:
    person = people.of(mention)
    if person is None:
        if mention.name is None or not names.is_full_name(match_form(mention.name)):
            return
        honor = paragraph.key[mention.start : mention.end]
        if _WEAK.match(honor) and not names.starts_with_surname(match_form(mention.name)):
            return
        person = Known(mention.name, paragraph.index, mention.name_span)
        people.known.append(person)
    person.take(mention.roles if mention.name else (), part)
    for office in _elected(paragraph, mention):
        if office not in person.roles:
            person.roles = (*person.roles, office)
    person.guides = person.guides or bool(_GUIDES.search(paragraph.key[max(0, mention.start - 45) : mention.end + 30]))


_GUIDES = re.compile(r"[Dd]ự và (?:phát biểu )?chỉ đạo|[Dd]ự, chỉ đạo")
_ELECTED = re.compile(
    r"[^.;:]{0,60}?(?:giữ chức(?: vụ| danh)?|được bầu (?:làm|giữ)|tái đắc cử|bầu làm|trúng cử(?: chức)?) "
)


def _elected(paragraph: Paragraph, mention: Mention) -> tuple[str, ...]:
    """The office to which somebody without one here was elected at the meeting."""
    match = _ELECTED.match(paragraph.key, mention.end)
    office = names.office_at(paragraph.key, match.end()) if match else None
    return (paragraph.text[office.start : office.end],) if office else ()


def _parts(paragraph: Paragraph, found: list[Mention], section: bool) -> list[Part]:
    """The part that each mention of a paragraph gives."""
    parts = [
        _part(paragraph, mention, found[i + 1].start if i + 1 < len(found) else None, section)
        for i, mention in enumerate(found)
    ]
    for i, mention in enumerate(found):  # what is said behind the last of a list holds for all of it
        group = [j for j, other in enumerate(found) if other.group == mention.group]
        last = group[-1]
        if i != last and parts[last] in ("chair", "attended", "presented") and _listed(paragraph, found, i, last):
            parts[i] = max(parts[i], parts[last], key=lambda p: _RANK[p])
        first = group[0]
        if i != first and parts[first] in ("chair", "attended") and parts[i] == "mentioned":
            parts[i] = parts[first]
    return parts


def _listed(paragraph: Paragraph, found: list[Mention], one: int, last: int) -> bool:
    return "." not in paragraph.key[found[one].end : found[last].start].replace("T.Ư", "")


def _sentence(paragraph: Paragraph, at: int) -> Sentence:
    return next((s for s in paragraph.sentences if s.start <= at < s.end), Sentence(0, len(paragraph.key)))


def _part(paragraph: Paragraph, mention: Mention, following: int | None, section: bool) -> Part:
    key = paragraph.key
    sentence = _sentence(paragraph, mention.start)
    if mention.label and (labelled := label_part(mention.label)):
        return labelled  # type: ignore[return-value]
    after = key[mention.end : min(sentence.end, following or sentence.end)]
    before = key[sentence.start : mention.start]
    part = next((part for pattern, part in _AFTER if pattern.match(after)), None)
    if part == "chair" and _NOT_CHAIR.search(before):
        part = None
    if part in (None, "spoke"):
        told = next((part for pattern, part in _BEFORE if pattern.search(before)), None)
        opened = next((part for pattern, part in _OPENS if pattern.match(key[sentence.start : sentence.end])), None)
        part = told or (opened if opened != "presented" or part == "spoke" else None) or part
    if part is None and section:
        part = "attended"
    return part or "mentioned"
