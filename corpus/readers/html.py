"""Web pages → blocks, without knowing the site: the article's container, its leaves in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Comment, NavigableString, Tag

from corpus.readers.metadata import read_meta
from corpus.readers.page import Block, Kind, Page
from corpus.readers.text import join_lines
from corpus.tables import alternation, column
from corpus.text import clean

_DROP = ["script", "style", "noscript", "template", "iframe", "form", "button", "select", "input", "textarea", "svg",
         "nav", "footer", "aside", "object", "audio", "video", "menu"]  # fmt: skip
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
_BLOCKS = _LEAVES | {"div", "table", "tbody", "td", "th", "ul", "ol", "section", "article", "main", "figure", "blockquote",
                     "header", "center", "body", "thead", "form", "hr", "address", "details", "dl"}  # fmt: skip
_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}


def _marks(kind: str) -> re.Pattern[str]:
    words = column("html_classes", "mark", kind=kind)
    return re.compile(rf"(?:^|[\s_-]){alternation(words)}(?=$|[\s_\d-])", re.IGNORECASE)


_FURNITURE, _CAPTION, _BYLINE = _marks("furniture"), _marks("caption"), _marks("byline")
_LEAD, _TITLE, _KICKER = _marks("lead"), _marks("title"), _marks("kicker")
_BANNER, _CONTENT = _marks("banner"), _marks("content")


def read(content: str, name: str) -> Page:
    """The blocks of the article on a web page; without an article, those of the whole body."""
    soup = BeautifulSoup(content, "lxml")
    meta = read_meta(soup)
    banners = [Block("banner", text) for text in _banners(soup)]
    for element in soup.find_all(string=lambda text: isinstance(text, Comment)):
        element.extract()
    for tag in soup.find_all(_DROP):
        tag.decompose()
    body = soup.body or soup
    _drop_furniture(body)
    title = _title(body)
    container = _container(body)
    top = _common(title, container) if title else container
    blocks = list(_walk(top, title))
    if title is None and meta_title(soup):
        blocks.insert(0, Block("title", meta_title(soup)))
    return Page(tuple(banners + blocks), meta, "text/html")


def meta_title(soup: BeautifulSoup) -> str:
    """The title that the metadata gives (og:title), else an empty string."""
    tag = soup.find("meta", property="og:title")
    return clean(str(tag.get("content", ""))) if isinstance(tag, Tag) else ""


def _marked(tag: Tag) -> str:
    classes = tag.get("class") or []
    return " ".join([*classes, str(tag.get("id") or "")])


def _banners(soup: BeautifulSoup) -> Iterator[str]:
    """Short texts of elements whose class says date: the caller keeps those that are date lines."""
    for tag in soup.find_all(["div", "span", "p", "td", "li", "time"]):
        if _BANNER.search(_marked(tag)):
            text = clean(tag.get_text(" "))
            if 8 <= len(text) <= 60:
                yield text


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
        if leaf.name in ("div", "td") and leaf.find(_BLOCKS):
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


def _walk(top: Tag, title: Tag | None) -> Iterator[Block]:
    """Blocks of the leaves below `top`, each text once, numbered in reading order."""
    place = 0
    for tag, text in _leaves(top):
        place += 1
        if title is not None and (tag is title or title in tag.parents):
            yield Block("title", clean(" ".join(text)), place)
            continue
        kind = _kind(tag)
        if kind is None or _only_links(tag):
            continue
        for line in text if kind != "caption" else [" ".join(text)]:
            yield Block(kind, line, place)


def _leaves(top: Tag) -> Iterator[tuple[Tag, list[str]]]:
    """(element, its lines) for every element with text of its own, in order; loose text counts for its parent."""
    loose: list[str] = []
    for child in top.children:
        if isinstance(child, NavigableString):
            loose.append(str(child))
        elif isinstance(child, Tag):
            if child.name == "br":
                loose.append("\n")
            elif child.name not in _BLOCKS and not child.find(_BLOCKS):
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
    if tag.name == "tr":
        cells = [c for c in tag.children if isinstance(c, Tag) and clean(c.get_text())]
        if len(cells) > 1 and not any(c.find(_BLOCKS) or len(c.get_text()) > 400 for c in cells):
            if all(c.find("br") is None for c in cells):
                yield tag, [" | ".join(clean(c.get_text(" ")) for c in cells)]
                return
    yield from _leaves(tag)


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
    holder = table if isinstance(table, Tag) and len(table.get_text()) < 500 else tag
    return holder.name != "body" and holder.find("img") is not None and len(holder.get_text()) < 500


def _only_links(tag: Tag) -> bool:
    text = clean(tag.get_text(" "))
    linked = sum(len(clean(a.get_text(" "))) for a in tag.find_all("a"))
    return bool(text) and linked > 0.7 * len(text)
