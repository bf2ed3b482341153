"""Documentation fails when it lies: every command, option, setting, parameter, field and address is in the README."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from corpus import Home
from indexer import FACETS, Collection
from indexer.tables import table
from tests.conftest import filled
from tests.reports import report
from webapp.cli import main
from webapp.factory import create_app
from webapp.settings import SETTINGS

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_and_option(name: str) -> None:
    assert re.search(rf"`(?:[^`]*\s)?{name}\b", README)
    for parameter in main.commands[name].params:
        if isinstance(parameter, click.Option):
            assert any(option in README for option in parameter.opts), (name, parameter.opts)
    assert main.commands[name].help


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.variable)
def test_every_setting(setting: object) -> None:
    assert f"`{setting.variable}`" in README  # type: ignore[attr-defined]


def test_every_parameter() -> None:
    for name in (*FACETS, "q", "page", "limit", "from", "to", "sort", "lang", "literal", "explain"):
        assert f"`{name}`" in README


def test_every_field_of_the_query_language() -> None:
    for row in table("indexer.query", "query_fields"):
        vietnamese, *_, english = row["names"].split(", ")
        assert f"`{vietnamese}:" in README
        assert f"`{english}:`" in README


def test_every_address(tmp_path: Path) -> None:
    home = Home(tmp_path)
    filled(home, [report("Tin", "một")])
    for rule in create_app(Collection(home)).url_map.iter_rules():
        address = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: match[1].upper(), rule.rule)
        if "GET" in (rule.methods or ()) and not address.startswith("/static"):
            assert f"`{address}`" in README, address


def test_every_module_of_the_map_exists() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for package, names in re.findall(r"^\| `(corpus|indexer|webapp)/(.*?) \|", text, re.MULTILINE):
        for name in re.findall(r"[\w/]+\.py|\w+/(?=`)", names):
            path = ROOT / package / name
            assert path.exists() or list((ROOT / package).rglob(name)), name


def test_every_library_is_explained() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    wanted = re.search(r"dependencies = \[(.*?)\]", (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.DOTALL)
    assert wanted
    for name in re.findall(r'"([\w-]+)[><=]', wanted[1]):
        assert name in text


def test_no_document_names_this_machine() -> None:
    for name in ("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "Makefile", ".ci/run", "requirements.lock"):
        assert not re.search(r"/work/|/root/|/tmp/", (ROOT / name).read_text(encoding="utf-8")), name
