"""A record as its page shows it: the facts beside the text, each with its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.record import Directive, Record, Vote
from webapp import days, labels
from webapp.language import gettext as _
from webapp.language import number
from webapp.prose import Place, place

SHOWN_PEOPLE = 8
FITTING_ROWS = 12  # so many rows beside the text stay in view while it is read
WORDS_TO_FIND = 8  # of a passage, enough for a browser to find it in the original


@dataclass(frozen=True)
class Row:
    """One fact: a sign or a strong word, the text, a second line; `late` turns that line red."""

    place: Place | None
    strong: str
    text: str = ""
    shape: str | None = None
    under: str = ""
    late: bool = False
    number: str = ""


def outcomes(record: Record) -> list[Row]:
    """What came out, with the vote on it; a vote on nothing named has its own row."""
    rows, left = [], list(record.votes)
    for one in record.outcomes:
        sign = labels.SIGNS.get(one.verb, labels.Sign(one.verb, ""))
        votes = [vote for vote in left if vote.paragraph == one.paragraph and _is_on(vote, one.text)]
        left = [vote for vote in left if vote not in votes]
        text = "; ".join([one.text, *map(counted, votes)])
        rows.append(Row(place(record, one.paragraph, one.span, one.text), _(sign.label), text, sign.shape))
    for vote in left:
        text = "; ".join(filter(None, [vote.on, counted(vote)]))
        rows.append(Row(place(record, vote.paragraph, vote.span, vote.on, vote.for_), _("Biểu quyết"), text))
    return rows


def _is_on(vote: Vote, outcome: str) -> bool:
    return vote.on is None or vote.on in outcome or outcome in vote.on


def counted(vote: Vote) -> str:
    """A vote in words: for, against, abstaining, as far as the text counts them."""
    parts = [
        _("%(votes)s tán thành", votes=vote.for_) if vote.for_ else "",
        _("%(votes)s không tán thành", votes=vote.against) if vote.against else "",
        _("%(votes)s không biểu quyết", votes=vote.abstain) if vote.abstain else "",
    ]
    return ", ".join(filter(None, parts))


def tasks(record: Record) -> list[Row]:
    """Who must do what until when; what the text does not say is said to be missing."""
    rows = []
    for one in record.directives:
        late = bool(one.due and days.is_past(one.due))
        where = place(record, one.paragraph, one.span, one.starts, one.text)
        whom = one.to or _("Không nêu ai")
        rows.append(Row(where, whom, _asked(one), "task", _due(one.due, one.due_text, late), late))
    return rows


def _asked(task: Directive) -> str:
    """The task to its end, without the words before it that say who is asked."""
    at = task.text.find(task.starts or "")
    return task.text[at:] if at >= 0 else task.starts or task.text


def _due(due: str | None, words: str | None, late: bool) -> str:
    if due:
        return _("%(day)s, đã qua", day=days.day(due)) if late else days.day(due)
    return f"“{words}”" if words else _("bài không nêu")


def documents(record: Record) -> list[Row]:
    """The numbered documents that the text cites."""
    rows = []
    for one in record.cited_documents:
        first = one.spans[0] if one.spans else None
        paragraph = first[0] if first else next(iter(one.paragraphs), None)
        where = place(record, paragraph, (first[1], first[2]) if first else None, one.number)
        said = ", ".join(filter(None, [days.day(one.date), one.issuer]))
        times = _("%(n)s lần, đoạn %(paragraphs)s", n=one.mentions, paragraphs=_list(one.paragraphs))
        under = times if one.paragraphs and one.mentions > 1 else ""
        rows.append(Row(where, " ".join(filter(None, [one.type, one.number])), said, None, under, False, one.number))
    return rows


def _list(paragraphs: Iterable[int]) -> str:
    return ", ".join(str(paragraph + 1) for paragraph in paragraphs)


def named(record: Record) -> list[Row]:
    """Drafts, proposals, laws and projects without a number."""
    return [
        Row(
            place(record, one.paragraph, one.span, one.about, one.type),
            one.type,
            ", ".join(filter(None, [one.about, one.issuer])),
            under="" if one.status == "other" else _(labels.STATUSES[one.status]),
        )
        for one in record.named_documents
    ]


def figures(record: Record) -> list[Row]:
    """Quantities, as the reader's language writes them."""
    rows = []
    for one in record.figures:
        gap = "" if not one.unit or one.unit == "%" else " "
        value = number(one.value) + gap + (one.unit or "")
        said = ", ".join(filter(None, [one.what, str(one.year) if one.year else None]))
        rows.append(Row(place(record, one.paragraph, one.span, one.what, one.unit), value, said))
    return rows


def people(record: Record) -> list[Row]:
    """Everybody named, with the part played and the offices as written."""
    rows = []
    for one in record.people:
        part = _(labels.PARTS[one.part]) if one.part != "mentioned" else ""
        said = ", ".join(filter(None, [part, *one.roles])) or _("không ghi chức vụ")
        rows.append(Row(place(record, one.paragraph, one.span, one.name), one.name, said))
    return rows


def agenda(record: Record) -> list[Row]:
    """What the meeting was to deal with, as far as the text lists it."""
    found = []
    for item in record.agenda:
        paragraph = next((k for k, text in enumerate(record.paragraphs) if item in text), None)
        found.append(Row(place(record, paragraph, None, item), "", item))
    return found


@dataclass(frozen=True)
class Facts:
    """All that stands beside the text."""

    outcomes: list[Row]
    agenda: list[Row]
    tasks: list[Row]
    documents: list[Row]
    named: list[Row]
    figures: list[Row]
    people: list[Row]

    @property
    def folded(self) -> str:
        """What the fold of a phone holds: `Việc giao (3), văn bản (1)`."""
        parts = [
            _("nội dung (%(n)s)", n=len(self.agenda)) if self.agenda else "",
            _("việc giao (%(n)s)", n=len(self.tasks)) if self.tasks else "",
            _("văn bản (%(n)s)", n=len(self.documents + self.named)) if self.documents or self.named else "",
            _("số liệu (%(n)s)", n=len(self.figures)) if self.figures else "",
            _("người (%(n)s)", n=len(self.people)) if self.people else "",
        ]
        words = ", ".join(filter(None, parts))
        return words[:1].upper() + words[1:]

    @property
    def fits(self) -> bool:
        """Whether it is short enough to stay in view."""
        return sum(len(rows) for rows in vars(self).values()) <= FITTING_ROWS


def facts(record: Record) -> Facts:
    """The facts of a record in the order in which they are shown."""
    return Facts(
        outcomes(record),
        agenda(record),
        tasks(record),
        documents(record),
        named(record),
        figures(record),
        people(record),
    )


def passage(record: Record, paragraph: int | None) -> str | None:
    """The first words of a paragraph, else of the text, to be looked for in the original."""
    known = paragraph is not None and 0 <= paragraph < len(record.paragraphs)
    text = record.paragraphs[paragraph if known and paragraph is not None else 0] if record.paragraphs else ""
    return " ".join(text.split()[:WORDS_TO_FIND]) or None


def signs(record: Record) -> list[tuple[str, int]]:
    """How many outcomes of each firmness, and how many tasks, for a list of records."""
    verbs = [one.verb for one in record.outcomes]
    counts = [(verb, verbs.count(verb)) for verb in labels.SIGNS if verb in verbs]
    return counts + ([(labels.TASKS, len(record.directives))] if record.directives else [])
