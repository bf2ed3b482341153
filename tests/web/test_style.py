"""The style sheet: light and dark, and nothing from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import webapp

ROOT = Path(webapp.__file__).parent
STYLE = (ROOT / "static" / "style.css").read_text(encoding="utf-8")


def values(block: str) -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+|color-scheme):\s*([^;]+);", block))


def block(selector: str) -> dict[str, str]:
    start = STYLE.index(selector + " {")
    return values(STYLE[start : STYLE.index("}", start)])


def test_both_ways_to_the_dark_give_the_same_colours() -> None:
    system, chosen = block(':root:not([data-theme="light"])'), block(':root[data-theme="dark"]')
    assert system == chosen and system["color-scheme"] == "dark"
    colours = {name for name, value in block(":root").items() if value.startswith("#")}
    assert colours == set(system) - {"color-scheme"}, "a colour has no dark value"


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [":root", ':root[data-theme="dark"]'])
@pytest.mark.parametrize("ink", ["--ink", "--soft", "--link", "--seen", "--late"])
@pytest.mark.parametrize("ground", ["--paper", "--panel", "--lit"])
def test_words_stand_out(theme: str, ink: str, ground: str) -> None:
    colours = block(theme)
    light, dark = sorted((luminance(colours[ink]), luminance(colours[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_nothing_is_fetched_from_elsewhere() -> None:
    assert "url(" not in STYLE and "@import" not in STYLE


def test_every_class_of_the_templates_is_drawn() -> None:
    templates = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates").glob("*.html"))
    used = {name for names in re.findall(r'class="([^"{]*)', templates) for name in names.split()}
    drawn = set(re.findall(r"\.([a-z][\w-]*)", STYLE))
    assert used - drawn <= {"rest", "sum"}
