"""Whoosh's own table of contents, beside our manifest: `whoosh.index.open_dir` opens the folder for reading.

It holds pickles, so nothing of ours ever reads it: who serves does not even import Whoosh.
"""

from __future__ import annotations

import os
import re
import zlib
from pathlib import Path

from indexer.packed.manifest import Entry

_NAME = re.compile(r"_MAIN_(\d{1,8})\.toc")


def write_toc(folder: Path, entries: tuple[Entry, ...]) -> tuple[str, int, int]:
    """Write the table of contents of these segments, under the number after the last one.

    Its name, length and CRC-32. It is on the disk when the folder is, which is synced by the manifest's write.
    """
    from indexer.packed.codec import table_of_contents

    numbers = [int(match[1]) for name in os.listdir(folder) if (match := _NAME.fullmatch(name))]
    name, data = table_of_contents(entries, max(numbers, default=0) + 1)
    aside = folder / f".{name}.new"
    with open(aside, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside, folder / name)
    return name, len(data), zlib.crc32(data)


def other_tocs(folder: Path, name: str) -> set[str]:
    """The names of all tables of contents but one: former ones, and what a killed writer left."""
    return {other for other in os.listdir(folder) if other.endswith((".toc", ".toc.new")) and other != name}
