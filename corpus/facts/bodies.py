"""Bodies (committees, councils, offices, companies) in running text: where their names begin and end."""

from __future__ import annotations

import re

from corpus.facts.names import COMPOUND, ROLE_HEAD, STOP, is_inner_word
from corpus.tables import alternation, column
from corpus.text import UPPER, match_form

HEAD = re.compile(rf"(?<![\w])(?!Hội (?:trường|nghị|thảo|ý)(?!\w)){alternation(column('bodies', 'head'))}(?!\w)")
_LONELY = frozenset(column("bodies", "head", alone="no"))
_OTHER = re.compile(rf"{HEAD.pattern}|{ROLE_HEAD.pattern}|(?i:{alternation(column('document_types', 'type'))})")
_TOKEN = re.compile(r"(?P<gap> - | |, )(?P<word>\w+(?:[.'/]\w+)*)")
_TERM = re.compile(
    r"(?:khóa|thường niên|thường kỳ|thường lệ|nhiệm kỳ|lần thứ|thứ|kỳ|họp|mở rộng|chuyên đề|bất"
    r" thường|năm|tháng|ngày)(?!\w)"
)
_BRACKET = re.compile(rf" \((?:sau đây gọi tắt là |gọi tắt là )?[{UPPER}.]{{2,12}}\)")


def body_at(key: str, at: int) -> int | None:
    """The end of the body's name that begins at `at`, None where none does."""
    head = HEAD.match(key, at)
    if not head:
        return None
    end = _extend(key, head.end())
    return None if head.group() in _LONELY and end == head.end() else end


def _extend(key: str, end: int) -> int:
    position = end
    while True:
        compound = COMPOUND.match(key, position)
        if compound:
            position = end = compound.end()
            continue
        bracket = _BRACKET.match(key, position)
        if bracket:
            position = bracket.end()
            continue
        token = _TOKEN.match(key, position)
        if not token or not _belongs(key, token, position):
            return end
        position = token.end()
        if token["word"] not in ("và", "các"):
            end = position


def _belongs(key: str, token: re.Match[str], position: int) -> bool:
    at, word, gap = token.start("word"), token["word"], token["gap"]
    if STOP.match(key, at) or _TERM.match(key, at) or ROLE_HEAD.match(key, at):
        return False
    if gap == ", ":
        return bool(re.compile(r"(?:Thể thao|Thương binh|chống|Hải đảo)").match(key, at))
    if word[0].isupper():
        if gap == " - ":
            return not HEAD.match(key, at)
        return True
    if gap == " - ":
        return False
    if word == "và":
        return key[token.end() + 1 : token.end() + 2].isupper() and not _OTHER.match(key, token.end() + 1)
    return is_inner_word(key, at, word)


def without_bracket(text: str) -> str:
    """The body's name without an abbreviation in brackets."""
    return _BRACKET.sub("", text)


def bodies(key: str) -> list[tuple[int, int]]:
    """The ranges of all bodies named, in order, none inside another."""
    found: list[tuple[int, int]] = []
    at = 0
    while head := HEAD.search(key, at):
        end = body_at(key, head.start())
        if end:
            found.append((head.start(), end))
        at = end or head.end()
    return found


_HEADS_SMALL = {head.lower(): head for head in column("bodies", "head")}
_SMALL = re.compile(rf"(?<!\w){alternation(_HEADS_SMALL)}(?!\w)")


def restored_case(capitals: str) -> str:
    """A line in capitals in small letters, with the heads of bodies' names as they are usually written."""
    small = match_form(capitals).lower()
    return _SMALL.sub(lambda m: _HEADS_SMALL[m.group()], small)


_NO_MEETING = frozenset(column("bodies", "head", meets="no"))


def meeting_bodies(key: str) -> list[tuple[int, int]]:
    """The bodies that can be in session, as `bodies`."""
    return [
        (start, end)
        for start, end in bodies(key)
        if (head := HEAD.match(key, start)) and head.group() not in _NO_MEETING
    ]
