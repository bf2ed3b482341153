"""Who speaks or acts: the person, office or body before a verb, and under which name the record gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.article import Paragraph
from corpus.facts import bodies
from corpus.facts.mentions import Mention
from corpus.facts.people import People
from corpus.facts.reading import Reading
from corpus.tables import words_of
from corpus.text import match_form

_LEADS = re.compile(words_of("leads"))
_MEETING = re.compile(rf"(?<!\w){words_of('meeting noun')}(?!\w)")
#: What stands before a noun that is the subject.
_SUBJECT = re.compile(r"(?:^|[.;:,\"] ?|và |thì |nên |mà )$")
_CHAIR = re.compile(
    r"(?<!\w)(?:[Cc]hủ tọa|[Cc]hủ trì(?! (?:hội|phiên|cuộc|kỳ|buổi|họp))|[Đđ]oàn chủ tịch|CHỦ TRÌ"
    r"|CHỦ TỌA)(?= |$)(?!, phối hợp)"
)
#: Words before a name that make it no subject (`những đóng góp của đồng chí …`).
_OBJECT = re.compile(rf"{words_of('object')} $")
_PLURAL = re.compile(r"(?:[Cc]ác|những|\d+) ")
_ADVERBS = re.compile(rf"^[\s,-]*(?:{words_of('adverb')} ?)*$")


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who acts, at start:end; `by` as the record names it, `leads` whether they may give
    orders here.
    """

    start: int
    end: int
    by: str | None
    person: bool
    leads: bool


def agents(reading: Reading, people: People, paragraph: Paragraph, body: str | None, last: Agent | None) -> list[Agent]:
    """All who could act in a paragraph, in order. `last` is the one before, whom a bare `đồng chí` means."""
    found: list[Agent] = []
    mentions = reading.mentions_in(paragraph.index)
    for mention in mentions:
        agent = _from_mention(people, paragraph, mention, last, body)
        if agent:
            found.append(agent)
            last = agent if people.of(mention) or last is None else last
    taken = [(m.start, m.end) for m in mentions]
    for start, end, by, person in _from_bodies(people, paragraph, body):
        if not any(s < end and start < e for s, e in taken):
            found.append(Agent(start, end, by, person, True))
    return sorted(found, key=lambda a: a.start)


def _from_mention(
    people: People, paragraph: Paragraph, mention: Mention, last: Agent | None, body: str | None
) -> Agent | None:
    if mention.name is None and not mention.roles:
        return Agent(mention.start, mention.end, last.by, True, last.leads) if last else None
    known = people.of(mention)
    if (known is None and not mention.roles) or _OBJECT.search(paragraph.key[: mention.start][-24:]):
        return None
    if mention.name is None and _PLURAL.match(paragraph.key, mention.start):
        return None
    held = (known.office or (known.roles[-1] if known.roles else None)) if known else None
    office = mention.roles[-1] if mention.roles else held
    sentence = next((s for s in paragraph.sentences if s.start <= mention.start < s.end), None)
    opening = paragraph.key[sentence.start : mention.start] if sentence else ""
    chairs = known is not None and known.part == "chair"
    leads = chairs or _outranks(office, body) or bool(_LEADS.search(opening)) or bool(known and known.guides)
    return Agent(mention.start, mention.end, office or (known.name if known else None), True, leads)


_SECRETARY = re.compile(r"Bí thư (?:Tỉnh|Huyện|Thành|Thị|Đảng|Đoàn|Chi)")
_LEVELS = tuple(
    re.compile(words)
    for words in (
        r"Chi bộ|thôn|bản|ấp", r"xã|phường|thị trấn|Đảng ủy", r"huyện|Huyện|Thành ủy|Thị ủy|thị xã|thành phố",
        r"tỉnh|Tỉnh|Sở", r"Trung ương|Chính phủ|Quốc hội",
    )
)  # fmt: skip


def _level(text: str) -> int:
    return max((i for i, words in enumerate(_LEVELS) if words.search(match_form(text))), default=-1)


def _outranks(office: str | None, body: str | None) -> bool:
    """Whether a Party secretary of the body's level, or a higher one, speaks."""
    return bool(office and body and _SECRETARY.match(match_form(office)) and _level(office) >= _level(body))


def _from_bodies(people: People, paragraph: Paragraph, body: str | None) -> Iterator[tuple[int, int, str | None, bool]]:
    key = paragraph.key
    for start, end in bodies.bodies(key):
        yield start, end, bodies.without_bracket(paragraph.text[start:end]), False
    for match in _MEETING.finditer(key):
        if not _SUBJECT.search(key[max(0, match.start() - 8) : match.start()]):
            continue
        yield match.start(), match.end(), body or paragraph.text[match.start() : match.end()], False
    chair = people.chair()
    for match in _CHAIR.finditer(key):
        office = chair.office or chair.name if chair else None
        yield match.start(), match.end(), office or body, chair is not None


def is_adjacent(agent: Agent, key: str, at: int) -> bool:
    """Whether nothing but adverbs stands between the agent and the verb at `at`."""
    return agent.end <= at and bool(_ADVERBS.match(key[agent.end : at]))


def acting(found: list[Agent], key: str, start: int, at: int) -> Agent | None:
    """Who acts at the verb at `at` in the sentence that begins at `start`: directly before it, else
    the last person.
    """
    before = [a for a in found if start <= a.start and a.end <= at]
    for agent in reversed(before):
        if is_adjacent(agent, key, at):
            return agent
    people = [a for a in before if a.person]
    return people[-1] if people else None
