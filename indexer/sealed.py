"""Small JSON files under a checksum of their own, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from corpus.home import write_durably
from indexer.damage import IndexDamage


def write_sealed(path: Path, values: dict[str, Any]) -> None:
    """Put `values` at `path` durably."""
    text = json.dumps(values, sort_keys=True)
    write_durably(path, f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}\n".encode())


def read_sealed(path: Path) -> dict[str, Any]:
    """What `write_sealed` wrote. Raises IndexDamage where it is gone or another."""
    try:
        checksum, text, _ = path.read_text(encoding="utf-8").split("\n")
        if hashlib.sha256(text.encode()).hexdigest() == checksum:
            values: dict[str, Any] = json.loads(text)
            return values
    except (OSError, ValueError):
        pass
    raise IndexDamage(f"{path}: the index file is damaged; run `bienban reindex`")
