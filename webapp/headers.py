"""What every answer carries, and how long an address may be."""

from __future__ import annotations

from flask import Flask, Response, abort, request

# one script of ours (suggestions, not needed), no frame and nothing from elsewhere
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def install(app: Flask, *, longest_address: int) -> None:
    """Adds the headers to all answers of `app`; a longer address (bytes) gets a 414."""

    @app.before_request
    def short_enough() -> None:
        if len(request.environ.get("PATH_INFO", "")) + len(request.query_string) > longest_address:
            abort(414)

    @app.after_request
    def safe(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.endpoint != "static":
            response.vary.update(("Accept-Language", "Cookie"))
        return response
