"""The web page of Biên Bản: `create_app` makes it from a collection."""

from __future__ import annotations

from webapp.factory import create_app

__all__ = ["create_app"]
