"""The reader's choice of theme and language: a form, a cookie, and back to the page."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request
from werkzeug.wrappers import Response

from webapp import labels, language, links

blueprint = Blueprint("preferences", __name__)
CHOICES = {"theme": labels.THEMES, language.COOKIE: language.LANGUAGES}
A_YEAR = 365 * 24 * 3600


@blueprint.post("/preferences")
def choose() -> Response:
    """Keeps `theme` or `lang` in a cookie and leads back to `next`, a path of ours."""
    chosen = {name: request.form[name] for name in CHOICES if name in request.form}
    if not chosen or any(value not in CHOICES[name] for name, value in chosen.items()):
        abort(400)
    response = redirect(links.same_site(request.form.get("next", "/")), 303)
    for name, value in chosen.items():
        response.set_cookie(name, value, max_age=A_YEAR, httponly=True, samesite="Lax")
    return response


def theme() -> str:
    """The chosen theme; `auto` follows the reader's system."""
    chosen = request.cookies.get("theme", "auto")
    return chosen if chosen in labels.THEMES else "auto"
