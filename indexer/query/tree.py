"""The query tree: what a reader asked for, before it meets an index.

A query is a list of clauses, all of which a hit should meet:

    Run       plain words in a row (and the numbers and dates among them)
    Phrase    words in quotation marks: exactly so, in a row
    Prefix    a word that was only begun: `nông thô*`
    Field     `cơ quan: …`, `người: …`, `từ: …`: a filter by what a report says
    AnyOf     alternatives: `trồng rừng OR nuôi cá`, each a list of clauses
    Compare   a figure: `>5.000 tỷ`
    Without   must not be there: `-cá`, `-"nuôi cá"`
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer.analysis import Analysed
from indexer.analysis.quantities import Bound
from indexer.query.readings import Readings
from indexer.query.synonyms import Alternative


@dataclass(frozen=True)
class Run:
    """Words as typed, analysed; `readings` once they were understood."""

    read: Analysed
    text: str
    readings: Readings | None = None
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True)
class Phrase:
    """Words that must stand in a row."""

    read: Analysed
    text: str
    readings: Readings | None = None
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True)
class Prefix:
    """The beginning of a word, and the words before it in the same piece of text."""

    text: str


@dataclass(frozen=True)
class Field:
    """A filter: `name` is a row of `tables/query_fields.tsv`, `value` what was typed after the colon.

    `quoted`: the value ends where its quotation marks do; else it may run on into plain words.
    """

    name: str
    value: str
    quoted: bool


@dataclass(frozen=True)
class Compare:
    """A figure must lie within a bound: `>5.000 tỷ`."""

    bound: Bound


@dataclass(frozen=True)
class AnyOf:
    """At least one of the alternatives."""

    choices: tuple[tuple[Clause, ...], ...]


@dataclass(frozen=True)
class Without:
    """What no hit may have."""

    clause: Phrase


Clause = Run | Phrase | Prefix | Field | Compare | AnyOf | Without


@dataclass(frozen=True)
class Query:
    """A parsed query; `hints` are codes of what was cut or not understood, for the reader."""

    typed: str
    clauses: tuple[Clause, ...]
    hints: tuple[str, ...] = ()
