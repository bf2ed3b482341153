"""One direction: corpus ← indexer ← webapp, and each borrowed library in its own layer."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("corpus", "indexer", "webapp")
FILES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
ALLOWED = {"corpus": {"corpus"}, "indexer": {"corpus", "indexer"}, "webapp": {"corpus", "indexer", "webapp"}}
ONLY_IN = {
    "bs4": "corpus",
    "lxml": "corpus",
    "httpx": "corpus",
    "whoosh": "indexer",
    "numpy": "indexer",
    "flask": "webapp",
}
TOP_LEVEL = {
    "pyproject.toml", "README.md", "corpus", "indexer", "webapp", "tests",
    "Makefile", "LICENSE", "ARCHITECTURE.md", "CHANGELOG.md", "requirements.lock",
}  # fmt: skip
MADE = {"build", "bienban-data", "bienban.egg-info", "dist"}


def imported(path: Path) -> set[str]:
    """The top-level names that a file imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    layer = path.relative_to(ROOT).parts[0]
    names = imported(path)
    assert names & set(PACKAGES) <= ALLOWED[layer]
    assert not {name for name, home in ONLY_IN.items() if name in names and home != layer}


def test_whoosh_is_imported_where_the_index_is_shown_to_it() -> None:
    found = [str(path.relative_to(ROOT / "indexer")) for path in FILES if "whoosh" in imported(path)]
    assert found == ["packed/codec.py", "packed/documents.py", "packed/matcher.py", "packed/schema.py"]


def test_what_serves_imports_none_of_it_on_loading() -> None:
    """Only a commit does, inside `packed.whoosh_toc.write_toc` (`tests/web/test_imports.py` looks at a process)."""
    facade = {f"indexer.packed.{name}" for name in ("codec", "documents", "matcher", "schema")}
    for path in FILES:
        if path.stem not in ("codec", "documents", "matcher", "schema"):
            top = ast.parse(path.read_text(encoding="utf-8")).body
            assert not facade & {node.module for node in top if isinstance(node, ast.ImportFrom)}, path


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 350


def test_the_top_level_holds_only_what_was_agreed() -> None:
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")} - MADE
    assert found <= TOP_LEVEL
