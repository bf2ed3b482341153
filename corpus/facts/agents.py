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

_LEADS = re.compile(
    r"(?:[Kk]ết luận|[Cc]hỉ đạo|[Bb]ế mạc|[Kk]ết thúc|[Cc]hốt|[Kk]hép lại|[Tt]hay mặt đoàn chủ tịch|[Tt]hay mặt chủ tọa|[Pp]hát biểu tại)"
)
_MEETING = re.compile(
    r"(?<!\w)(?:[Hh]ội nghị|[Đđ]ại hội(?! đồng)|[Kk]ỳ họp|[Pp]hiên họp|[Cc]uộc họp|[Hh]ội đồng trường|[Đđ]oàn công tác|Hội đồng|Ban Thường vụ|Chi bộ)"
)
_CHAIR = re.compile(r"(?<!\w)(?:[Cc]hủ tọa|[Cc]hủ trì|[Đđ]oàn chủ tịch|[Cc]hủ tọa kỳ họp)(?= )")
_ADVERBS = re.compile(
    r"^[\s,-]*(?:(?:đã|cũng|còn|tiếp tục|thống nhất và|đồng thời|trực tiếp|sau đó|thẳng thắn|nghiêm túc|mới|liền|vừa|cho ý kiến,"
    r"|xem xét,|thảo luận,|nhấn mạnh,|ghi nhận và|phát biểu kết luận,|kết luận,|biểu dương,|tiếp thu,|làm rõ và) ?)*$"
)


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who acts, at start:end; `by` as the record names it, `leads` whether they may give orders here."""

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
        agent = _from_mention(people, paragraph, mention, last)
        if agent:
            found.append(agent)
            last = agent if agent.person else last
    taken = [(m.start, m.end) for m in mentions]
    for start, end, by in _from_bodies(people, paragraph, body):
        if not any(s < end and start < e for s, e in taken):
            found.append(Agent(start, end, by, False, True))
    return sorted(found, key=lambda a: a.start)


def _from_mention(people: People, paragraph: Paragraph, mention: Mention, last: Agent | None) -> Agent | None:
    if mention.name is None and not mention.roles:
        return Agent(mention.start, mention.end, last.by, True, last.leads) if last else None
    known = people.of(mention)
    if known is None and not mention.roles:
        return None
    office = (
        mention.roles[-1] if mention.roles else known.office or (known.roles[-1] if known and known.roles else None)
    )  # type: ignore[union-attr]
    sentence = next((s for s in paragraph.sentences if s.start <= mention.start < s.end), None)
    opening = paragraph.key[sentence.start : mention.start] if sentence else ""
    chairs = known is not None and known.part == "chair"
    leads = chairs or bool(_LEADS.search(opening)) or _attends_to_lead(paragraph, mention)
    return Agent(mention.start, mention.end, office or (known.name if known else None), True, leads)


def _attends_to_lead(paragraph: Paragraph, mention: Mention) -> bool:
    return (
        bool(mention.label and "chỉ đạo" in mention.label) or "chỉ đạo" in paragraph.key[mention.end : mention.end + 45]
    )


def _from_bodies(people: People, paragraph: Paragraph, body: str | None) -> Iterator[tuple[int, int, str | None]]:
    key = paragraph.key
    for start, end in bodies.bodies(key):
        yield start, end, bodies.without_bracket(paragraph.text[start:end])
    for match in _MEETING.finditer(key):
        yield match.start(), match.end(), body or paragraph.text[match.start() : match.end()]
    chair = people.chair()
    for match in _CHAIR.finditer(key):
        office = chair.office or chair.name if chair else None
        yield match.start(), match.end(), office or body


def acting(found: list[Agent], key: str, start: int, at: int) -> Agent | None:
    """Who acts at the verb at `at` in the sentence that begins at `start`: directly before it, else the last person."""
    before = [a for a in found if start <= a.start and a.end <= at]
    for agent in reversed(before):
        if _ADVERBS.match(key[agent.end : at]):
            return agent
    people = [a for a in before if a.person]
    return people[-1] if people else None
