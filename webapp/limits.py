"""How much one reader may ask for in a minute."""

from __future__ import annotations

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

SEARCHES = ("pages.search", "api.search")
FREE = ("static", "api.healthz")


def install(app: Flask, searches: int, requests: int) -> None:
    """Limits each address to so many searches, and so many of each other page, a minute; more gets a 429."""

    def allowed() -> str:
        return f"{searches if request.endpoint in SEARCHES else requests} per minute"

    limiter = Limiter(
        get_remote_address,
        app=app,
        default_limits=[allowed],
        storage_uri="memory://",
        headers_enabled=True,
    )

    @limiter.request_filter
    def free() -> bool:
        return request.endpoint in FREE
