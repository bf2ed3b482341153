"""Page → Article: which block is title, date line, caption, byline or furniture, and what is left as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus import dates
from corpus.paper import PaperHead, read_head
from corpus.readers.page import Block, Meta, Page
from corpus.tables import column, rows
from corpus.text import LOWER, UPPER, Sentence, match_form, sentences, split_long, syllables


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its text, its match form (same length) and its sentences."""

    index: int
    text: str
    key: str
    sentences: tuple[Sentence, ...]
    item: bool = False  # whether the format marks it as an item of a list

    @classmethod
    def of(cls, index: int, text: str, item: bool = False) -> Paragraph:
        """The paragraph of a clean text."""
        return cls(index, text, match_form(text), tuple(sentences(text)), item)


@dataclass(frozen=True, slots=True)
class Article:
    """What a reader sees as the article, apart from the page around it."""

    title: str
    paragraphs: tuple[Paragraph, ...]
    kicker: str | None = None
    lead: str | None = None
    captions: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    page_date: str | None = None
    published: str | None = None
    paper: PaperHead | None = None
    meta: Meta = field(default_factory=Meta)
    titled: bool = True  # whether the title is printed, not taken from the first sentence


def _lines(kind: str) -> re.Pattern[str]:
    patterns = column("furniture", "pattern", kind=kind)
    return re.compile("(?:" + "|".join(patterns) + ")", re.IGNORECASE)


_REST, _LINE = _lines("rest"), _lines("line")
_SURE = tuple(re.compile(row["pattern"]) for row in rows("captions") if row["cue"] == "sure")
_LIKELY = tuple(re.compile(row["pattern"]) for row in rows("captions") if row["cue"] == "likely")
_FINAL = re.compile(r"[.;:!?…/][\"')]*$")
_ANY_CASE = rf"[{UPPER}][{UPPER}{LOWER}.']*"
_NAME = rf"{_ANY_CASE}(?: {_ANY_CASE}){{0,4}}"
_BYLINE = re.compile(
    rf"^(?:(?:CTV|Cộng tác viên|Tin|Bài|Ảnh|ảnh|bài|Tin bài|Nguồn tin|Nguồn|Tác giả(?: bài viết)?"
    rf"|Thực hiện|Người viết|Theo)"
    rf"[,\s&và]*(?:(?:ảnh|bài|Ảnh)\s?)?:?\s?)?(?:(?:Ảnh|ảnh|Bài|bài|Tin): ?)?"
    rf"{_NAME}(?:(?:\s?[-,&/;]\s?|\svà\s)(?:(?:Ảnh|ảnh|Bài|bài|Tin): ?)?{_NAME})*(?:\s\([^)]{{2,30}}\))?\.?$"
)


def read_article(page: Page) -> Article:
    """The article of a page. Blocks that are not text of the article go to their own fields, or nowhere."""
    blocks, page_date, published = _without_dates(_without_furniture(page.blocks))
    published = page.meta.published or published
    plain = [block for block in blocks if block.kind != "title"]
    head = read_head([block.text for block in plain])
    if head:
        texts = [block for i, block in enumerate(plain) if i not in head.title_lines]
        return _article(
            head.title or _title_of(blocks), texts, page, page_date=page_date, published=published, paper=head
        )
    kicker, title, blocks = _split_title(blocks)
    blocks, bylines = _split_bylines(blocks)
    captions = [b.text for i, b in enumerate(blocks) if _is_caption(b, i)]
    texts = [b for i, b in enumerate(blocks) if not _is_caption(b, i)]
    if title is None and texts:
        first = next(sentences(texts[0].text), Sentence(0, len(texts[0].text)))
        return _article(
            texts[0].text[first.start : first.end], texts, page, captions=captions, bylines=bylines,
            page_date=page_date, published=published, titled=False,
        )  # fmt: skip
    return _article(
        title or "",
        texts,
        page,
        kicker=kicker,
        captions=captions,
        bylines=bylines,
        page_date=page_date,
        published=published,
    )


def _article(
    title: str,
    texts: list[Block],
    page: Page,
    *,
    kicker: str | None = None,
    captions: list[str] | None = None,
    bylines: list[str] | None = None,
    page_date: str | None = None,
    published: str | None = None,
    paper: PaperHead | None = None,
    titled: bool = True,
) -> Article:
    return Article(
        title,
        tuple(Paragraph.of(i, text, item) for i, (text, item) in enumerate(_bearable(texts))),
        kicker,
        texts[0].text if texts and not paper else None,
        tuple(dict.fromkeys(captions or [])),
        tuple(bylines or []),
        page_date,
        published,
        paper,
        page.meta,
        titled,
    )


def _bearable(blocks: list[Block]) -> Iterator[tuple[str, bool]]:
    """(text, whether an item of a list) of the paragraphs, very long ones in parts."""
    for block in blocks:
        for part in split_long(block.text):
            yield part, block.kind == "item"


def _title_of(blocks: list[Block]) -> str:
    return next((b.text for b in blocks if b.kind == "title"), blocks[0].text if blocks else "")


def _without_furniture(blocks: tuple[Block, ...]) -> list[Block]:
    kept: list[Block] = []
    for block in blocks:
        key = match_form(block.text)
        if block.kind not in ("title", "lead") and len(key) < 120:
            if _REST.fullmatch(key) and len(kept) > 2:
                break
            if _LINE.fullmatch(key):
                continue
        if block.kind != "furniture":
            kept.append(block)
    return kept


def _without_dates(blocks: list[Block]) -> tuple[list[Block], str | None, str | None]:
    """(the other blocks, the "today" of the page, the day of publication)."""
    today: str | None = None
    published: str | None = None
    kept: list[Block] = []
    for block in blocks:
        found = dates.stamp(match_form(block.text))
        if found is None:
            if block.kind != "banner":
                kept.append(block)
        elif block.kind == "banner" and not block.place:
            today = today or found.day  # in the head of the page: the day on which it was looked at
        elif found.published:
            published = published or found.day
        else:
            today = today or found.day
    return kept, today, published


def _split_title(blocks: list[Block]) -> tuple[str | None, str | None, list[Block]]:
    """(kicker, title, the rest); the title again further down is left out."""
    kicker: str | None = None
    title: str | None = None
    for position, block in enumerate(blocks[:6]):
        if block.kind == "title":
            title = block.text
            break
        if block.kind == "kicker" or (kicker is None and len(block.text) < 60 and block.text.endswith(":")):
            kicker = block.text.rstrip(":")
        elif not any(b.kind == "title" for b in blocks[position:]):
            title = block.text if _looks_like_title(block, blocks[position + 1 :]) else None
            break
    same = {match_form(t).casefold() for t in (title, kicker) if t}
    rest = [
        b for b in blocks if b.kind not in ("title", "kicker") and match_form(b.text).rstrip(":").casefold() not in same
    ]
    return kicker, title, rest


def _looks_like_title(block: Block, following: list[Block]) -> bool:
    return bool(following) and len(block.text) < 260 and not re.search(r"[.;:…]$", block.text)


def _split_bylines(blocks: list[Block]) -> tuple[list[Block], list[str]]:
    """The names at the end (or marked as byline anywhere) apart from the text."""
    marked = [b.text for b in blocks if b.kind == "byline" and len(b.text) < 120]
    rest = [b for b in blocks if b.kind != "byline"]
    found: list[str] = []
    if len(rest) > 2 and _PLAIN_NAME.match(rest[0].text) and len(rest[1].text) > 60:
        found.append(rest.pop(0).text)
    while len(rest) > 1 and len(found) < 3 and _is_byline(rest[-1].text):
        found.insert(0, rest.pop().text)
    return rest, [*found, *marked]


_OFFICE_LINE = re.compile(
    r"^(?:Trung tâm|Văn phòng|Phòng|Ban biên tập|Ban Biên tập|Cổng|Đài|Tổ biên tập)\b[^.:;]{3,60}$"
)


#: A name alone, in front of the lead.
_PLAIN_NAME = re.compile(rf"^[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+){{1,3}}$")


def _is_byline(text: str) -> bool:
    key = match_form(text)
    if _OFFICE_LINE.match(key):
        return True
    return len(syllables(key)) <= 16 and bool(_BYLINE.match(key)) and not re.match(r"^(?:Hội nghị|Quang cảnh)", key)


def _is_caption(block: Block, position: int) -> bool:
    """Whether a block is the text below a picture."""
    if block.kind == "caption":
        return True
    if block.kind not in ("paragraph", "line") or position == 0:
        return False
    key = match_form(block.text)
    if len(key) > 360:
        return False
    if any(pattern.match(key) for pattern in _SURE):
        return True
    return len(key) < 260 and not _FINAL.search(key) and any(pattern.match(key) for pattern in _LIKELY)


_CODE = re.compile(rf"^\(?(?P<code>[{UPPER}][{UPPER}{LOWER}0-9]*(?:\.[{LOWER}{UPPER}]+)?)\)?\s?-\s?(?=[\"{UPPER}])")
_NO_CODE = frozenset(column("bodies", "short"))


def outlet_code(article: Article) -> tuple[str, int, int] | None:
    """(code, paragraph, end of its text): printed at the head of the lead or of one of the next two
    paragraphs.
    """
    for paragraph in article.paragraphs[:3]:
        match = _CODE.match(paragraph.key)
        if match and _is_code(match["code"]):
            return paragraph.text[match.start("code") : match.end("code")], paragraph.index, match.end()
    return None


def _is_code(word: str) -> bool:
    capitals = sum(c.isupper() for c in word)
    return 2 <= len(word) <= 16 and word not in _NO_CODE and (capitals >= 2 or "." in word)
