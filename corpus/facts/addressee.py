"""Who is asked to do something, and where the task begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.facts import bodies, names
from corpus.tables import alternation, column
from corpus.text import UPPER

_VERB = re.compile(rf"{alternation(column('task_verbs', 'word'))}(?!\w)")
_COMPOUND = re.compile(rf"{alternation(column('actor_compounds', 'words'))}(?!\w)")
_ACTOR = re.compile(rf"(?:{alternation(column('actors', 'word'))}(?!\w)|\d{{1,3}} |[{UPPER}])", re.IGNORECASE)
_WORD = re.compile(r"[^\s]+")
_PREFACE = re.compile(r"\s?(?:: |rằng |là |với |đến |tới )?")
_WHEN = re.compile(
    r"(?:trong (?:thời gian tới|tháng|quý|năm|tuần)|thời gian tới|từ nay|trước (?:ngày|mắt|khi)|chậm nhất|ngay sau|sau khi|đối với|để|năm \d{4}|tới đây)(?!\w)"
)
_TOO_FAR = 190
_PAST = re.compile(
    r"(?:đã|vừa|chưa|đang|mới|được|bị|từng|sẽ|còn|là|có \d|có mặt|có ý kiến|thống nhất|cho biết|cho rằng|cho hay|nêu|kiến nghị|đề nghị|đề xuất|xin|thông qua|quyết định|báo cáo:)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Addressee:
    """The one asked at start:end (empty where nobody is named), the task from `task` on."""

    start: int
    end: int
    task: int


def addressee_at(key: str, at: int, stop: int) -> Addressee | None:
    """The one asked behind a verb of order that ends at `at`; None where no task follows."""
    preface = _PREFACE.match(key, at)
    start = preface.end() if preface else at
    task = _task(key, start, stop)
    if task is None:
        return None
    if task == start:
        return Addressee(start, start, task)
    if not _ACTOR.match(key, start):
        return Addressee(start, start, start) if _WHEN.match(key, start) else None
    return Addressee(start, _trimmed(key, start, task), task)


def unasked_at(key: str, at: int, stop: int) -> Addressee | None:
    """Somebody followed by a task with no verb of order (`Các ấp tiếp tục …`, `Sở Y tế cần …`)."""
    if not _ACTOR.match(key, at):
        return None
    task = _task(key, at, stop)
    if task is None or task == at or _PAST.match(key, task):
        return None
    end = _trimmed(key, at, task)
    if not _names_somebody(key, at, end):
        return None
    need = re.compile(r"(?:cần|phải|có trách nhiệm) (?!thiết)").match(key, task)
    return Addressee(at, end, need.end() if need else task)


def _names_somebody(key: str, start: int, end: int) -> bool:
    """Whether the words can be an organisation, an office or a group of people: not a clause."""
    words = key[start:end]
    if re.search(r"[:()\"]|(?<!\w)(?:là|đã|được|khi|nếu|việc|vì|do|thì|mà|đạt|tổng)(?!\w)", words):
        return False
    if bodies.HEAD.match(key, start) or names.ROLE_HEAD.match(key, start):
        return True
    return len(words) < 120 and bool(_SOMEBODY.match(words))


_SOMEBODY = re.compile(
    rf"(?:{alternation(column('actors', 'word'))}|Bộ|Viễn thông|Điện lực|Kho bạc|Bảo hiểm|Viện|Tòa|Cục|Chi cục|Hạt|Liên|Mặt trận|MTTQ)(?!\w)",
    re.IGNORECASE,
)


def _task(key: str, start: int, stop: int) -> int | None:
    """Where the task begins: the first word of a task outside the names of organisations and offices."""
    at = start
    while at < min(stop, start + _TOO_FAR):
        skipped = _skip_name(key, at)
        if skipped:
            at = skipped
        elif (_VERB.match(key, at) and not key[at].isupper()) or (at > start and _WHEN.match(key, at)):
            return at
        elif key[at] in '.;:"(':
            return None
        else:
            word = _WORD.match(key, at)
            at = word.end() if word else at + 1
            if key[at - 1] in '.;:"':
                return None
        while at < stop and key[at] in " ,":
            at += 1
    return None


def _skip_name(key: str, at: int) -> int | None:
    compound = _COMPOUND.match(key, at)
    if compound:
        return compound.end()
    if key[at].isupper() or names.ROLE_HEAD.match(key, at):
        office = names.office_at(key, at)
        if office:
            return office.name[1] if office.name else office.end
        end = bodies.body_at(key, at)
        if end:
            return end
    return None


def _trimmed(key: str, start: int, end: int) -> int:
    """`end` without a blank, comma or little word at the end of the name."""
    return start + len(re.sub(r"(?:[\s,]|(?<= )(?:cần|phải|và|cũng|thì|sẽ|tiếp tục))+$", "", key[start:end]))
