"""Puts the parts of the page together."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from flask import Flask

from webapp import api, documents, errors, headers, limits, pages, preferences, records, settings, wording

if TYPE_CHECKING:
    from indexer import Collection

LARGEST_FORM = 16_384  # bytes; the only forms that are posted choose a theme or a language


def create_app(collection: Collection, *, rate_limit: bool = True) -> Flask:
    """The page over `collection`, for any WSGI server.

    Settings come from the environment (`webapp.settings.SETTINGS`); `rate_limit=False` switches
    the limits off whatever the environment says. Raises BienbanError for a setting that is no number.
    """
    app = Flask("webapp")
    chosen = settings.read(os.environ)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_FORM
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 30 * 24 * 3600  # the address of the style sheet has its hash
    app.extensions["bienban"] = collection
    # a path with // is no page of ours; by default Werkzeug would redirect it
    app.url_map.merge_slashes = False
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for part in (pages, records, documents, api, preferences):
        app.register_blueprint(part.blueprint)
    wording.install(app)
    errors.install(app)
    headers.install(app, longest_address=chosen["longest_address"])
    if rate_limit and chosen["rate_limit"]:
        limits.install(app, chosen["searches_per_minute"], chosen["requests_per_minute"])
    return app
