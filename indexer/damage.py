"""Damage of the index, which is told from damage of the store: the index can be built anew."""

from __future__ import annotations

from corpus.errors import DamageError


class IndexDamage(DamageError):
    """A file of the index is gone, foreign, or not what was written."""
