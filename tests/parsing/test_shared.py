"""The real report and the written ones that lie beside the checkout, by the checks that lie there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.mark.skipif(not SHARED.exists(), reason="no ../shared beside this checkout")
@pytest.mark.parametrize(("folder", "floor"), [("articles", "1.0"), ("reports", "0.98")])
def test_read_as_by_a_careful_reader(folder: str, floor: str) -> None:
    command = [sys.executable, str(SHARED / "acceptance" / "score_parse.py"), str(SHARED / folder), "--min-f1", floor]
    run = [*command, "--command", f"{sys.executable} -m webapp parse {{file}} --json", "--verbose"]
    done = subprocess.run(run, capture_output=True, text=True, timeout=300, cwd=Path(__file__).resolve().parents[2])
    assert done.returncode == 0, done.stdout
