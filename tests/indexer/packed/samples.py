"""Terms made at random, and what a plain dictionary says of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from hypothesis import strategies as st

from corpus.demonstration import demo_articles
from indexer.analysis import analyse
from indexer.fields import FACETS, TERM_FIELDS, Terms, lists_of, positions_of, terms_of
from indexer.packed.segment import Segment

WORDS = tuple(analyse("ma má mà mã mạ mả Mường mường đá da đã hội hồi hôi ủy uỷ quý quy NQ 12 2023 ơ ư thư thứ").exact)
NUMBERS = ("12-nq/tu", "12-nq", "d:2023-02-01", "own d:2023-02-01", "m:2023-02", "=ky", "số lạ")
NAMES = ("mua a sinh", "huyen uy nam rom", "lo thu", "ban")
LABELS = ("Huyện ủy Nậm Rốm", "huyện uỷ Nậm Rốm", "Lò Thu", "2023", "12-NQ/TU", "Báo Nậm Rốm")
UNITS = ("vnd", "ha", "person")


@cache
def demo_terms() -> tuple[Terms, ...]:
    """The terms of the demo articles."""
    return tuple(terms_of(item.record) for item in demo_articles() if item.record)


def texts_of(*texts: list[str], **given: object) -> Terms:
    """Terms of texts given as lists of exact keys, the first of them the title."""
    values: dict[str, object] = {
        "exact": [word for text in texts for word in text],
        "joined": b"".join(bytes([0] + [1] * (len(text) - 1)) for text in texts if text),
        "parts": [len(text) for text in texts],
        "numbers": [],
        "names": [],
        "day": 0,
        "title": "",
        "outlet_name": None,
        "facets": dict.fromkeys(FACETS, ()),
        "figures": [],
    }
    return Terms(**(values | given))  # type: ignore[arg-type]


@st.composite
def some_terms(draw: st.DrawFn, most: int = 12) -> Terms:
    """Terms of a record of a few short texts."""
    texts = draw(st.lists(st.lists(st.sampled_from(WORDS), max_size=most), max_size=4))
    stops = draw(st.binary(min_size=1, max_size=8))
    joined = bytearray()
    for text in texts:
        joined += bytes(int(n > 0 and stops[n % len(stops)] % 3 > 0) for n in range(len(text)))
    facets = {name: tuple(draw(st.lists(st.sampled_from(LABELS), max_size=2, unique=True))) for name in FACETS}
    return texts_of(
        *texts,
        joined=bytes(joined),
        numbers=draw(st.lists(st.sampled_from(NUMBERS), max_size=6)),
        names=sorted(draw(st.sets(st.sampled_from(NAMES), max_size=3))),
        day=draw(st.sampled_from((0, 20230201, 19991231, 20240229))),
        title=draw(st.sampled_from(("", "Tin", "Hội nghị Huyện ủy 𝄞", "Dòng một\nDòng hai"))),
        outlet_name=draw(st.sampled_from((None, "Báo Nậm Rốm"))),
        facets=facets,
        figures=draw(st.lists(st.tuples(st.floats(-1e12, 1e12), st.sampled_from(UNITS)), max_size=2)),
    )


@dataclass
class Plain:
    """What records by document number say, without arrays."""

    lists: dict[int, dict[str, list[str]]]
    postings: dict[str, dict[str, dict[int, int]]]  # field, term, document: count
    places: dict[str, dict[int, list[int]]]  # term of x, document: positions

    @classmethod
    def of(cls, records: Mapping[int, Terms]) -> Plain:
        plain = cls({}, {name: defaultdict(dict) for name in TERM_FIELDS}, defaultdict(lambda: defaultdict(list)))
        for doc, terms in records.items():
            plain.lists[doc] = lists_of(terms)
            for name, listed in plain.lists[doc].items():
                for term, count in Counter(listed).items():
                    plain.postings[name][term][doc] = count
            for term, place in zip(terms.exact, positions_of(terms), strict=True):
                plain.places[term][doc].append(place)
        return plain


def found_in(segment: Segment, field: str, live: set[int]) -> dict[str, dict[int, int]]:
    """The postings of a field in some documents, as the segment tells them."""
    found: dict[str, dict[int, int]] = {}
    for number, term in enumerate(segment.terms(field)):
        docs, counts = segment.docs(field, number).tolist(), segment.counts(field, number).tolist()
        assert docs == sorted(set(docs)) and len(docs) == len(counts) > 0
        if own := {doc: count for doc, count in zip(docs, counts, strict=True) if doc in live}:
            found[term] = own
    return found


def check_whole(segment: Segment, records: list[tuple[str, Terms]]) -> None:
    """Everything that a segment without deletions says is what the records say."""
    by_doc = {doc: terms for doc, (_, terms) in enumerate(records)}
    assert segment.size == len(records)
    assert [segment.id(doc) for doc in range(segment.size)] == [id for id, _ in records]
    check_live(segment, by_doc)
    plain = Plain.of(by_doc)
    for name in TERM_FIELDS:
        terms = segment.terms(name)
        assert terms == sorted(plain.postings[name], key=str.encode)
        assert segment.count(name) == len(terms)
        assert segment.length(name) == sum(len(lists[name]) for lists in plain.lists.values())
        for number, term in enumerate(terms):
            postings = plain.postings[name][term]
            assert segment.number(name, term) == number and segment.term(name, number) == term
            assert segment.frequency(name, number) == len(postings)
            assert segment.occurrences(name, number) == sum(postings.values())
            dense = segment.dense(name, number)
            if dense is not None:
                assert {doc: count for doc, count in enumerate(dense.tolist()) if count} == postings
        for prefix in ("", "m", "mu", "đ", "12-nq", "own ", "zz", *terms[:3]):
            wanted = [n for n, term in enumerate(terms) if term.encode().startswith(prefix.encode())]
            assert list(segment.beginning(name, prefix)) == wanted
        assert segment.number(name, "không có") == segment.number(name, "") == segment.number(name, "zz zz") == -1
    exact = segment.terms("x")
    folded: dict[str, list[str]] = defaultdict(list)
    for doc, lists in plain.lists.items():
        for one, other in zip(lists["x"], lists["f"], strict=True):
            if one not in folded[other]:
                folded[other].append(one)
        assert segment.doc_of(records[doc][0]) == max(n for n, (id, _) in enumerate(records) if id == records[doc][0])
    for number, term in enumerate(segment.terms("f")):
        assert [exact[n] for n in segment.exact_of(number).tolist()] == sorted(folded[term], key=str.encode)


def check_live(segment: Segment, records: dict[int, Terms]) -> None:
    """What a segment says of some of its documents is what their records say."""
    plain = Plain.of(records)
    for name in TERM_FIELDS:
        assert found_in(segment, name, set(records)) == plain.postings[name]
        lengths = segment.lengths(name).tolist()
        assert len(lengths) == segment.size
        assert {doc: lengths[doc] for doc in records} == {doc: len(lists[name]) for doc, lists in plain.lists.items()}
    for term, places in plain.places.items():
        number = segment.number("x", term)
        ends = segment.counts("x", number).cumsum(dtype=int).tolist()
        found = segment.positions(number).tolist()
        cut = [found[start:end] for start, end in pairwise([0, *ends])]
        by_doc = dict(zip(segment.docs("x", number).tolist(), cut, strict=True))
        assert {doc: by_doc[doc] for doc in places} == places
    for name in (*FACETS, "outlet_name"):
        facet = segment.facet(name)
        for doc, terms in records.items():
            codes = facet.codes[facet.starts[doc] : facet.starts[doc + 1]].tolist()
            one = (terms.outlet_name,) if terms.outlet_name else ()
            assert tuple(facet.labels[code] for code in codes) == (terms.facets[name] if name in FACETS else one)
    figures = segment.figures
    rows: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for doc, value, unit in zip(figures.docs.tolist(), figures.values.tolist(), figures.units.tolist(), strict=True):
        rows[doc].append((value, figures.names[unit]))
    for doc, terms in records.items():
        assert (int(segment.days[doc]), segment.title(doc), rows[doc]) == (terms.day, terms.title, terms.figures)
