"""The pages that are not about one record: start, search, about, help."""

from __future__ import annotations

import re
import unicodedata

from flask import Blueprint, render_template, request

from corpus.errors import QueryError
from indexer.collection import Citations, Overview
from indexer.page import Request
from webapp import parameters, results, state, suggestions

blueprint = Blueprint("pages", __name__)
LONGEST_NUMBER = 80  # characters; no document number is longer, whatever stands around it


@blueprint.get("/")
def home() -> str:
    """What can be asked, and what the collection holds."""
    overview = state.overview()
    return render_template("home.html", overview=overview, examples=examples(overview))


@blueprint.get("/search")
def search() -> str | tuple[str, int]:
    """The hits of a search, or what to try instead; a refused day stands beside its field."""
    try:
        asked = parameters.parse(request.args.lists())
    except QueryError as error:
        if error.parameter not in ("from", "to"):
            raise
        return refused(error), 400
    page = state.collection().search(asked)
    chips = results.chips(asked, page)
    if not page.total:
        tries = suggestions.instead(asked)
        return render_template("empty.html", asked=asked, page=page, chips=chips, suggestions=tries)
    return render_template(
        "search.html",
        asked=asked,
        page=page,
        chips=chips,
        facets=results.facets(asked, page),
        paging=results.paging(asked, page.total),
        answer=answer(asked),
    )


def refused(error: QueryError) -> str:
    """The page that shows a day that does not exist beside the field it was typed in."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name in parameters.BY_NAME]
    return render_template(
        "refused.html",
        error=error,
        message=str(error).partition(": ")[2],
        typed=request.args,
        kept=[(name, value) for name, value in kept if name not in ("from", "to", "page", "lang")],
    )


def answer(asked: Request) -> Citations | None:
    """The cited document, where the query is nothing but its number."""
    typed = asked.q.strip()
    alone = not (asked.facets or asked.date_from or asked.date_to) and asked.page == 1
    if not alone or len(typed) > LONGEST_NUMBER or not re.search("[0-9]", typed):
        return None
    return state.collection().citations(typed)


@blueprint.get("/about")
def about() -> str:
    """What the collection holds and what it lacks."""
    return render_template("about.html", overview=state.overview())


@blueprint.get("/help")
def help() -> str:
    """How to search, what the signs mean, how to cite, the interface for programs."""
    overview = state.overview()
    return render_template(
        "help.html", overview=overview, examples=examples(overview), parameters=parameters.PARAMETERS
    )


def examples(overview: Overview) -> dict[str, str]:
    """Queries that find something in this collection, by what they show."""
    found = {}
    if overview.documents:
        found["number"] = overview.documents[0].value
        found["loose"] = re.sub(r"[-/]", " ", found["number"]).lower()
    if overview.people:
        found["unmarked"] = without_marks(overview.people[0].value)
    if overview.bodies:
        found["body"] = overview.bodies[0].value
        found["phrase"] = f"“{found['body']}”"
        found["field"] = f"cơ quan:{found['phrase']}"
    if overview.first_year:
        found["years"] = f"từ:{overview.first_year} đến:{overview.last_year}"
    return found


def without_marks(text: str) -> str:
    """As a reader without a Vietnamese keyboard types it: lower case, no marks, d for đ."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
