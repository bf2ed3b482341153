"""The query language: text → tree. The engine never sees a reader's text."""

from indexer.query.parse import literal, parse
from indexer.query.tree import AnyOf, Clause, Compare, Field, Phrase, Prefix, Query, Run, Without
from indexer.query.understand import taken_literally, understand

__all__ = [
    "AnyOf",
    "Clause",
    "Compare",
    "Field",
    "Phrase",
    "Prefix",
    "Query",
    "Run",
    "Without",
    "literal",
    "parse",
    "taken_literally",
    "understand",
]
