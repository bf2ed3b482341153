"""A file of named arrays, mapped and read in place, every page of it under a checksum.

    magic                     8 bytes
    arrays                    little-endian, each beginning at a multiple of 64
    sums                      CRC-32 of each page of 16 KiB of all before it, 4 bytes each
    directory                 JSON: {"arrays": {name: [offset, type, number of values]}, "meta": {…}}
    trailer                   length of the sums, length of the directory, CRC-32 of both, form, magic

Opening checks the trailer, the sums and the directory. A page is checked the first time that an array on
it is asked for, before anybody sees its bytes.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from indexer.damage import IndexDamage

MAGIC = b"BIENBAN\n"
FORM = 1  # of the file; another form is not read
PAGE_BITS = 14
ALIGN = 64
_TRAILER = struct.Struct("<QQII8s")
Array = npt.NDArray[Any]


class Writer:
    """Writes arrays one after another; `close` ends the file and writes it to the disk."""

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = open(path, "xb")  # noqa: SIM115
        self._at = 0
        self._sums: list[int] = []
        self._sum = 0
        self._arrays: dict[str, tuple[int, str, int]] = {}
        self.meta: dict[str, Any] = {}
        self._put(MAGIC)

    def _put(self, data: bytes | memoryview) -> None:
        """Write bytes, and add them to the sums of their pages."""
        self._file.write(data)
        view, done = memoryview(data), 0
        while done < len(view):
            room = (1 << PAGE_BITS) - (self._at & ((1 << PAGE_BITS) - 1))
            piece = view[done : done + room]
            self._sum = zlib.crc32(piece, self._sum)
            self._at += len(piece)
            done += len(piece)
            if not self._at & ((1 << PAGE_BITS) - 1):
                self._sums.append(self._sum)
                self._sum = 0

    def add(self, name: str, values: Array) -> None:
        """Write an array."""
        self._put(b"\0" * (-self._at % ALIGN))
        kind = values.dtype.newbyteorder("<")
        self._arrays[name] = (self._at, kind.str, values.size)
        if values.size:
            self._put(np.ascontiguousarray(values.astype(kind, copy=False)).data.cast("B"))

    def close(self) -> tuple[int, int]:
        """End the file durably; its length, and the checksum of its sums and directory."""
        if self._at & ((1 << PAGE_BITS) - 1):
            self._sums.append(self._sum)
        tail = np.array(self._sums, "<u4").tobytes()
        directory = json.dumps({"arrays": self._arrays, "meta": self.meta}, ensure_ascii=False).encode()
        both = zlib.crc32(directory, zlib.crc32(tail))
        self._file.write(tail + directory + _TRAILER.pack(len(tail), len(directory), both, FORM, MAGIC))
        self._file.flush()
        os.fsync(self._file.fileno())
        length = self._file.tell()
        self._file.close()
        return length, both

    def discard(self) -> None:
        """Give the file up."""
        with suppress(OSError):  # a full disk
            self._file.close()
        os.unlink(self._file.name)


class Reader:
    """The arrays of a file. Threads may share it."""

    def __init__(self, path: Path, length: int | None = None, checksum: int | None = None) -> None:
        """Open; `length` and `checksum` are what `Writer.close` gave, where they are known. Raises IndexDamage."""
        self.path = path
        try:
            with open(path, "rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as problem:
            raise IndexDamage(f"{path}: the index file cannot be read ({problem}); run `bienban reindex`") from None
        self._length = len(self._map)
        self._open(length, checksum)
        self._checked = bytearray(len(self._sums))
        self._views: dict[str, Array] = {}
        self._whole: dict[str, Array] = {}

    def _open(self, length: int | None, checksum: int | None) -> None:
        size = self._length
        if size < _TRAILER.size or (length is not None and size != length):
            raise self._damaged("is cut short")
        sums, directory, both, form, magic = _TRAILER.unpack(self._map[size - _TRAILER.size :])
        if magic != MAGIC or self._map[: len(MAGIC)] != MAGIC:
            raise self._damaged("is no index file of bienban, or is damaged")
        if form != FORM:
            raise self._damaged(f"has the form {form}, this bienban reads {FORM}")
        start = size - _TRAILER.size - directory - sums
        if start < 0:
            raise self._damaged("is damaged")
        tail = self._map[start : size - _TRAILER.size]
        if sums % 4 or zlib.crc32(tail) != both or (checksum is not None and both != checksum):
            raise self._damaged("is damaged")
        self._end = start
        self._sums = np.frombuffer(tail[:sums], "<u4").astype(np.uint32, copy=False).data
        if len(self._sums) != (start - 1 >> PAGE_BITS) + 1:
            raise self._damaged("is damaged")
        told = json.loads(tail[sums:])
        self._arrays: dict[str, tuple[int, str, int]] = told["arrays"]
        self.meta: dict[str, Any] = told["meta"]

    def _damaged(self, what: str) -> IndexDamage:
        return IndexDamage(f"{self.path}: the index file {what}; run `bienban reindex`")

    def check(self, start: int, end: int) -> None:
        """Check the pages of some bytes that were not checked before. Raises IndexDamage."""
        first, after = start >> PAGE_BITS, ((end - 1) >> PAGE_BITS) + 1
        if self._checked.find(0, first, after) < 0:
            return
        for page in range(first, after):
            if not self._checked[page]:
                at = page << PAGE_BITS
                if zlib.crc32(self._map[at : min(at + (1 << PAGE_BITS), self._end)]) != self._sums[page]:
                    raise self._damaged("is damaged")
                self._checked[page] = 1

    def damages(self) -> Iterator[str]:
        """A sentence where a page is not as it was written; reads all of the file."""
        try:
            self._checked = bytearray(len(self._sums))
            self.check(0, self._end)
        except IndexDamage as problem:
            yield str(problem)

    def __contains__(self, name: str) -> bool:
        return name in self._arrays

    def size(self, name: str) -> int:
        """The number of values of an array."""
        return self._arrays[name][2]

    def _view(self, name: str) -> Array:
        view = self._views.get(name)
        if view is None:
            offset, kind, size = self._arrays[name]
            view = np.frombuffer(self._map, kind, size, offset) if size else np.zeros(0, kind)
            self._views[name] = view
        return view

    def cut(self, name: str, start: int, end: int) -> Array:
        """Values `start` to `end` of an array."""
        view = self._view(name)
        if start < end:
            offset, width = self._arrays[name][0], view.itemsize
            self.check(offset + start * width, offset + end * width)
        return view[start:end]

    def whole(self, name: str) -> Array:
        """All of an array."""
        found = self._whole.get(name)
        if found is None:
            found = self._whole[name] = self.cut(name, 0, self.size(name))
        return found

    def text(self, name: str) -> tuple[mmap.mmap, int]:
        """The map, and where in it an array of bytes begins, all of it checked."""
        self.whole(name)
        return self._map, self._arrays[name][0]

    def raw(self, name: str, start: int, end: int) -> bytes:
        """Bytes `start` to `end` of an array of bytes."""
        if start >= end:
            return b""
        offset = self._arrays[name][0]
        self.check(offset + start, offset + end)
        return self._map[offset + start : offset + end]
