"""From the terms of records to a segment: integers in, one sort a field, arrays out."""

from __future__ import annotations

from array import array
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.analysis import folded_key
from indexer.fields import FACETS, PARAGRAPH_GAP, Terms, key_of_facet
from indexer.packed.container import Writer
from indexer.packed.postings import (
    MOST_DOCS,
    Postings,
    listed,
    narrow,
    placed,
    runs,
    starts_of,
    wide,
    write,
    write_folds,
    write_ids,
    write_texts,
)
from indexer.packed.sketches import sketches

MOST_TOKENS = 6_000_000  # of a batch, which bounds its memory to some 400 MB
PAIR_BITS = 22  # of a term's number in a pair
Numbers = npt.NDArray[Any]


class Lexicon(dict[str, int]):
    """Texts by number, in the order in which they came."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number


class Texts:
    """A field of listed texts: for each document the numbers of its texts."""

    def __init__(self) -> None:
        self.lexicon = Lexicon()
        self.numbers = array("I")
        self.sizes = array("I")

    def add(self, texts: list[str] | tuple[str, ...]) -> None:
        self.numbers.extend(map(self.lexicon.__getitem__, texts))
        self.sizes.append(len(texts))


class Batch:
    """Records on their way into one segment."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self._words = Texts()
        self._joined = bytearray()
        self._parts = array("I")  # tokens of each text of each record
        self._texts = array("I")  # texts of each record
        self._titles = array("I")  # tokens of each title
        self._lists = {"n": Texts(), "e": Texts()}
        self._facets = {name: Texts() for name in FACETS}
        self._outlets = Texts()
        self._days = array("i")
        self._shown: list[bytes] = []
        self._figures: tuple[array[int], array[float], Texts] = (array("I"), array("d"), Texts())

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def full(self) -> bool:
        """Whether the next record belongs into another batch."""
        return len(self.ids) >= MOST_DOCS or len(self._words.numbers) >= MOST_TOKENS

    def add(self, id: str, terms: Terms) -> int:
        """Add a record; its document number."""
        number = len(self.ids)
        self.ids.append(id)
        self._words.add(terms.exact)
        self._joined += terms.joined
        self._parts.extend(terms.parts)
        self._texts.append(len(terms.parts))
        self._titles.append(terms.parts[0] if terms.parts else 0)
        self._lists["n"].add(terms.numbers)
        self._lists["e"].add(terms.names)
        for name, field in self._facets.items():
            field.add(terms.facets.get(name, ()))
        self._outlets.add([terms.outlet_name] if terms.outlet_name else [])
        self._days.append(terms.day)
        self._shown.append(terms.title.encode())
        docs, values, units = self._figures
        for value, unit in terms.figures:
            docs.append(number)
            values.append(value)
            units.add([unit])
        return number

    def write(self, path: Path) -> tuple[int, int]:
        """Write the segment; its length and checksum. Raises ValueError where a record is too long."""
        out = Writer(path)
        try:
            self._write(out)
            return out.close()
        except BaseException:
            out.discard()
            raise

    def _write(self, out: Writer) -> None:
        size = len(self.ids)
        out.meta["size"] = size
        self._write_words(out, size)
        for name, field in self._lists.items():
            _write_list(out, name, field, size)
        write_ids(out, [id.encode() for id in self.ids])
        out.add("days", _numbers(self._days, np.int32))
        write_texts(out, "title", self._shown)
        for name, field in (*self._facets.items(), ("outlet_name", self._outlets)):
            _write_facet(out, name, field)
        docs, values, units = self._figures
        out.add("figure.doc", _numbers(docs).astype(np.uint16))
        out.add("figure.value", _numbers(values, np.float64))
        out.add("figure.unit", _numbers(units.numbers).astype(np.uint32))
        write_texts(out, "figure.name", [text.encode() for text in units.lexicon])

    def _write_words(self, out: Writer, size: int) -> None:
        """The fields that come from the texts: x, f, pairs and titles, and the sketches."""
        lengths = _numbers(self._words.sizes)
        docs = np.repeat(np.arange(size, dtype=np.uint32), lengths)
        ranks, terms = _ranked(self._words)
        folds = [folded_key(term) for term in terms]
        fold_terms = sorted(set(folds), key=str.encode)
        fold_number = {fold: n for n, fold in enumerate(fold_terms)}
        fold_of = np.array([fold_number[fold] for fold in folds], np.uint32)
        folded = fold_of[ranks]

        out.add("len.x", narrow(lengths))
        write_texts(out, "x", [term.encode() for term in terms])
        write(out, "x", placed(ranks, docs, self._positions(lengths), len(terms)), size)
        write_texts(out, "f", [fold.encode() for fold in fold_terms])
        write(out, "f", listed(folded, docs, len(fold_terms)), size)
        write_folds(out, fold_of, len(fold_terms))
        out.add("stream", wide(ranks))
        out.add("texts.size", wide(_numbers(self._parts)))
        out.add("texts.start", np.concatenate(([0], np.cumsum(_numbers(self._texts)))).astype(np.uint32))

        second = np.flatnonzero(np.frombuffer(bytes(self._joined), np.uint8))
        out.add("len.bx", narrow(np.bincount(docs[second], minlength=size)))
        _write_pairs(out, "bx", ranks, second, docs, len(terms), size)
        _write_pairs(out, "bf", folded, second, docs, len(fold_terms), size)
        out.add("sketch", sketches(fold_terms, folded, second, docs, size).reshape(-1))

        titles = _numbers(self._titles)
        out.add("len.tx", narrow(titles))
        first = np.cumsum(lengths, dtype=np.int64) - lengths
        inside = np.arange(len(ranks)) - np.repeat(first, lengths) < np.repeat(titles, lengths)
        _write_some(out, "tx", ranks[inside], docs[inside], terms, size)
        _write_some(out, "tf", folded[inside], docs[inside], fold_terms, size)

    def _positions(self, lengths: Numbers) -> Numbers:
        """The place of each token in its record: PARAGRAPH_GAP lies between two texts."""
        parts, texts = _numbers(self._parts), _numbers(self._texts)
        number = np.arange(len(parts)) - np.repeat(np.cumsum(texts, dtype=np.int64) - texts, texts)
        first = np.cumsum(lengths, dtype=np.int64) - lengths
        place = np.arange(int(lengths.sum())) - np.repeat(first, lengths)
        return place + np.repeat(number * PARAGRAPH_GAP, parts)


def _numbers(values: array[Any], kind: npt.DTypeLike = np.uint32) -> Numbers:
    return np.frombuffer(values, kind) if len(values) else np.zeros(0, kind)


def _ranked(field: Texts) -> tuple[Numbers, list[str]]:
    """The numbers of a field's texts in the order of their bytes, and the texts in that order."""
    texts = list(field.lexicon)
    order = sorted(range(len(texts)), key=lambda n: texts[n].encode())
    rank = np.zeros(len(texts), np.uint32)
    rank[order] = np.arange(len(order), dtype=np.uint32)
    return rank[_numbers(field.numbers)], [texts[n] for n in order]


def _write_list(out: Writer, name: str, field: Texts, size: int) -> None:
    lengths = _numbers(field.sizes)
    ranks, terms = _ranked(field)
    out.add(f"len.{name}", narrow(lengths))
    write_texts(out, name, [term.encode() for term in terms])
    write(out, name, listed(ranks, np.repeat(np.arange(size, dtype=np.uint32), lengths), len(terms)), size)


def _write_some(out: Writer, name: str, numbers: Numbers, docs: Numbers, terms: list[str], size: int) -> None:
    """A field whose terms are some of another field's."""
    used = np.flatnonzero(np.bincount(numbers, minlength=len(terms)))
    rank = np.zeros(len(terms), np.uint32)
    rank[used] = np.arange(len(used), dtype=np.uint32)
    write_texts(out, name, [terms[n].encode() for n in used.tolist()])
    write(out, name, listed(rank[numbers], docs, len(used)), size)


def _write_pairs(
    out: Writer, name: str, numbers: Numbers, second: Numbers, docs: Numbers, terms: int, size: int
) -> None:
    """The pairs of neighbours, filed under the numbers of both: of a first term the `second`s, ascending."""
    if terms >= 1 << PAIR_BITS:
        raise ValueError("too many different words for one segment")
    pairs = numbers[second - 1].astype(np.uint64) << np.uint64(PAIR_BITS) | numbers[second]
    key = pairs << np.uint64(16) | docs[second]
    key.sort()
    cuts = runs(key)
    key = key[cuts[:-1]]
    pair = key >> np.uint64(16)
    starts = runs(pair)
    write_pairs(out, name, pair[starts[:-1]], terms)
    write(out, name, Postings(starts, key.astype(np.uint16), np.diff(cuts)), size)


def write_pairs(out: Writer, name: str, pairs: Numbers, terms: int) -> None:
    """The dictionary of a field of pairs; `pairs` ascending, first << PAIR_BITS | second."""
    out.add(f"{name}.first", starts_of((pairs >> np.uint64(PAIR_BITS)).astype(np.int64), terms).astype(np.uint32))
    out.add(f"{name}.second", (pairs & np.uint64((1 << PAIR_BITS) - 1)).astype(np.uint32))


def _write_facet(out: Writer, name: str, field: Texts) -> None:
    key_of = key_of_facet(name)
    out.add(f"facet.{name}.start", np.concatenate(([0], np.cumsum(_numbers(field.sizes)))).astype(np.uint32))
    out.add(f"facet.{name}.code", narrow(_numbers(field.numbers)))
    write_texts(out, f"facet.{name}.label", [label.encode() for label in field.lexicon])
    write_texts(out, f"facet.{name}.key", [key_of(label).encode() for label in field.lexicon])
