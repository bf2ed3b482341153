"""The page of a cited document: every sentence that cites it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from webapp import links, state
from webapp.citing import Sentence, citing
from webapp.results import PageLink

blueprint = Blueprint("documents", __name__)
ON_A_PAGE = 50  # sentences
LONGEST = 80  # characters of an unknown number that are shown


@dataclass(frozen=True)
class Shown:
    """The sentences of one page, with the way to the others."""

    sentences: Sequence[Sentence]
    first: int
    total: int
    paging: list[PageLink]
    years: list[tuple[str, int, str]]

    @property
    def groups(self) -> list[tuple[str, list[Sentence]]]:
        """The sentences by year, in their order."""
        return [(year, list(group)) for year, group in groupby(self.sentences, lambda one: one.year)]


@blueprint.get("/d/<path:number>")
def document(number: str) -> str | tuple[str, int] | BaseResponse:
    """The document by its number in any spelling. Where no report cites it: the paper itself, if the
    collection holds it, else 404."""
    found = state.collection().citations(number)
    if found is None or not found.reports:
        if (id := state.collection().held(number)) is not None:
            return redirect(links.record(id), 303)
        return render_template("uncited.html", number_typed=number[:LONGEST]), 404
    sort = request.args.get("sort", "")
    page = request.args.get("page", "") or "1"
    if sort not in ("", "newest") or not re.fullmatch("[0-9]{1,6}", page):
        abort(400)
    sentences = citing(found)
    # sentences without a day come last in both orders
    ordered = sorted(sentences, key=lambda one: one.date or "", reverse=True) if sort else sentences
    shown = _page(ordered, found.number, int(page), sort)
    return render_template("document.html", found=found, every=sentences, shown=shown, sort=sort)


def _page(sentences: list[Sentence], number: str, page: int, sort: str) -> Shown:
    last = max(1, -(-len(sentences) // ON_A_PAGE))
    if not 1 <= page <= last:
        abort(404)
    first = (page - 1) * ON_A_PAGE

    def link(target: int, anchor: str = "") -> str:
        return links.document(number, sort=sort, page=str(target) if target > 1 else "") + anchor

    paging = [PageLink(one, None if one == page else link(one)) for one in range(1, last + 1)]
    years = []
    for year, count in Counter(one.year for one in sentences).items():
        at = next(k for k, one in enumerate(sentences) if one.year == year)
        years.append((year, count, link(at // ON_A_PAGE + 1, f"#nam-{year}" if year else "")))
    shown = sentences[first : first + ON_A_PAGE]
    return Shown(shown, first + 1, len(sentences), paging if last > 1 else [], years if last > 1 else [])
