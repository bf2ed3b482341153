"""Who serves does not import Whoosh: it is for writing its table of contents, and for others to read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from corpus.home import Home
from tests.conftest import Fill
from tests.reports import report

ROOT = Path(__file__).resolve().parents[2]
SERVE = """
import sys
from pathlib import Path
from corpus.home import Home
from indexer import Collection
from webapp.factory import create_app
client = create_app(Collection(Home(Path(sys.argv[1]))), rate_limit=False).test_client()
page = client.get("/", query_string={"q": "trồng rừng"})
assert page.status_code == 200 and "r1" in page.text, page.status
for address in ("/api/search?q=rừng", "/api/suggest?q=tr", "/records/r1"):
    client.get(address)
print(sorted(name for name in sys.modules if name.split(".")[0] == "whoosh"))
"""


def test_serving_does_not_import_whoosh(home: Home, fill: Fill) -> None:
    fill([report("Tin trồng rừng", "Bàn trồng rừng.", id="r1")])
    run = subprocess.run(
        [sys.executable, "-c", SERVE, str(home.root)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout.strip()) == (0, "[]"), run.stderr
