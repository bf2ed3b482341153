"""Tasks: who asks whom to do what until when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus import dates
from corpus.article import Paragraph
from corpus.facts.addressee import Addressee, addressee_at, unasked_at
from corpus.facts.agents import Agent, acting, agents
from corpus.facts.deadlines import deadline
from corpus.facts.people import People
from corpus.facts.reading import Reading
from corpus.record import Directive
from corpus.tables import column, rows
from corpus.text import Sentence

_CUE = re.compile(rf"(?<!\w)(?:{'|'.join(column('directive_cues', 'pattern', cue='order'))})(?!\w)", re.IGNORECASE)
_INTRO = re.compile(rf"(?:{'|'.join(column('directive_cues', 'pattern', cue='intro'))})[^.;]{{0,80}}:$", re.IGNORECASE)
_AFTER = tuple(re.compile(r["pattern"]) for r in rows("directive_traps") if r["where"] == "after")
_BEFORE = tuple(re.compile(r["pattern"]) for r in rows("directive_traps") if r["where"] == "before")
_ITEM = re.compile(r"^(?:[-+*•] ?|\d{1,2}(?:\.\d{1,2})?[.)] ?|[a-zđ][.)] |(?:Một|Hai|Ba|Bốn|Năm|Sáu) là,? |Thứ \w+,? )")
_STARTS_WORDS = 10
_PROPOSAL = re.compile(r"^(?:xem xét|cho phép|phê duyệt|chấp thuận|cho chủ trương|cho ý kiến)")
_SOFT = re.compile(r"đề nghị|lưu ý|kêu gọi|nhắc", re.IGNORECASE)


@dataclass(slots=True)
class _State:
    """What carries over from one sentence or paragraph to the next."""

    agent: Agent | None = None
    listing: Agent | None = None  # who gave the list that is running
    body: str | None = None


def read_directives(reading: Reading, people: People, body: str | None) -> tuple[Directive, ...]:
    """The tasks given at the meeting, in order. `body` is the meeting's body."""
    state = _State(body=body)
    found: list[Directive] = []
    for paragraph in reading.article.paragraphs:
        found += _in_paragraph(reading, people, paragraph, state)
    return tuple(found)


def _in_paragraph(reading: Reading, people: People, paragraph: Paragraph, state: _State) -> Iterator[Directive]:
    found = agents(reading, people, paragraph, state.body, state.agent)
    item = _ITEM.match(paragraph.key)
    listing = state.listing if item else None
    if not item:
        state.listing = None
    asked = False
    current: Agent | None = None
    for sentence in paragraph.sentences:
        start = sentence.start + (item.end() if item and sentence.start == 0 else 0)
        tasks = list(
            _in_sentence(
                paragraph,
                Sentence(start, sentence.end),
                found,
                current or listing,
                state,
                asked or listing is not None,
            )
        )
        yield from tasks
        asked = asked or bool(tasks)
        inside = [a for a in found if sentence.start <= a.start < sentence.end and (a.person or _acts(paragraph, a))]
        current = next((a for a in inside if a.person), inside[0] if inside else current)
    if current and current.person:
        state.agent = current
    if _INTRO.search(paragraph.key):
        state.listing = current or state.agent or Agent(0, 0, state.body, False, True)


def _acts(paragraph: Paragraph, agent: Agent) -> bool:
    return bool(
        re.match(
            r" (?:cũng |đã )?(?:thống nhất|yêu cầu|đề nghị|giao|quyết định|kết luận|cho ý kiến|nhất trí|thông qua|xem xét|nghe|phân công)",
            paragraph.key[agent.end : agent.end + 24],
        )
    )


def _in_sentence(
    paragraph: Paragraph,
    sentence: Sentence,
    found: list[Agent],
    carried: Agent | None,
    state: _State,
    asked: bool,
) -> Iterator[Directive]:
    key = paragraph.key
    cues = [m for m in _CUE.finditer(key, sentence.start, sentence.end) if _is_order(key, m, sentence)]
    giver: Agent | None = None
    end = sentence.start
    for position, cue in enumerate(cues):
        if cue.start() < end:
            continue
        stop = cues[position + 1].start() if position + 1 < len(cues) else sentence.end
        agent = _giver(paragraph, sentence, found, cue, giver, carried, state)
        if agent is None or (not agent.leads and _SOFT.match(cue.group())):
            continue
        whom = addressee_at(key, cue.end(), sentence.end)
        if whom is None or (_PROPOSAL.match(key[whom.task : whom.task + 30]) and _SOFT.match(cue.group())):
            continue
        giver = agent
        clause = _clause_end(key, whom.task, max(stop, whom.task), sentence.end)
        yield _directive(
            paragraph, agent, whom, cue.start(), clause, sentence.end if position + 1 == len(cues) else stop
        )
        yield from _further(paragraph, agent, clause, stop)
        end = clause
    if not cues and asked and carried is not None and carried.leads:
        whom = unasked_at(key, sentence.start, sentence.end)
        if whom:
            clause = _clause_end(key, whom.task, sentence.end, sentence.end)
            yield _directive(paragraph, carried, whom, whom.start, clause, sentence.end)
            yield from _further(paragraph, carried, clause, sentence.end)


def _giver(
    paragraph: Paragraph,
    sentence: Sentence,
    found: list[Agent],
    cue: re.Match[str],
    giver: Agent | None,
    carried: Agent | None,
    state: _State,
) -> Agent | None:
    agent = acting(found, paragraph.key, sentence.start, cue.start())
    if giver is not None and (agent is None or paragraph.key[agent.end : cue.start()].strip(" ,")):
        return giver
    if agent is not None and agent.by:
        return agent
    return carried or Agent(0, 0, state.body, False, True)


def _is_order(key: str, cue: re.Match[str], sentence: Sentence) -> bool:
    before, after = key[sentence.start : cue.start()], key[cue.end() : cue.end() + 30]
    if not after.startswith((" ", ":")):
        return False
    return not any(p.search(before) for p in _BEFORE) and not any(p.match(after) for p in _AFTER)


def _clause_end(key: str, start: int, stop: int, sentence_end: int) -> int:
    """The end of the task: a semicolon outside of brackets, or the next verb of order."""
    semicolon = key.find(";", start, stop)
    end = semicolon if semicolon >= 0 else stop
    if semicolon < 0 and stop < sentence_end:  # before "; giao", ", đồng thời đề nghị", " và yêu cầu"
        end = start + len(re.sub(r"[\s,;]*(?:đồng thời|và|cũng|song|ngoài ra|đồng chí)?[\s,]*$", "", key[start:stop]))
    return end


def _further(paragraph: Paragraph, agent: Agent, at: int, stop: int) -> Iterator[Directive]:
    """`; <B> <task>; <C> <task>` behind a task: the same verb of order."""
    key = paragraph.key
    while at < stop and key[at] == ";":
        end = key.find(";", at + 1, stop)
        end = stop if end < 0 else end
        whom = unasked_at(key, at + 1 + (key[at + 1 : at + 2] == " "), end)
        if whom:
            yield _directive(paragraph, agent, whom, whom.start, end, end)
        at = end


def _directive(paragraph: Paragraph, agent: Agent, whom: Addressee, start: int, end: int, reach: int) -> Directive:
    text, key = paragraph.text, paragraph.key
    task = text[whom.task : end].strip(" .,;")
    due_text = _due_text(paragraph, whom.start, end) or _due_text(paragraph, end, _tail_end(key, end, reach))
    return Directive(
        text=text[start:end].strip(" .,;"),
        by=agent.by,
        to=text[whom.start : whom.end].strip(" ,") or None if whom.end > whom.start else None,
        starts=" ".join(task.split()[:_STARTS_WORDS]),
        due=_due_day(due_text),
        due_text=due_text,
        paragraph=paragraph.index,
        span=(start, end),
    )


def _tail_end(key: str, end: int, reach: int) -> int:
    """The end of a deadline set off behind the task (`; thời hạn xong trong quý II`), else `end`."""
    match = re.match(r"; (?:thời hạn|hạn|hoàn thành|xong|chậm nhất)[^;]*", key[end:reach])
    return end + match.end() if match else end


def _due_text(paragraph: Paragraph, start: int, end: int) -> str | None:
    found = deadline(paragraph.key[start:end])
    return paragraph.text[start + found[0] : start + found[1]].strip() if found else None


def _due_day(due_text: str | None) -> str | None:
    found = dates.find(due_text) if due_text else []
    return found[0].iso() if found else None
