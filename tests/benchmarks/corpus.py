"""The collections that are measured: N reports as JSON lines, and what each gives an index, analysed once for all.

    build/bench/N/corpus.jsonl             the reports, the same ones every time
    build/bench/N/FINGERPRINT/terms.bin    their terms by the product's analysis (`Document`), for the peers
    build/bench/N/FINGERPRINT/…            what each engine made of them (`building`)

Natural text where `../shared` lies beside the checkout (`make_corpus.py`), else coined text (`coined`).
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import msgspec

from corpus.identity import id_of
from corpus.ingest import Prepared, prepare_line
from corpus.record import Record
from indexer.fields import Terms, day_of, facets_of, terms_of
from indexer.generations import fingerprint
from tests.benchmarks import coined

ROOT = Path(__file__).resolve().parents[2]
MAKER = ROOT.parent / "shared" / "acceptance" / "make_corpus.py"
CHUNK = 1_000


class Document(msgspec.Struct, array_like=True, frozen=True):
    """What an engine is given of one report: terms to index, and what its page of results shows."""

    id: str
    terms: Terms
    card: str  # JSON of what a hit shows beside its passage


def prepared_lines(lines: Path) -> Iterator[Prepared]:
    """The records of a JSON-lines file."""
    with open(lines, "rb") as file:
        for number, line in enumerate(file, 1):
            yield prepare_line(f"{lines}:{number}", line.rstrip(b"\n"))


@dataclass(frozen=True)
class Place:
    """Where the files of one collection lie."""

    n: int
    root: Path
    natural: bool

    @property
    def lines(self) -> Path:
        return self.root / str(self.n) / ("corpus.jsonl" if self.natural else "coined.jsonl")

    @property
    def folder(self) -> Path:
        return self.root / str(self.n) / f"{fingerprint()[:10]}{'' if self.natural else '-coined'}"

    @property
    def terms(self) -> Path:
        return self.folder / "terms.bin"

    def documents(self) -> Iterator[Document]:
        """Every report's terms, in the order of the lines."""
        decoder = msgspec.msgpack.Decoder(Document)
        with open(self.terms, "rb") as file:
            while head := file.read(4):
                yield decoder.decode(file.read(int.from_bytes(head, "little")))

    def chunks(self) -> Iterator[list[Document]]:
        documents = self.documents()
        while chunk := list(islice(documents, CHUNK)):
            yield chunk

    def records(self) -> Iterator[tuple[str, Record]]:
        """Every report with the id that `import` gives it."""
        for item in prepared_lines(self.lines):
            assert item.record is not None, item.reason
            yield id_of(item.key), item.record


def prepared(n: int, root: Path = ROOT / "build" / "bench", *, natural: bool = MAKER.is_file()) -> Place:
    """The collection of `n` reports with its terms, made where they aren't there yet."""
    place = Place(n, root, natural)
    place.folder.mkdir(parents=True, exist_ok=True)
    for other in place.folder.parent.iterdir():  # of other rules of analysis
        if other.is_dir() and other != place.folder and other.name.endswith("-coined") == (not natural):
            shutil.rmtree(other)
    if not place.lines.is_file():
        _write_lines(place)
    if not place.terms.is_file():
        _write_terms(place)
    return place


def _write_lines(place: Place) -> None:
    made = place.lines.with_suffix(".part")
    if place.natural:
        subprocess.run([sys.executable, "-B", str(MAKER), str(place.n), str(made)], check=True)
    else:
        coined.write(place.n, made)
    made.rename(place.lines)


def _write_terms(place: Place) -> None:
    encoder = msgspec.msgpack.Encoder()
    made = place.terms.with_suffix(".part")
    began = time.process_time()
    with open(made, "wb") as out:
        for id, record in place.records():
            data = encoder.encode(document_of(id, record))
            out.write(len(data).to_bytes(4, "little") + data)
    made.rename(place.terms)
    print(f"{place.n} reports analysed in {time.process_time() - began:.0f} CPU-seconds", file=sys.stderr)


def document_of(id: str, record: Record) -> Document:
    return Document(id, terms_of(record), _card(record))


def _card(record: Record) -> str:
    shown = {
        "title": record.title,
        "day": day_of(record),
        "facets": facets_of(record),
        "outlet_name": record.outlet_name,
        "genre": record.genre,
        "source_url": record.source.url,
    }
    return json.dumps(shown, ensure_ascii=False)
