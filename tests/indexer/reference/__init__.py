"""A plain slow scorer: what a search and a plan must answer, written over dicts, sets and lists.

It shares with the engine what stands before it: the analysis, the parser, the readings of what was typed and
the weights. Everything that the engine does with arrays it does once more, a record at a time.
"""

from tests.indexer.reference.books import Book
from tests.indexer.reference.library import Library
from tests.indexer.reference.plans import Outcome, outcome
from tests.indexer.reference.searches import Found, found
from tests.indexer.reference.shelves import Shelves

__all__ = ["Book", "Found", "Library", "Outcome", "Shelves", "found", "outcome"]
