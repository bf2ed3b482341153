"""The words that the page shows, as they stand in its code and templates."""

from __future__ import annotations

from pathlib import Path

from babel.messages.extract import extract_from_dir

import webapp

ROOT = Path(webapp.__file__).parent
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
KEYWORDS = {"_": None, "N_": None}


def msgids() -> set[str]:
    """Every message id."""
    found = extract_from_dir(ROOT, METHODS, keywords=KEYWORDS, strip_comment_tags=False)
    return {message for _, _, message, _, _ in found if isinstance(message, str)}
