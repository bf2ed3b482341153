"""Counts and shares of votes, each on its outcome."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.article import Paragraph
from corpus.facts.reading import Reading
from corpus.record import Outcome, Vote
from corpus.tables import column

_COUNT = r"(?P<{0}>\d+(?:,\d+)?%|\d+/\d+|\d+)"
_WHO = r"(?: (?:phiếu|đại biểu|đồng chí|ý kiến|thành viên|cổ đông|hộ|đảng viên|ủy viên|người|cổ phần|số))*(?: (?:HĐND|có mặt|tham dự|dự họp|biểu quyết|hợp lệ|quản trị|HĐQT|trường|UBND|tỉnh|huyện|xã))*"
_YES = rf"(?:{'|'.join(column('vote_words', 'pattern', side='for'))})"
_NO = rf"(?:{'|'.join(column('vote_words', 'pattern', side='against'))})"
_NONE = rf"(?:{'|'.join(column('vote_words', 'pattern', side='abstain'))})"


def _side(name: str, word: str) -> str:
    """`20 phiếu tán thành`, `tán thành 99,87%`, `tán thành: 20`."""
    count = _COUNT.format(name)
    return rf"(?:{count}{_WHO}(?: đều| đã)? {word}(?! \d)|{word}(?: là|:)? {count.replace('?P<' + name, '?P<' + name + '_')}{_WHO})"


_FOR = re.compile(rf"(?<![\w/,.])(?:{_side('yes', _YES)})")
_AGAINST = re.compile(rf"(?<![\w/,.])(?:{_side('no', _NO)})")
_ABSTAIN = re.compile(rf"(?<![\w/,.])(?:{_side('none', _NONE)})")
_RATE = re.compile(
    rf"(?:[Vv]ới )?(?:tỷ lệ|số phiếu|kết quả)(?: là| đạt| tán thành| biểu quyết| nhất trí)* {_COUNT.format('yes')}"
    rf"|(?:tỷ lệ (?:tán thành|biểu quyết) (?:đạt )?|đạt (?:tỷ lệ )?){_COUNT.format('rate').replace('[)]', '')}(?= (?:phiếu|đại biểu|tán thành))"
)
_CLEAR = re.compile(r"(?:biểu quyết|thông qua|tán thành|đồng ý|nhất trí|phiếu)")
_ELECTION = re.compile(r"(?:bầu|tín nhiệm|quy hoạch|trúng cử|được \d+/\d+ phiếu|phiếu kín)")
_NEXT_VOTE = re.compile(r"(?<=[;.]) ")


def read_votes(reading: Reading, outcomes: tuple[Outcome, ...]) -> tuple[Vote, ...]:
    """The votes of all paragraphs in order; ballots for persons and attendance are none."""
    return tuple(vote for paragraph in reading.article.paragraphs for vote in _in_paragraph(paragraph, outcomes))


def _in_paragraph(paragraph: Paragraph, outcomes: tuple[Outcome, ...]) -> Iterator[Vote]:
    key = paragraph.key
    for sentence in paragraph.sentences:
        words = key[sentence.start : sentence.end]
        if not _CLEAR.search(words):
            continue
        pros = [m for m in _FOR.finditer(words) if not _negated(words, m)] or list(_RATE.finditer(words))
        for position, pro in enumerate(pros):
            start = pro.start()
            stop = pros[position + 1].start() if position + 1 < len(pros) else len(words)
            if _ELECTION.search(words[max(0, start - 60) : pro.end() + 10]):
                continue
            yield Vote(
                for_=_share(_value(pro)),
                against=_share(_found(_AGAINST, words, pro.end(), stop)),
                abstain=_share(_found(_ABSTAIN, words, pro.end(), stop)),
                on=_on(paragraph, sentence.start + start, sentence.start + stop, outcomes),
                paragraph=paragraph.index,
                span=(sentence.start + start, sentence.start + stop),
            )


def _negated(words: str, match: re.Match[str]) -> bool:
    return words[max(0, match.start() - 6) : match.start()].endswith(("không ", "chưa "))


def _value(match: re.Match[str]) -> str | None:
    return next((v for v in match.groupdict().values() if v), None)


def _found(pattern: re.Pattern[str], words: str, start: int, stop: int) -> str | None:
    match = pattern.search(words, start, stop)
    return _value(match) if match else None


def _share(count: str | None) -> str | None:
    """`99,87%` → `99.87%`; counts as they are."""
    return count.replace(",", ".") if count else None


def _on(paragraph: Paragraph, start: int, stop: int, outcomes: tuple[Outcome, ...]) -> str | None:
    """The outcome voted on: the nearest one of the paragraph."""
    near = [o for o in outcomes if o.paragraph == paragraph.index and o.span]
    if not near:
        return None
    return min(near, key=lambda o: min(abs(o.span[0] - start), abs(o.span[1] - start), abs(o.span[0] - stop))).text  # type: ignore[index]
