"""What every template can use: words, dates, addresses, the style sheet's address."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, g
from markupsafe import Markup

from webapp import days, labels, language, links, preferences, prose, reading, state

STATIC = Path(__file__).parent / "static"


def _static(name: str) -> str:
    """The address of a file of ours; it changes with what is in it."""
    return f"/static/{name}?v={sha256((STATIC / name).read_bytes()).hexdigest()[:8]}"


def install(app: Flask) -> None:
    """Adds the helpers to the templates of `app`."""
    style, script = _static("style.css"), _static("suggest.js")
    app.jinja_env.globals.update(
        _=language.gettext,
        days=days,
        labels=labels,
        links=links,
        number=language.number,
        overview=state.overview,
        prose=prose,
        signs=reading.signs,
        style=style,
        script=script,
    )
    app.jinja_env.filters["unbroken"] = prose.unbroken

    @app.context_processor
    def reader() -> dict[str, Any]:
        chosen = language.current()
        return {
            "lang": chosen,
            # on a page in another language the words of the source are marked as Vietnamese
            "vi": "" if chosen == "vi" else Markup(' lang="vi"'),
            "languages": language.LANGUAGES,
            "asks_for_language": language.explicit(),
            "theme": preferences.theme(),
            "holds_demo": holds_demo,
        }


def holds_demo() -> bool:
    """Whether the collection holds demo articles; not asked again on the page of a fault."""
    return not g.get("faulty", False) and state.overview().demo > 0
