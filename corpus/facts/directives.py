"""Tasks: who asks whom to do what until when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus import dates
from corpus.article import Paragraph
from corpus.facts import bodies
from corpus.facts.addressee import Addressee, addressee_at, begins_task, is_needed, needed_at, unasked_at
from corpus.facts.agents import Agent, acting, agents, is_adjacent
from corpus.facts.deadlines import deadline
from corpus.facts.people import People
from corpus.facts.reading import Reading
from corpus.record import Directive
from corpus.tables import column, rows, words_of
from corpus.text import Sentence

_ORDER = "|".join(column("directive_cues", "pattern", cue="order"))
_WEAK = "|".join(column("directive_cues", "pattern", cue="weak"))
_CUE = re.compile(rf"(?<!\w)(?:{_ORDER}|(?P<weak>{_WEAK}))(?!\w)", re.IGNORECASE)
_INTRO = re.compile(rf"(?:{'|'.join(column('directive_cues', 'pattern', cue='intro'))})[^.;]{{0,80}}:$", re.IGNORECASE)
_TRAPS = tuple((r["cue"], r["where"], re.compile(r["pattern"])) for r in rows("directive_traps"))
_ITEM = re.compile(r"^(?:[-+*•] ?|\d{1,2}(?:\.\d{1,2})?[.)] ?|[a-zđ][.)] |(?:Một|Hai|Ba|Bốn|Năm|Sáu) là,? |Thứ \w+,? )")
_SUMS_UP = re.compile(r"^(?:[IVX\d]+[.)] ?)?(?:[Pp]hát biểu )?(?:[Kk]ết luận|KẾT LUẬN|[Bb]ế mạc|[Kk]ết thúc|[Cc]hốt)")
_GOES_ON = re.compile(r"(?:Cùng với đó|Ngoài ra|Đồng thời|Bên cạnh đó|Cùng đó|Mặt khác|Về |Đối với |Riêng )")
_STARTS_WORDS = 10
_PROPOSAL = re.compile(r"^(?:xem xét|cho phép|phê duyệt|chấp thuận|cho chủ trương|cho ý kiến)")
_SOFT = re.compile(r"đề nghị|lưu ý|kêu gọi|nhắc", re.IGNORECASE)


@dataclass(slots=True)
class _State:
    """What carries over from one sentence or paragraph to the next."""

    agent: Agent | None = None
    listing: Agent | None = None  # who gave the list that is running
    body: str | None = None
    concluder: Agent | None = None  # who sums up, as a heading or an opening of a paragraph says
    chaired: bool = False  # whether the report says who chaired
    to: str | None = None  # an item that only names who is asked (`3. Giao Sở Y tế`)


def read_directives(reading: Reading, people: People, body: str | None) -> tuple[Directive, ...]:
    """The tasks given at the meeting, in order. `body` is the meeting's body."""
    paper = reading.article.paper
    state = _State(body=body or (paper.document.issuer if paper else None), chaired=people.chair() is not None)
    found: list[Directive] = []
    for paragraph in reading.article.paragraphs:
        found += _in_paragraph(reading, people, paragraph, state)
    return tuple(found)


def _in_paragraph(reading: Reading, people: People, paragraph: Paragraph, state: _State) -> Iterator[Directive]:
    found = agents(reading, people, paragraph, state.body, state.agent)
    marked = _ITEM.match(paragraph.key)
    item = marked is not None or paragraph.item
    if not item:
        state.listing, state.to = None, None
    skip = marked.end() if marked else 0
    if item and state.listing and (whole := _whole_item(paragraph, skip, state)):
        yield from whole
        return
    current: Agent | None = None
    asked = bool(_SUMS_UP.match(paragraph.key))
    before = state.listing or (state.concluder if reading.article.paper or _GOES_ON.match(paragraph.key) else None)
    for sentence in paragraph.sentences:
        start = sentence.start + (skip if sentence.start == 0 else 0)
        tasks = list(_in_sentence(paragraph, Sentence(start, sentence.end), found, current or before, state, asked))
        yield from tasks
        asked = asked or bool(tasks)
        inside = [a for a in found if sentence.start <= a.start < sentence.end and (a.person or _acts(paragraph, a))]
        current = next((a for a in inside if a.person), inside[0] if inside else current)
    if current and current.person and not item:
        state.agent = current
        if _SUMS_UP.match(paragraph.key) or "kết luận" in paragraph.key[current.end : current.end + 24]:
            state.concluder = current
    if _INTRO.search(paragraph.key) and not (item and state.listing):
        state.listing = current or state.concluder or state.agent or Agent(0, 0, state.body, False, True)


def _whole_item(paragraph: Paragraph, start: int, state: _State) -> list[Directive]:
    """The tasks of a list's item that has no verb of order: `- Các ấp tiếp tục …`, or that names only
    who is asked.
    """
    key, giver = paragraph.key, state.listing
    end = paragraph.sentences[0].end if paragraph.sentences else len(key)
    cue = _CUE.match(key, start)
    cue = None if cue and cue["weak"] else cue
    at = cue.end() + 1 if cue else start
    if giver is None:
        return []
    alone = bodies.body_at(key, at)
    if alone and not key[alone:].strip(" .:;"):
        state.to = paragraph.text[at:alone]
        return []
    if cue:
        state.to = None
        return []
    whom = unasked_at(key, start, end)
    if whom is None and state.to and begins_task(key, start):
        return [
            _directive(paragraph, giver, Addressee(start, start, start), start, _first_end(key, start, end), state.to)
        ]
    if whom is None:
        return []
    clause = _clause_end(key, whom.task, end, end)
    return [_directive(paragraph, giver, whom, whom.start, clause), *_further(paragraph, giver, clause, end)]


def _first_end(key: str, start: int, end: int) -> int:
    return _clause_end(key, start, end, end)


def _acts(paragraph: Paragraph, agent: Agent) -> bool:
    return bool(_ACTS.match(paragraph.key, agent.end))


_ACTS = re.compile(rf" (?:cũng |đã )?{words_of('act')}")


def _in_sentence(
    paragraph: Paragraph,
    sentence: Sentence,
    found: list[Agent],
    carried: Agent | None,
    state: _State,
    asked: bool,
) -> Iterator[Directive]:
    key = paragraph.key
    cues = [m for m in _CUE.finditer(key, sentence.start, sentence.end) if _is_order(key, m, sentence, found)]
    giver: Agent | None = None
    end = sentence.start
    for position, cue in enumerate(cues):
        if cue.start() < end or (giver is not None and not _opens_another(key, cue, found)):
            continue
        agent = _giver(paragraph, sentence, found, cue, giver, carried, state)
        if agent is None or not _may_order(agent, cue, state) or _is_background(key, agent, cue, state):
            continue
        whom = addressee_at(key, cue.end(), sentence.end)
        if whom is None or (_PROPOSAL.match(key[whom.task : whom.task + 30]) and _SOFT.match(cue.group())):
            continue
        giver, whom = agent, _with_topic(key, sentence, whom)
        stop = next(
            (c.start() for c in cues[position + 1 :] if c.start() > whom.task and _opens_another(key, c, found)),
            sentence.end,
        )
        end = _clause_end(key, whom.task, stop, sentence.end)
        yield _directive(paragraph, agent, whom, cue.start(), end)
        yield from _further(paragraph, agent, end, stop)
    if not cues:
        agent = next(
            (a for a in found if sentence.start <= a.start < sentence.end and a.leads and _acts(paragraph, a)),
            carried,
        )
        if agent is not None and agent.leads:
            yield from _needed(paragraph, sentence, agent, asked)


#: `Đối với các huyện còn chậm, …`: the one asked stands in front; a subject matter there is nobody.
_TOPIC = re.compile(
    r"(?:Đối với|Riêng) (?P<to>(?:các |những )?(?:đảng bộ|huyện|xã|sở|ngành|đơn vị|địa phương|chi"
    r" bộ|cơ quan|nhà thầu"
    r"|chủ đầu tư|cấp ủy|Sở|UBND|Ban|Huyện ủy)(?!\w)[^,]{0,60}), "
)


def _with_topic(key: str, sentence: Sentence, whom: Addressee) -> Addressee:
    """The addressee, taken from the front of the sentence where nobody stands behind the verb."""
    topic = _TOPIC.match(key, sentence.start) if whom.start == whom.end else None
    return Addressee(topic.start("to"), topic.end("to"), whom.task) if topic else whom


def _needed(paragraph: Paragraph, sentence: Sentence, giver: Agent, asked: bool) -> Iterator[Directive]:
    """A sentence with no verb of order, behind a task: somebody and what they have to do."""
    key = paragraph.key
    whom = needed_at(key, sentence.start, sentence.end) if asked else None
    for comma in re.finditer(r"[,;] ", key[sentence.start : sentence.end]) if whom is None else ():
        later = unasked_at(key, sentence.start + comma.end(), sentence.end)
        if later and (asked or giver.start >= sentence.start) and is_needed(key, later):
            whom = later
            break
    if whom:
        clause = _clause_end(key, whom.task, sentence.end, sentence.end)
        yield _directive(paragraph, giver, whom, whom.start, clause)
        yield from _further(paragraph, giver, clause, sentence.end)


def _may_order(agent: Agent, cue: re.Match[str], state: _State) -> bool:
    """Whether it is an order: not the wish of a guest, nor a guest's account of an order."""
    return agent.leads or (not state.chaired and not _SOFT.match(cue.group()))


def _opens_another(key: str, cue: re.Match[str], found: list[Agent]) -> bool:
    """Whether a further verb of order in a sentence gives a task of its own: behind a stop, or with a
    subject.
    """
    if any(a.end <= cue.start() and not key[a.end : cue.start()].strip(" ,") for a in found):
        return True
    return bool(
        re.search(
            r"(?:[;:]|,|đồng thời|\bvà)(?: (?:đồng thời|và|cũng|còn|ngoài ra))* ?$",
            key[max(0, cue.start() - 26) : cue.start()],
        )
    )


def _is_background(key: str, agent: Agent, cue: re.Match[str], state: _State) -> bool:
    """An order told as background: by another body, in the past (`Ban Thường vụ Tỉnh ủy đã giao …`)."""
    if agent.person or "đã" not in key[agent.end : cue.start()]:
        return False
    return agent.by != state.body or bool(_EARLIER.search(key[max(0, agent.start - 60) : agent.start]))


_EARLIER = re.compile(r"(?:[Tt]ại|[Tt]rước đó|[Nn]ăm|hồi|từ|[Ss]au) [^.;]{0,30}\d{1,2}/\d")


def _giver(
    paragraph: Paragraph,
    sentence: Sentence,
    found: list[Agent],
    cue: re.Match[str],
    giver: Agent | None,
    carried: Agent | None,
    state: _State,
) -> Agent | None:
    quoted = _quoted_speaker(paragraph.key, cue, found)
    if quoted:
        return quoted
    agent = acting(found, paragraph.key, sentence.start, cue.start())
    if giver is not None and (agent is None or paragraph.key[agent.end : cue.start()].strip(" ,")):
        return giver
    if agent is not None and agent.by:
        return agent
    acted = [a for a in found if sentence.start <= a.start and a.end < cue.start() and _acts(paragraph, a)]
    return acted[-1] if acted else carried or Agent(0, 0, state.body, False, True)


def _quoted_speaker(key: str, cue: re.Match[str], found: list[Agent]) -> Agent | None:
    """Who speaks where the order stands in quotation marks (`"Tôi đề nghị …", ông A nói`)."""
    if not re.search(r"(?:[Tt]ôi|[Cc]húng tôi) (?:cũng |xin )?$", key[max(0, cue.start() - 18) : cue.start()]):
        return None
    return next((a for a in found if a.start > cue.end() and a.person and '"' in key[a.start - 4 : a.start]), None)


def _is_order(key: str, cue: re.Match[str], sentence: Sentence, found: list[Agent]) -> bool:
    before, after = key[sentence.start : cue.start()], key[cue.end() : cue.end() + 30]
    if not after.startswith((" ", ":")):
        return False
    if cue["weak"] and not any(a.person and a.leads and is_adjacent(a, key, cue.start()) for a in found):
        return False
    for verb, where, pattern in _TRAPS:
        if cue.group().lower().startswith(verb) and (
            pattern.search(before) if where == "before" else pattern.match(after)
        ):
            return False
    return True


def _clause_end(key: str, start: int, stop: int, sentence_end: int) -> int:
    """The end of the task: a semicolon before somebody else's task, or the next verb of order."""
    at = key.find(";", start, stop)
    while at >= 0:
        if unasked_at(key, at + 1 + (key[at + 1 : at + 2] == " "), stop):
            return at
        at = key.find(";", at + 1, stop)
    if stop < sentence_end:  # before "; giao", ", đồng thời đề nghị", " và yêu cầu"
        return start + len(re.sub(r"[\s,;]*(?:đồng thời|và|cũng|song|ngoài ra|đồng chí)?[\s,]*$", "", key[start:stop]))
    return stop


def _further(paragraph: Paragraph, agent: Agent, at: int, stop: int) -> Iterator[Directive]:
    """`; <B> <task>; <C> <task>` behind a task: the same verb of order."""
    key = paragraph.key
    while at < stop and key[at] == ";":
        whom = unasked_at(key, at + 1 + (key[at + 1 : at + 2] == " "), stop)
        if whom is None:
            return
        end = _clause_end(key, whom.task, stop, len(key))
        yield _directive(paragraph, agent, whom, whom.start, end)
        at = end


def _directive(
    paragraph: Paragraph, agent: Agent, whom: Addressee, start: int, end: int, to: str | None = None
) -> Directive:
    text = paragraph.text
    task = text[whom.task : end].strip(" .,;")
    due_text = _due_text(paragraph, whom.start, end)
    return Directive(
        text=text[start:end].strip(" .,;"),
        by=agent.by,
        to=to or text[whom.start : whom.end].strip(" ,") or None,
        starts=" ".join(task.split()[:_STARTS_WORDS]),
        due=_due_day(due_text),
        due_text=due_text,
        paragraph=paragraph.index,
        span=(start, end),
    )


def _due_text(paragraph: Paragraph, start: int, end: int) -> str | None:
    found = deadline(paragraph.key[start:end])
    return paragraph.text[start + found[0] : start + found[1]].strip() if found else None


def _due_day(due_text: str | None) -> str | None:
    found = dates.find(due_text) if due_text else []
    return found[0].iso() if found else None
