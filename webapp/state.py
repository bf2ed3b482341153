"""What a request works on."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app, g

if TYPE_CHECKING:
    from indexer import Collection
    from indexer.collection import Overview


def collection() -> Collection:
    """The collection that the page was made for."""
    return cast("Collection", current_app.extensions["bienban"])


def overview() -> Overview:
    """What the collection holds, asked once a request."""
    if "overview" not in g:
        g.overview = collection().overview()
    return cast("Overview", g.overview)
