"""The terms of a report as the engines beside ours are fed with them: texts in which blanks part the terms."""

from __future__ import annotations

from indexer.fields import Terms, lists_of

GAP = "\x1e"  # a term that no report has, where an engine cannot leave positions free between paragraphs
GLUE = "\x1f"  # instead of a blank within a term
FIELDS = ("x", "f", "bx", "bf", "tx", "tf", "n", "e")


def texts_of(terms: Terms) -> dict[str, str]:
    """Every field but x as one text of terms."""
    lists = lists_of(terms)
    return {name: " ".join([term.replace(" ", GLUE) for term in lists[name]]) for name in FIELDS if name != "x"}


def paragraphs_of(terms: Terms) -> list[str]:
    """Field x as one text of terms for each part of the report that has any."""
    found, at = [], 0
    for size in terms.parts:
        if size:
            found.append(" ".join(terms.exact[at : at + size]))
        at += size
    return found
