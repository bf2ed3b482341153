"""Names of people and of offices in running text (match form): where they begin and end."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.tables import alternation, column, rows
from corpus.text import ABBREVIATION, WORD

SURNAMES = frozenset(column("surnames", "surname"))
_ALWAYS = frozenset(column("surnames", "surname", always="yes"))
#: Middle names that tell a name from a place.
_MIDDLE = frozenset(column("middle_names", "word"))
#: Words for a task of two syllables or more end a name, though a single one of them may stand inside.
TASK = re.compile(rf"{alternation(w for w in column('task_verbs', 'word') if ' ' in w)}(?!\w)")
#: Single words for a task that also stand inside a name, there behind a capitalised word (`Đào tạo`).
_EITHER = frozenset(column("role_words", "word")) & frozenset(column("task_verbs", "word"))
_OFFICE_WORDS = frozenset(column("role_words", "word"))
_UNIT = re.compile(r"(?:tỉnh|huyện|xã|phường|thành phố|thị xã|thị trấn|(?<!nông )thôn|bản|ấp|quận|ủy|Thành phố|TP\.?)$")

_PREFIX = r"(?:(?:[Qq]uyền|[Nn]guyên|[Tt]ân|[Cc]ựu|[Pp]hó|[Đđ]ồng|[Nn]guyên [Pp]hó|Q\.)\s)?"
ROLE_HEAD = re.compile(
    rf"(?<![\w])(?<![Đđ]oàn )(?<!ĐOÀN ){_PREFIX}(?:[Pp]hó )?(?i:{alternation(column('roles', 'head'))})(?!\w)"
)
#: A verb (or another word) at which the name of an office ends.
STOP = re.compile(
    "(?:"
    + "|".join(
        re.escape(row["word"]) + (rf"(?! (?:{row['unless']}))" if row["unless"] else "")
        for row in sorted(rows("role_stops"), key=lambda row: -len(row["word"]))
    )
    + r")(?!\w)"
)
#: Words inside the name of an organisation that would end it elsewhere.
COMPOUND = re.compile(rf" {alternation(column('org_compounds', 'words'))}(?!\w)")
_COMMA_ORGS = re.compile(rf", {alternation(column('comma_orgs', 'tail'))}(?!\w)")
#: Heads of a part of an organisation, whose name may follow behind a comma.
_PART_HEAD = re.compile(r"(?:[Pp]hó )?(?:[Tt]rưởng (?:phòng|khoa|trạm)|[Đđ]ội trưởng|[Cc]hi cục trưởng)")
_PARENT = re.compile(r", (?=(?:Sở|Công an|UBND|Ủy ban|Bộ|Cục|Huyện ủy|Thành ủy|Văn phòng) )(?:\w+)")
_TOKEN = re.compile(r"\w+(?:[.'/]\w+)*")
NAME = re.compile(rf"{WORD}(?:\s{WORD}){{0,4}}(?![\w])")
_BLANK = re.compile(r"\s")
_ABBREVIATION = re.compile(ABBREVIATION + r"$")
_TITLES = re.compile(rf"(?:{alternation(column('titles', 'title'))})\s?")


@dataclass(frozen=True, slots=True)
class Office:
    """An office at start:end; `name` is the range of the name that follows it directly, if one does."""

    start: int
    end: int
    name: tuple[int, int] | None = None


def skip_titles(key: str, at: int) -> int:
    """The place after ranks and degrees (`Đại tá`, `PGS.TS`) that stand before a name."""
    while match := _TITLES.match(key, at):
        at = match.end()
    return at


def name_at(key: str, at: int) -> tuple[int, int] | None:
    """The range of a person's name that begins at `at`, None where no name does."""
    match = NAME.match(key, at)
    if not match:
        return None
    end = match.end()
    starts = [at, *(at + m.end() for m in _BLANK.finditer(key[at:end]))]
    role = next((start for start in starts if ROLE_HEAD.match(key, start)), None)
    if role == at:
        return None
    if role is not None:
        end = role - 1
    words = key[at:end].split(" ")
    while len(words) > 1 and _ABBREVIATION.match(words[-1]):
        words.pop()
    if not words or (_ABBREVIATION.match(words[0]) and len(words[0]) > 1):
        return None
    return at, at + len(" ".join(words))


def is_full_name(name: str) -> bool:
    """Whether `name` can be a full name: two words or more, or a single one with a mark (K'Briêng)."""
    return " " in name or "'" in name


def starts_with_surname(name: str) -> bool:
    """Whether the first word is a family name."""
    first = name.split(" ")[0]
    return first in SURNAMES or "'" in first


def office_at(key: str, at: int) -> Office | None:
    """The office whose name begins at `at`: its head, then capitalised words and words of organisations."""
    head = ROLE_HEAD.match(key, at)
    if not head:
        return None
    end = _office_end(key, at, head.end())
    name = _name_in(key, head.end(), end)
    if name:
        return Office(at, len(key[at : name[0]].rstrip()) + at, name)
    return Office(at, end)


def _office_end(key: str, start: int, end: int) -> int:
    """Where the words of an office end that has begun before `end`."""
    position = end
    while position < len(key):
        comma = _COMMA_ORGS.match(key, position) or (
            _PARENT.match(key, position) if _PART_HEAD.match(key, start) else None
        )
        if comma:
            position = end = comma.end()
            continue
        compound = COMPOUND.match(key, position)
        if compound:
            position = end = compound.end()
            continue
        gap = 1 if key[position] == " " else 0
        if key.startswith(" - ", position):
            gap = 3
        token = _TOKEN.match(key, position + gap)
        if not gap or not token or STOP.match(key, token.start()):
            break
        word = token.group()
        if not _belongs(key, token, word, gap):
            break
        position = token.start() + len(word)
        if word not in ("và", "các", "của"):
            end = position
    return end


def _belongs(key: str, token: re.Match[str], word: str, gap: int) -> bool:
    if ROLE_HEAD.match(key, token.start()):
        return False
    if word[0].isupper():
        return True
    if gap == 3:
        return False
    if word == "và":
        at = token.end() + 1
        return (
            key[at : at + 1].isupper()
            and not ROLE_HEAD.match(key, at)
            and skip_titles(key, at) == at
            and not _looks_like_person(key, at)
        )
    return is_inner_word(key, token.start(), word)


def is_inner_word(key: str, at: int, word: str) -> bool:
    """Whether a small-letter word at `at` can stand inside the name of an organisation, and begins no
    task.
    """
    if word not in _OFFICE_WORDS or TASK.match(key, at):
        return False
    return word not in _EITHER or key[key.rfind(" ", 0, at - 1) + 1].isupper()


def _looks_like_person(key: str, at: int) -> bool:
    name = NAME.match(key, at)
    words = name.group().split(" ") if name else []
    return 3 <= len(words) <= 4 and (words[0] in SURNAMES or "'" in words[0])


def _name_in(key: str, start: int, end: int) -> tuple[int, int] | None:
    """The person's name at the end of an office's words, None where there is none."""
    run = re.search(rf"(?:(?:^|(?<=\s)){WORD}\s)*{WORD}$", key[start:end])
    if not run or start + run.start() == start:
        return None
    first = start + run.start()
    words = run.group().split(" ")
    while words and _ABBREVIATION.match(words[0]) and len(words[0]) > 1:
        first += len(words.pop(0)) + 1
    at = _name_index(words, bool(_UNIT.search(key[:first].rstrip())))
    if at is None:
        return None
    begin = first + sum(len(word) + 1 for word in words[:at])
    return begin, end


def _name_index(words: list[str], after_unit: bool) -> int | None:
    """Which of the capitalised `words` begins the name; behind the word for a unit two words are its name."""

    def could_start(i: int) -> bool:
        size = len(words) - i
        return (words[i] in SURNAMES and 2 <= size <= 5) or ("'" in words[i] and size <= 3)

    if after_unit and len(words) == 2 and "'" not in words[0] and words[0] not in _ALWAYS and words[1] not in _MIDDLE:
        return None
    starts = [i for i in range(len(words)) if could_start(i)]
    if not starts:
        return None
    if starts[0] == 0 and len(words) <= 4:
        return 0
    return next((i for i in starts if i + 1 < len(words) and words[i + 1] in _MIDDLE), starts[0])


_SEPARATOR = re.compile(r"(?:, | - |\s?\(| \| |: )(?:(?:hiện )?là |giữ chức |chức vụ:? ?|[Cc]hức vụ: )?")


def offices_after(key: str, at: int) -> tuple[list[Office], int]:
    """The offices set off behind a name (`, A, B`, ` - A, B -`, ` (A)`) and the place after the last."""
    found: list[Office] = []
    bracket = False
    while match := _SEPARATOR.match(key, at):
        office = office_at(key, match.end())
        if office is None or (office.name and not found and match.group() == ", "):
            break
        if office.name:
            break
        found.append(office)
        bracket = bracket or "(" in match.group()
        at = office.end
    if bracket and key[at : at + 1] == ")":
        at += 1
    return found, at
