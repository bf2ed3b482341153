"""Web pages → blocks, without knowing the site: the article's container, its leaves in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, NavigableString

from corpus.dates import stamp
from corpus.readers.metadata import read_meta
from corpus.readers.page import Block, Kind, Page
from corpus.readers.text import join_lines
from corpus.tables import alternation, column
from corpus.text import clean, match_form

_DROP = [
    *("script", "style", "noscript", "template", "iframe", "form", "button", "select", "input", "textarea"),
    *("svg", "nav", "footer", "aside", "object", "audio", "video", "menu"),
]
_LEAVES = {
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "figcaption",
    "dd",
    "dt",
    "pre",
    "caption",
    "time",
    "tr",
}
_BLOCKS = {
    *_LEAVES,
    *("div", "table", "tbody", "thead", "td", "th", "ul", "ol", "dl", "section", "article", "main", "figure"),
    *("blockquote", "header", "center", "body", "hr", "address"),
}
_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}


def _marks(kind: str) -> re.Pattern[str]:
    words = column("html_classes", "mark", kind=kind)
    return re.compile(rf"(?:^|[\s_-]){alternation(words)}(?=$|[\s_\d-])", re.IGNORECASE)


_FURNITURE, _CAPTION, _BYLINE = _marks("furniture"), _marks("caption"), _marks("byline")
_LEAD, _TITLE, _KICKER = _marks("lead"), _marks("title"), _marks("kicker")
_BANNER, _CONTENT = _marks("banner"), _marks("content")


def read(content: str) -> Page:
    """The blocks of the article on a web page; without an article, those of the whole body."""
    soup = BeautifulSoup(content, "lxml")
    meta = read_meta(soup)
    banners = [Block("banner", text) for text in _banners(soup)]
    listing = _is_list(soup)
    for element in soup.find_all(string=lambda text: isinstance(text, Comment)):
        element.extract()
    for tag in soup.find_all(_DROP):
        tag.decompose()
    body = soup.body or soup
    _drop_furniture(body)
    title = _title(body)
    container = _container(body)
    top = _common(title, container) if title else container
    blocks = [block for block, inside in _walk(top, title, container) if inside or _counts_outside(block)]
    if title is None and meta_title(soup):
        blocks.insert(0, Block("title", meta_title(soup)))
    return Page(tuple(banners + blocks), meta, "text/html", listing)


def meta_title(soup: BeautifulSoup) -> str:
    """The title that the metadata gives (og:title), else an empty string."""
    tag = soup.find("meta", property="og:title")
    return clean(str(tag.get("content", ""))) if isinstance(tag, Tag) else ""


def _holds_block(tag: Tag) -> bool:
    """Whether an element has other than inline elements inside."""
    return any(isinstance(inner, Tag) and inner.name in _BLOCKS for inner in tag.descendants)


def _marked(tag: Tag) -> str:
    classes = tag.get("class") or ""
    named = classes if isinstance(classes, str) else " ".join(classes)
    return f"{named} {tag.get('id') or ''}"


_HEAD = re.compile(r"(?:^|[\s_-])(?:top|topbar|header|head|today|banner)(?=$|[\s_-])", re.IGNORECASE)
#: What counts outside of the article's container: the rest there belongs to the page.
_OUTSIDE = frozenset({"title", "kicker", "lead", "banner", "byline"})


def _counts_outside(block: Block) -> bool:
    return block.kind in _OUTSIDE or stamp(match_form(block.text)) is not None


def _banners(soup: BeautifulSoup) -> Iterator[str]:
    """Short texts in the head of the page whose class says date: the caller keeps those that are date
    lines.
    """
    for tag in soup.find_all(["div", "span", "p", "td", "li", "time"]):
        if _BANNER.search(_marked(tag)) and _in_head(tag):
            text = clean(tag.get_text(" "))
            if 8 <= len(text) <= 60:
                yield text


def _in_head(tag: Tag) -> bool:
    """Whether an element stands in the head of the page, not in the head of the article."""
    above = [p for p in (tag, *tag.parents) if p.name == "header" or _HEAD.search(_marked(p))]
    return bool(above) and above[-1].find("h1") is None and tag.find_parent(["article", "main"]) is None


def _is_list(soup: BeautifulSoup) -> bool:
    """Whether the page is a list of articles: many headings that are links, and hardly a paragraph
    beside them.
    """
    linked = [h for h in soup.find_all(["h1", "h2", "h3", "h4"]) if h.find("a") or h.find_parent("a")]
    long = [p for p in soup.find_all("p") if len(p.get_text()) > 200 and p.find("a") is None]
    return len(linked) > 12 and len(long) < 4


def _drop_furniture(body: Tag) -> None:
    whole = len(body.get_text())
    for tag in body.find_all(True):
        if tag.decomposed or tag.name in ("body", "html", "h1", "article", "main"):
            continue
        if _FURNITURE.search(_marked(tag)) and len(tag.get_text()) < whole * 0.5:
            tag.decompose()


def _title(body: Tag) -> Tag | None:
    heads = [tag for tag in body.find_all("h1") if clean(tag.get_text(" "))]
    if heads:
        return max(heads, key=lambda tag: (bool(_TITLE.search(_marked(tag))), len(tag.get_text())))
    for tag in body.find_all(["h2", "div", "td", "p", "span", "b"]):
        if _TITLE.search(_marked(tag)) and 15 < len(clean(tag.get_text(" "))) < 300:
            return tag
    return None


def _container(body: Tag) -> Tag:
    """The element whose paragraphs hold the most text."""
    scores: dict[int, float] = {}
    tags: dict[int, Tag] = {}
    for leaf in body.find_all(["p", "li", "div", "td"]):
        if leaf.name in ("div", "td") and _holds_block(leaf):
            continue
        text = clean(leaf.get_text(" "))
        linked = sum(len(a.get_text()) for a in leaf.find_all("a"))
        size = len(text) - 2 * linked
        parent, share = leaf.parent, 1.0
        for _ in range(4):
            if parent is None or size < 20:
                break
            tags[id(parent)] = parent
            bonus = 1.25 if parent.name in ("article", "main") or _CONTENT.search(_marked(parent)) else 1.0
            scores[id(parent)] = scores.get(id(parent), 0.0) + size * share * bonus
            parent, share = parent.parent, share * 0.8
    return tags[max(scores, key=lambda key: scores[key])] if scores else body


def _common(one: Tag, other: Tag) -> Tag:
    """The smallest element that holds both."""
    above = {id(tag) for tag in (one, *one.parents)}
    for tag in (other, *other.parents):
        if id(tag) in above:
            return tag
    return other


def _walk(top: Tag, title: Tag | None, container: Tag) -> Iterator[tuple[Block, bool]]:
    """(block, whether in the container) of the leaves below `top`, numbered in reading order."""
    place = 0
    for tag, text in _leaves(top):
        place += 1
        inside = tag is container or any(parent is container for parent in tag.parents)
        if title is not None and (tag is title or any(parent is title for parent in tag.parents)):
            yield Block("title", clean(" ".join(text)), place), inside
            continue
        kind = _kind(tag)
        if kind is None or _only_links(tag):
            continue
        for line in text if kind != "caption" else [" ".join(text)]:
            yield Block(kind, line, place), inside


def _leaves(top: Tag) -> Iterator[tuple[Tag, list[str]]]:
    """(element, its lines) for every element with text of its own, in order; loose text counts for its
    parent.
    """
    loose: list[str] = []
    for child in top.children:
        if isinstance(child, NavigableString):
            loose.append(str(child))
        elif isinstance(child, Tag):
            if child.name == "br":
                loose.append("\n")
            elif child.name not in _BLOCKS and not _holds_block(child):
                loose.append(_inline(child))
            else:
                yield from _flush(top, loose)
                yield from _row_or_leaf(child)
    yield from _flush(top, loose)


def _flush(tag: Tag, loose: list[str]) -> Iterator[tuple[Tag, list[str]]]:
    lines = join_lines("".join(loose))
    loose.clear()
    if lines:
        yield tag, lines


def _row_or_leaf(tag: Tag) -> Iterator[tuple[Tag, list[str]]]:
    if tag.name == "tr" and _is_data(tag):
        cells = [c for c in tag.children if isinstance(c, Tag) and clean(c.get_text())]
        if len(cells) > 1 and all(_is_plain(cell) for cell in cells):
            yield tag, [" | ".join(clean(c.get_text(" ")) for c in cells)]
            return
    yield from _leaves(tag)


def _is_plain(cell: Tag) -> bool:
    return not _holds_block(cell) and cell.find("br") is None and len(cell.get_text()) <= 400


def _is_data(row: Tag) -> bool:
    """Whether a row belongs to a table of data: with a heading row, or with three rows or more."""
    table = row.find_parent("table")
    return isinstance(table, Tag) and (table.find("th") is not None or len(table.find_all("tr")) > 2)


def _inline(tag: Tag) -> str:
    for br in tag.find_all("br"):
        br.replace_with("\n")
    return "\n" if tag.name == "br" else tag.get_text()


def _kind(tag: Tag) -> Kind | None:
    """What the markup says of a leaf; None for what is no text of the article."""
    around = [tag, *list(tag.parents)[:3]]
    marked = _marked(tag)
    if tag.name == "figcaption" or any(t.name == "figure" or _CAPTION.search(_marked(t)) for t in around[:3]):
        return "caption"
    if _in_picture(tag):
        return "caption"
    if _BYLINE.search(marked):
        return "byline"
    if tag.name == "time" or _BANNER.search(marked):
        return "banner"
    if _LEAD.search(marked):
        return "lead"
    if _KICKER.search(marked):
        return "kicker"
    if tag.name in _HEADINGS:
        return "heading"
    return "row" if tag.name == "tr" else "item" if tag.name == "li" else "paragraph"


def _in_picture(tag: Tag) -> bool:
    """Whether the text stands in one element, or one small table, with a picture."""
    table = tag if tag.name == "table" else tag.find_parent("table")
    small = isinstance(table, Tag) and table.find("table") is None and len(table.find_all("p")) < 2
    holder = table if isinstance(table, Tag) and small else tag
    return holder.name != "body" and holder.find("img") is not None and len(holder.get_text()) < 500


def _only_links(tag: Tag) -> bool:
    text = clean(tag.get_text(" "))
    linked = sum(len(clean(a.get_text(" "))) for a in tag.find_all("a"))
    return bool(text) and linked > 0.7 * len(text)
