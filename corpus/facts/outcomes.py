"""What came out of the meeting, under the verb that says how firm it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.article import Paragraph
from corpus.facts.mentions import Mention
from corpus.facts.reading import Reading
from corpus.record import Outcome, Verb
from corpus.tables import rows, words_of
from corpus.text import Sentence

_VERBS: tuple[tuple[Verb, str], ...] = tuple((row["verb"], row["pattern"]) for row in rows("outcome_verbs"))  # type: ignore[misc]
_VERB = re.compile(
    "(?<!\\w)(?:" + "|".join(f"(?P<v{i}>{pattern})" for i, (_, pattern) in enumerate(_VERBS)) + ")(?!\\w)"
)
_TRAPS = tuple((row["verb"], row["where"], re.compile(row["pattern"])) for row in rows("outcome_traps"))
_ITEM = re.compile(r"^(?:[-+*•] ?|\d{1,2}(?:\.\d{1,2})?[.)] ?|[a-zđ][.)] )")
_READS_OUT = re.compile(rf"^ {words_of('read out')}")
_COLLECTIVE = re.compile(words_of("collective"))


def read_outcomes(reading: Reading) -> tuple[Outcome, ...]:
    """The outcomes in order: of the meeting or its body, not of a person who reads something out."""
    found: list[Outcome] = []
    listing: Verb | None = None
    for paragraph in reading.article.paragraphs:
        if listing and (item := _ITEM.match(paragraph.key)):
            found.append(_of_item(paragraph, item.end(), listing))
            continue
        here = list(_in_paragraph(reading, paragraph))
        listing = _listing(paragraph, here)
        found += here if not listing else here[:-1]
    return tuple(found)


def _listing(paragraph: Paragraph, here: list[Outcome]) -> Verb | None:
    """The verb whose outcomes follow as a list (`Đại hội biểu quyết thông qua:`)."""
    return here[-1].verb if here and paragraph.key.endswith(":") and not here[-1].text.strip(": ") else None


def _of_item(paragraph: Paragraph, start: int, verb: Verb) -> Outcome:
    match = re.search(r"[:;.](?:\s|$)", paragraph.key[start:])
    end = start + match.start() if match else len(paragraph.key)
    return Outcome(verb=verb, text=paragraph.text[start:end], paragraph=paragraph.index, span=(start, end))


def _in_paragraph(reading: Reading, paragraph: Paragraph) -> Iterator[Outcome]:
    key = paragraph.key
    mentions = reading.mentions_in(paragraph.index)
    for sentence in paragraph.sentences:
        for match in _VERB.finditer(key, sentence.start, sentence.end):
            verb: Verb = next(name for i, (name, _) in enumerate(_VERBS) if match[f"v{i}"])
            if _is_trap(key, match, verb, sentence) or not _is_collective(key, match, sentence, mentions, verb):
                continue
            end = _object_end(key, match.end(), sentence.end)
            text = re.sub(r"^(?:vào|về|đối với|với|các nội dung|:) ", "", paragraph.text[match.end() : end].strip())
            if text.strip(": ") or key.endswith(":"):
                yield Outcome(verb=verb, text=text, paragraph=paragraph.index, span=(match.start(), end))


def _is_trap(key: str, match: re.Match[str], verb: str, sentence: Sentence) -> bool:
    before, after = key[sentence.start : match.start()], key[match.end() : match.end() + 30]
    for name, where, pattern in _TRAPS:
        if name in ("", verb) and (pattern.search(before) if where == "before" else pattern.match(after)):
            return True
    return False


def _is_collective(key: str, match: re.Match[str], sentence: Sentence, mentions: list[Mention], verb: str) -> bool:
    """Whether the meeting acts, or a body: a person alone reads out, thinks or sums up."""
    before = [
        m for m in mentions if sentence.start <= m.start and m.end <= match.start() and (m.name or m.roles or m.polite)
    ]
    gap = key[before[-1].end : match.start()] if before else key[sentence.start : match.start()]
    if _COLLECTIVE.search(gap):
        return True
    if before:
        return verb == "thông qua" and not _READS_OUT.match(key[match.end() :]) and "biểu quyết" in match.group()
    return verb != "kết luận"


def _object_end(key: str, start: int, stop: int) -> int:
    """The end of what was agreed: the clause, or the next verb of an outcome."""
    match = re.search(
        r"[;.](?:\s|$)|, (?:đồng thời|yêu cầu|giao|đề nghị)|;? và (?:cho ý kiến|thông qua|thống"
        r" nhất)|\((?=\d)",
        key[start:stop],
    )
    return start + match.start() if match else stop
