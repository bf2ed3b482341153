"""Counts and shares of votes, each on its outcome."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.article import Paragraph
from corpus.facts.reading import Reading
from corpus.record import Outcome, Vote
from corpus.tables import column

_WHO = (
    r"(?: (?:phiếu|đại biểu|đồng chí|ý kiến|thành viên|cổ đông|hộ|đảng viên|ủy viên|người|cổ phần|số|vị))*"
    r"(?: (?:HĐND|có mặt|tham dự|dự họp|biểu quyết|hợp lệ|quản trị|HĐQT|trường|UBND|tỉnh|huyện"
    r"|xã|đều|đã|bầu))*"
)
_SHARE = r"\d+(?:,\d+)?%|\d+/\d+"


def _side(side: str) -> re.Pattern[str]:
    """`20 phiếu tán thành`, `tán thành 99,87%`, `đồng ý: 11 phiếu`: the count before or behind the word."""
    word = rf"(?:{'|'.join(column('vote_words', 'pattern', side=side))})"
    before = rf"(?P<a>{_SHARE}|\d+(?= (?:phiếu|đại biểu|đồng chí|vị|{word})))(?:{_WHO}) {word}(?!: \d| \d)"
    behind = rf"{word}(?: là|:)? (?P<b>{_SHARE}|\d+(?= phiếu))"
    return re.compile(rf"(?<![\w/,.])(?:{before}|{behind})")


_FOR, _AGAINST, _ABSTAIN = _side("for"), _side("against"), _side("abstain")
_RATE = re.compile(
    rf"(?:tỷ lệ|số phiếu|kết quả)(?: là| đạt| tán thành| biểu quyết| nhất trí| đồng ý)* (?P<a>{_SHARE})"
    rf"|(?P<b>\d+/\d+|\d+(?:,\d+)?%)(?: số)? phiếu(?! (?:không|trắng|chống))"
)
_CLEAR = re.compile(r"(?:biểu quyết|thông qua|tán thành|đồng ý|nhất trí|phiếu|nghị quyết|trúng cử)")


def read_votes(reading: Reading, outcomes: tuple[Outcome, ...]) -> tuple[Vote, ...]:
    """The votes of all paragraphs in order; attendance is none."""
    return tuple(vote for paragraph in reading.article.paragraphs for vote in _in_paragraph(paragraph, outcomes))


def _in_paragraph(paragraph: Paragraph, outcomes: tuple[Outcome, ...]) -> Iterator[Vote]:
    key = paragraph.key
    if not _CLEAR.search(key):
        return
    for sentence in paragraph.sentences:
        words = key[sentence.start : sentence.end]
        pros = _pros(words)
        for position, pro in enumerate(pros):
            start = pro.start()
            stop = pros[position + 1].start() if position + 1 < len(pros) else len(words)
            yield Vote(
                for_=_share(_value(pro)),
                against=_share(_found(_AGAINST, words, pro.end(), stop)),
                abstain=_share(_found(_ABSTAIN, words, pro.end(), stop)),
                on=_on(paragraph, sentence.start + start, sentence.start + stop, outcomes),
                paragraph=paragraph.index,
                span=(sentence.start + start, sentence.start + stop),
            )


def _pros(words: str) -> list[re.Match[str]]:
    """The counts in favour, in order; a bare share of ballots counts where no word of assent stands
    beside it.
    """
    said = [m for m in _FOR.finditer(words) if not _negated(words, m)]
    rates = [m for m in _RATE.finditer(words) if not any(m.start() < s.end() and s.start() < m.end() for s in said)]
    return sorted(said + rates, key=lambda m: m.start())


def _negated(words: str, match: re.Match[str]) -> bool:
    return words[max(0, match.start() - 6) : match.start()].endswith(("không ", "chưa ")) or " không " in match.group()


def _value(match: re.Match[str]) -> str | None:
    return next((v for v in match.groupdict().values() if v), None)


def _found(pattern: re.Pattern[str], words: str, start: int, stop: int) -> str | None:
    match = pattern.search(words, start, stop)
    return _value(match) if match else None


def _share(count: str | None) -> str | None:
    """`99,87%` → `99.87%`, `01` → `1`; other counts as they are."""
    if count and count.isdigit():
        return str(int(count))
    return count.replace(",", ".") if count else None


def _on(paragraph: Paragraph, start: int, stop: int, outcomes: tuple[Outcome, ...]) -> str | None:
    """The outcome voted on: the nearest one of the paragraph."""
    near = [(o, *o.span) for o in outcomes if o.paragraph == paragraph.index and o.span]
    if not near:
        return None
    return min(near, key=lambda o: min(abs(o[1] - start), abs(o[2] - start), abs(o[1] - stop)))[0].text
