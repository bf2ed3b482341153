"""Who is asked to do something, and where the task begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.facts import bodies, names
from corpus.tables import alternation, column, words_of
from corpus.text import UPPER

_VERB = re.compile(rf"{alternation(column('task_verbs', 'word'))}(?!\w)")
_COMPOUND = re.compile(rf"{alternation(column('actor_compounds', 'words'))}(?!\w)")
_ACTOR = re.compile(rf"(?:{alternation(column('actors', 'word'))}(?!\w)|\d{{1,3}} |[{UPPER}])", re.IGNORECASE)
_WORD = re.compile(r"[^\s]+")
_PREFACE = re.compile(r"\s?(?:: |rằng |là |với |đến |tới )?")
_WHEN = re.compile(rf"{words_of('when')}(?!\w)")
_TOO_FAR = 190
_TOLD = re.compile(rf"{words_of('told')}(?!\w)")


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


def begins_task(key: str, at: int) -> bool:
    """Whether the words at `at` begin a task, a capital first letter or not (`- Chỉ đạo hoàn thiện đề
    án`).
    """
    return bool(_VERB.match(key[at : at + 1].lower() + key[at + 1 :]))


def unasked_at(key: str, at: int, stop: int) -> Addressee | None:
    """Somebody followed by a task with no verb of order (`Các ấp tiếp tục …`, `Sở Y tế cần …`)."""
    if not _ACTOR.match(key, at):
        return None
    task = _task(key, at, stop)
    if task is None or task == at or _TOLD.match(key, task):
        return None
    end = _trimmed(key, at, task)
    if not _names_somebody(key, at, end):
        return None
    need = _NEED.match(key, task)
    return Addressee(at, end, need.end() if need else task)


_NEED = re.compile(r"(?:cần|phải|có trách nhiệm) (?!thiết)")
_WEAK = re.compile(rf"{words_of('weak verb')}(?!\w)")


def needed_at(key: str, at: int, stop: int) -> Addressee | None:
    """As `unasked_at`, outside of a list: with a word of need (`cần`, `phải`), or a body with a verb
    of work.
    """
    whom = unasked_at(key, at, stop)
    if whom is None or re.match(
        r"(?:[Hh]ội nghị|[Kk]ỳ họp|[Pp]hiên|[Cc]uộc họp|[Đđ]ại hội|[Đđ]ại biểu|[Ôô]ng|[Bb]à|[Đđ]ồng"
        r" chí|[Đđ]/c)",
        key[at:],
    ):
        return None
    if is_needed(key, whom):
        return whom
    group = bodies.HEAD.match(key, at) or re.compile(r"(?:Các|Mỗi|Toàn) ").match(key, at)
    return whom if group and not _WEAK.match(key, whom.task) else None


def is_needed(key: str, whom: Addressee) -> bool:
    """Whether a word of need stands between the one asked and the task."""
    return bool(_NEED.match(key, whom.end + 1)) or key[whom.end : whom.task].strip() in ("cần", "phải")


def _names_somebody(key: str, start: int, end: int) -> bool:
    """Whether the words can be an organisation, an office or a group of people: not a clause."""
    words = key[start:end]
    if re.match(r"(?:[Hh]ội nghị|[Kk]ỳ họp|[Pp]hiên họp|[Cc]uộc họp|[Đđ]ại hội(?! đồng))(?!\w)", words):
        return False
    if re.search(r"[:()\"]|(?<!\w)(?:nào|ấy|này|là|đã|được|khi|nếu|việc|vì|do|thì|mà|đạt|tổng)(?!\w)", words):
        return False
    if bodies.HEAD.match(key, start) or names.ROLE_HEAD.match(key, start):
        return True
    return len(words) < 120 and bool(_SOMEBODY.match(words))


_SOMEBODY = re.compile(
    rf"(?:{alternation(column('actors', 'word'))}|Bộ|Viễn thông|Điện lực|Kho bạc|Bảo hiểm|Viện|Tòa"
    rf"|Cục|Chi cục|Hạt|Liên|Mặt trận|MTTQ)(?!\w)",
    re.IGNORECASE,
)


def _task(key: str, start: int, stop: int) -> int | None:
    """Where the task begins: the first word of a task outside the names of organisations and offices."""
    at = start
    while at < min(stop, start + _TOO_FAR):
        skipped = _skip_name(key, at)
        if skipped:
            at = skipped
        elif _together(key, at):
            at += 5
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


def _together(key: str, at: int) -> bool:
    """Whether `cùng` joins another body to the one asked (`đồng chí A cùng Ban Công tác Mặt trận`)."""
    return key.startswith("cùng ", at) and bool(bodies.HEAD.match(key, at + 5))


def _skip_name(key: str, at: int) -> int | None:
    compound = _COMPOUND.match(key, at) or names.COMPOUND.match(key, at - 1)
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
