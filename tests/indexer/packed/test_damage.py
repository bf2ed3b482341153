"""A byte that is not as it was written is noticed: on opening, by a full check, or before it answers."""

from __future__ import annotations

import json
import os
import random
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from whoosh.filedb.filestore import RamStorage
from whoosh.index import TOC, open_dir

from corpus.errors import DamageError
from corpus.home import Home
from corpus.store import Store
from indexer import Collection, Request, index_damages, reindex
from indexer.generations import Generation, Generations
from indexer.packed.batch import Batch
from indexer.packed.container import ALIGN, MAGIC, PAGE_BITS, Reader
from indexer.packed.index import Change, create, open_segment, write_segment
from indexer.packed.manifest import NAME, Entry, read_manifest
from indexer.packed.schema import schema
from indexer.packed.segment import Segment
from tests.conftest import Fill
from tests.indexer.packed.samples import demo_terms
from tests.reports import report

TRAILER = 32
PARTS = ("magic", "first page", "last page", "padding", "sums", "directory", "trailer")
FLIPS = 40  # bytes of a part that are tried


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Entry]:
    """A segment of some pages."""
    folder = tmp_path_factory.mktemp("segment")
    batch = Batch()
    for n, terms in enumerate(demo_terms()[:14]):
        batch.add(f"r{n}", terms)
    return folder, write_segment(folder, batch)


def parts_of(data: bytes) -> dict[str, list[int]]:
    """The offsets of the bytes of each part of a file."""
    sums, directory = struct.unpack_from("<QQ", data, len(data) - TRAILER)
    end = len(data) - TRAILER - directory - sums
    arrays = json.loads(data[end + sums : end + sums + directory])["arrays"].values()
    inside = {at for offset, kind, size in arrays for at in range(offset, offset + int(kind[2:]) * size)}
    page = 1 << PAGE_BITS
    assert end > 4 * page
    return {
        "magic": list(range(len(MAGIC))),
        "first page": list(range(ALIGN, page)),
        "last page": list(range(end - end % page, end)),
        "padding": [at for at in range(len(MAGIC), end) if at not in inside],
        "sums": list(range(end, end + sums)),
        "directory": list(range(end + sums, end + sums + directory)),
        "trailer": list(range(len(data) - TRAILER, len(data))),
    }


def flipped(data: bytes, at: int, rng: random.Random) -> bytes:
    changed = bytearray(data)
    changed[at] ^= 1 << rng.randrange(8)
    return bytes(changed)


def noticed(folder: Path, entry: Entry) -> list[str]:
    """What opening a segment and checking all of it says."""
    try:
        return list(open_segment(folder, entry).reader.damages())
    except DamageError as problem:
        return [str(problem)]


def one_sentence(said: list[str], path: Path) -> bool:
    return len(said) == 1 and str(path) in said[0] and "reindex" in said[0] and "\n" not in said[0]


def test_an_undamaged_file_is_found_so(written: tuple[Path, Entry]) -> None:
    assert noticed(*written) == []


@pytest.mark.parametrize("part", PARTS)
def test_a_flip_anywhere_is_noticed(written: tuple[Path, Entry], tmp_path: Path, part: str) -> None:
    folder, entry = written
    data, rng = (folder / entry.file).read_bytes(), random.Random(part)
    offsets = parts_of(data)[part]
    assert offsets
    for at in rng.sample(offsets, min(FLIPS, len(offsets))):
        (tmp_path / entry.file).write_bytes(flipped(data, at, rng))
        assert one_sentence(noticed(tmp_path, entry), tmp_path / entry.file), at
        loose = Entry(entry.name, entry.size, len(data), entry.sum)  # what the manifest says helps, but is not needed
        with pytest.raises(DamageError):
            list_of(Reader(tmp_path / loose.file))


def list_of(reader: Reader) -> None:
    for sentence in reader.damages():
        raise DamageError(sentence)


@pytest.mark.parametrize("expected", [True, False], ids=["as the manifest says", "without a manifest"])
def test_a_truncation_anywhere_is_noticed_on_opening(
    written: tuple[Path, Entry], tmp_path: Path, expected: bool
) -> None:
    folder, entry = written
    data, rng = (folder / entry.file).read_bytes(), random.Random(1)
    path = tmp_path / entry.file
    for length in (0, 1, 7, 8, TRAILER, len(data) - 1, len(data) - TRAILER, *rng.sample(range(len(data)), 60)):
        path.write_bytes(data[:length])
        with pytest.raises(DamageError) as raised:
            Reader(path, len(data), entry.sum) if expected else Reader(path)
        assert one_sentence([str(raised.value)], path)


FOREIGN = {
    "empty": b"",
    "zeros": bytes(100_000),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
    "a database": b"SQLite format 3\0" + bytes(4_080),
    "text": "Hội nghị Huyện ủy Nậm Rốm. ".encode() * 100,
    "a short text of ours": MAGIC * 4,
    "magic at both ends": MAGIC + bytes(200) + MAGIC,
}


@pytest.mark.parametrize("data", FOREIGN.values(), ids=FOREIGN)
def test_a_foreign_file_gives_one_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "one.seg"
    path.write_bytes(data)
    with pytest.raises(DamageError) as raised:
        Segment.open(tmp_path, "one")
    assert one_sentence([str(raised.value)], path)


def test_no_file_and_a_folder_in_its_place_give_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "folder.seg").mkdir()
    for name in ("none", "folder"):
        with pytest.raises(DamageError) as raised:
            Segment.open(tmp_path, name)
        assert one_sentence([str(raised.value)], tmp_path / f"{name}.seg")


def test_another_form_is_named(written: tuple[Path, Entry], tmp_path: Path) -> None:
    folder, entry = written
    data = bytearray((folder / entry.file).read_bytes())
    struct.pack_into("<I", data, len(data) - 12, 99)
    (tmp_path / entry.file).write_bytes(data)
    (said,) = noticed(tmp_path, entry)
    assert "form 99" in said and one_sentence([said], tmp_path / entry.file)


def test_another_segment_under_its_name_is_noticed(written: tuple[Path, Entry], tmp_path: Path) -> None:
    entry = written[1]
    batch = Batch()
    batch.add("r", demo_terms()[0])
    batch.write(tmp_path / entry.file)
    assert noticed(tmp_path, entry)
    whole = Entry(entry.name, 1, (tmp_path / entry.file).stat().st_size, entry.sum)
    assert noticed(tmp_path, whole)


# ---- the first access

Read = Callable[[Segment], Any]


def random_read(segment: Segment, rng: random.Random) -> Read:
    """A question about a segment; its answer can be compared."""
    field = rng.choice(("x", "f", "bx", "bf", "tx", "tf", "n", "e"))
    number, doc = rng.randrange(segment.count(field)), rng.randrange(segment.size)
    term, word = segment.term(field, number), rng.randrange(segment.count("x"))
    facet = rng.choice(("body", "person", "document", "outlet_name"))
    return rng.choice(
        (
            lambda s: s.term(field, number),
            lambda s: s.number(field, term),
            lambda s: s.terms(field),
            lambda s: s.frequency(field, number),
            lambda s: s.docs(field, number).tolist(),
            lambda s: s.counts(field, number).tolist(),
            lambda s: s.positions(word).tolist(),
            lambda s: s.lengths(field).tolist(),
            lambda s: s.id(doc),
            lambda s: s.doc_of(f"r{doc}"),
            lambda s: s.title(doc),
            lambda s: s.days.tolist(),
            lambda s: [part.tolist() for part in (s.facet(facet).starts, s.facet(facet).codes)],
            lambda s: (s.facet(facet).labels, s.facet(facet).keys),
            lambda s: list(s.beginning(field, term[:2])),
            lambda s: s.sketches.tolist(),
            lambda s: (s.figures.values.tolist(), s.figures.names),
        )
    )


def test_a_flipped_byte_never_answers(written: tuple[Path, Entry], tmp_path: Path) -> None:
    """Either the answer is the right one or DamageError is raised, and then it is raised each time."""
    folder, entry = written
    good, rng = open_segment(folder, entry), random.Random(11)
    data = (folder / entry.file).read_bytes()
    (tmp_path / entry.file).write_bytes(data)
    end = parts_of(data)["sums"][0]
    raised = 0
    for _ in range(150):
        path = tmp_path / entry.file
        path.write_bytes(flipped(data, rng.randrange(end), rng))
        segment = None
        for _ in range(12):
            read = random_read(good, rng)
            try:
                segment = segment or open_segment(tmp_path, entry)
                assert read(segment) == read(good)
            except DamageError:
                raised += 1
                with pytest.raises(DamageError):
                    read(segment or open_segment(tmp_path, entry))
    assert raised > 50


def test_a_full_check_says_what_changed_after_opening(written: tuple[Path, Entry], tmp_path: Path) -> None:
    """The disk may go bad under a mapped file: the check in the background reads all of it again."""
    folder, entry = written
    path = tmp_path / entry.file
    path.write_bytes((folder / entry.file).read_bytes())
    segment = open_segment(tmp_path, entry)
    assert list(segment.reader.damages()) == []
    with open(path, "r+b") as file:
        file.seek(70)
        file.write(b"\xff\x00\xff")
    assert one_sentence(list(segment.reader.damages()), path)


# ---- the manifest and the table of contents


@pytest.fixture
def generation(tmp_path: Path) -> Generation:
    home = Home(tmp_path / "home")
    home.prepare()
    made = Generations(home).begin()
    create(made.folder)
    change = Change(made.folder)
    for n, terms in enumerate(demo_terms()[:3]):
        change.add(f"r{n}", terms)
    change.delete("r1")
    change.commit(1)
    assert list(made.damages()) == []
    return made


def test_a_flip_or_a_truncation_of_the_manifest_is_noticed(generation: Generation) -> None:
    path, rng = generation.folder / NAME, random.Random(2)
    data = path.read_bytes()
    for at in range(len(data)):
        for hurt in (flipped(data, at, rng), data[:at]):
            path.write_bytes(hurt)
            with pytest.raises(DamageError) as raised:
                read_manifest(generation.folder)
            assert one_sentence([str(raised.value)], path)
            assert list(generation.damages())


@pytest.mark.parametrize("ending", [".toc", ".seg"])
def test_a_flip_or_a_truncation_of_other_files_is_noticed(generation: Generation, ending: str) -> None:
    (path,) = generation.folder.glob(f"*{ending}")
    data, rng = path.read_bytes(), random.Random(3)
    for at in rng.sample(range(len(data)), FLIPS):
        for hurt in (flipped(data, at, rng), data[:at]):
            path.write_bytes(hurt)
            assert one_sentence(list(generation.damages()), path)
    path.unlink()
    assert one_sentence(list(generation.damages()), path)


# ---- pickles


class Trap:
    """Unpickling it makes a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (self._folder,)


def trap(path: Path) -> bytes:
    """A table of contents, numbered 7777, that makes a folder where it is opened."""
    storage: Any = RamStorage()
    TOC(schema(), [Trap(path)], 7_777).write(storage, "MAIN")
    data: bytes = storage.files["_MAIN_7777.toc"]
    return data


def test_the_product_never_loads_a_pickle(home: Home, fill: Fill, tmp_path: Path) -> None:
    sprung = tmp_path / "sprung"
    fill([report("Tin", "Bàn trồng rừng.", id="r1")])
    current = Generations(home).current()
    assert current is not None
    names = ["_MAIN_7777.toc", "_MAIN_99999999999.toc", "x.pickle", "_MAIN_7778.toc.new"]
    (own,) = current.folder.glob("*.toc")
    for name in [*names, own.name]:
        (current.folder / name).write_bytes(trap(sprung))
    collection = Collection(home)
    assert collection.search(Request("trồng rừng")).total == 1
    with Store(home) as store:
        assert any(own.name in sentence for sentence in index_damages(home, store))
    fill([report("Tin", "Bàn nuôi cá.", id="r2")])
    assert collection.search(Request("nuôi cá")).total == 1
    assert not {own.name, *names} - {"x.pickle"} & {path.name for path in current.folder.iterdir()}
    with Store(home) as store:
        assert list(index_damages(home, store)) == []
        reindex(home, store)
    assert not sprung.exists()
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "_MAIN_7777.toc").write_bytes(trap(sprung))
    open_dir(str(tmp_path / "foreign"))
    assert sprung.exists()  # the trap is one: Whoosh itself would have loaded it
