"""Which segments an index consists of: one sealed file, replaced at each commit.

{"seq": the last change of the store that is in it,
 "segments": [{"name", "size" (documents), "bytes" and "sum" (of the file), "deleted": [documents]}],
 "toc": [name, bytes, CRC-32] of the table of contents that Whoosh reads}
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from indexer.damage import IndexDamage
from indexer.sealed import read_sealed, write_sealed

NAME = "applied.json"


@dataclass(frozen=True)
class Entry:
    """One segment; `deleted` documents, ascending."""

    name: str
    size: int
    bytes: int
    sum: int
    deleted: tuple[int, ...] = ()

    @property
    def live(self) -> int:
        return self.size - len(self.deleted)

    @property
    def file(self) -> str:
        return f"{self.name}.seg"


@dataclass(frozen=True)
class Manifest:
    """See the module."""

    seq: int
    segments: tuple[Entry, ...] = ()
    toc: tuple[str, int, int] | None = None


def read_manifest(folder: Path) -> Manifest:
    """The manifest of an index. Raises IndexDamage."""
    told = read_sealed(folder / NAME)
    try:
        entries = tuple(Entry(**{**each, "deleted": tuple(each["deleted"])}) for each in told["segments"])
        toc = told["toc"]
        return Manifest(int(told["seq"]), entries, (toc[0], toc[1], toc[2]) if toc else None)
    except (KeyError, TypeError):
        raise IndexDamage(f"{folder / NAME}: the index is of another form; run `bienban reindex`") from None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Make it the manifest of the index, durably."""
    write_sealed(folder / NAME, {**asdict(manifest), "segments": [asdict(each) for each in manifest.segments]})
