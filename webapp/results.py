"""What stands around the hits of a search: facets, chips, pages."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.page import FacetCount, Page, Request
from webapp import days, labels, links
from webapp.language import gettext as _

AT_FIRST = 5  # values of a facet that are shown before the rest unfolds
AROUND = 2  # pages that are named on each side of the current one


@dataclass(frozen=True)
class Choice:
    """A value of a facet; `href` chooses it, or takes it back."""

    label: str
    count: int
    chosen: bool
    href: str


@dataclass(frozen=True)
class Facet:
    """A facet with what is shown at first, and the rest."""

    name: str
    title: str
    shown: list[Choice]
    rest: list[Choice]

    @property
    def more(self) -> str:
        """The words that open the rest."""
        return _(labels.FACETS[self.name].more, n=len(self.rest))


def facets(asked: Request, page: Page) -> list[Facet]:
    """The facets that have a value: chosen values first, years newest first, others as counted."""
    found = []
    for name, label in labels.FACETS.items():
        choices = _choices(asked, name, page.facets.get(name, ()))
        if choices:
            shown = max(AT_FIRST, sum(choice.chosen for choice in choices))
            # a fold for a single value would take as much room as the value
            shown = len(choices) if len(choices) == shown + 1 else shown
            found.append(Facet(name, _(label.title), choices[:shown], choices[shown:]))
    return found


def _choices(asked: Request, facet: str, counts: tuple[FacetCount, ...]) -> list[Choice]:
    chosen = asked.facets.get(facet, ())
    counted = {count.value for count in counts}
    lost = tuple(FacetCount(value, 0) for value in chosen if value not in counted)
    choices = [
        Choice(one.label or one.value, one.count, one.value in chosen, links.toggled(asked, facet, one.value))
        for one in (*lost, *counts)
    ]
    if facet == "year":
        choices.sort(key=lambda choice: choice.label, reverse=True)
    return sorted(choices, key=lambda choice: not choice.chosen)


@dataclass(frozen=True)
class Chip:
    """A filter in force; `href` is the search without it."""

    kind: str
    label: str
    href: str


def chips(asked: Request, page: Page | None = None) -> list[Chip]:
    """The filters in force, each with the way to undo it."""
    names = {
        (facet, count.value): count.label for facet, counts in (page.facets if page else {}).items() for count in counts
    }
    found = [
        Chip(_(label.title), names.get((facet, value)) or value, links.toggled(asked, facet, value))
        for facet, label in labels.FACETS.items()
        for value in asked.facets.get(facet, ())
    ]
    if asked.date_from:
        found.append(Chip(_("Từ ngày"), days.day(asked.date_from), links.search(asked, date_from=None)))
    if asked.date_to:
        found.append(Chip(_("Đến ngày"), days.day(asked.date_to), links.search(asked, date_to=None)))
    return found


@dataclass(frozen=True)
class PageLink:
    """A page of results: its number, None for a gap; `href` None for the page itself."""

    number: int | None
    href: str | None


def paging(asked: Request, total: int) -> list[PageLink]:
    """The first, the last and the nearest pages, empty where there is but one."""
    last = max(1, -(-total // asked.limit))
    near = range(max(1, asked.page - AROUND), min(last, asked.page + AROUND) + 1)
    named = sorted({1, *near, last}) if last > 1 else []
    found: list[PageLink] = []
    for before, number in zip([0, *named], named, strict=False):
        # a gap would take as much room as the one page that it hides
        between = [before + 1] if number - before == 2 else [None] if number - before > 2 else []
        found += [_page(asked, one) for one in (*between, number)]
    return found


def _page(asked: Request, number: int | None) -> PageLink:
    here = number is None or number == asked.page
    return PageLink(number, None if here else links.search(asked, page=number))
