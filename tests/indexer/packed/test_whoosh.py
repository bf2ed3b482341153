"""A generation is an ordinary Whoosh index: what Whoosh's own codec makes of the same records says the same."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import islice, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from whoosh import index, query, scoring, sorting
from whoosh.matching.mcore import ReadTooFar
from whoosh.query import spans
from whoosh.reading import TermNotFound
from whoosh.searching import Searcher

from corpus.errors import DamageError
from indexer.fields import Terms, lists_of, positions_of
from indexer.packed.index import Change, create
from indexer.packed.schema import LISTED, POSITIONAL, schema
from tests.indexer.packed.samples import WORDS, demo_terms, some_terms, texts_of

QUERIES = 1_000
FIELDS = ("x", "f", "bx", "bf", "tx", "tf", "n", "e")
Commit = tuple[dict[str, Terms], set[str]]  # records that are put in, and ids that are taken out
Both = tuple[Any, Any]


def ours(folder: Path, commits: list[Commit]) -> Any:
    create(folder)
    for seq, (records, removed) in enumerate(commits):
        change = Change(folder)
        for id in removed:
            change.delete(id)
        for id, terms in records.items():
            change.add(id, terms)
        change.commit(seq)
    return index.open_dir(str(folder))


def stock(folder: Path, commits: list[Commit]) -> Any:
    folder.mkdir()
    made: Any = index.create_in(str(folder), schema())
    for records, removed in commits:
        writer = made.writer()
        for id in (*removed, *records):
            writer.delete_by_term("id", id)
        for id, terms in records.items():
            values: dict[str, Any] = lists_of(terms)
            for name in POSITIONAL:
                values[name] = (values[name], positions_of(terms))
            listed = {name: list(found) for name, found in terms.facets.items() if found}
            if terms.outlet_name:
                listed["outlet_name"] = [terms.outlet_name]
            writer.add_document(id=id, title=terms.title, day=terms.day or None, **values, **listed)
        writer.commit(merge=False)
    return made


def both(folder: Path, commits: list[Commit]) -> Both:
    return ours(folder / "ours", commits), stock(folder / "stock", commits)


def kept(prefix: str, terms: list[Terms]) -> dict[str, Terms]:
    return {f"{prefix}{n}": each for n, each in enumerate(terms)}


def demo_commits() -> list[Commit]:
    """Demo articles in three commits, with some replaced and some taken out."""
    terms = list(demo_terms())
    return [
        (kept("a", terms[:12]), set()),
        (kept("b", terms[12:20]) | {"a3": terms[28], "a4": terms[29]}, {"a7", "a8", "a11"}),
        (kept("c", terms[20:28]), {"a0", "b1"}),
        ({}, {"b2", "c3"}),
    ]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Both:
    return both(tmp_path_factory.mktemp("demo"), demo_commits())


def walked(matcher: Any, positional: bool) -> list[tuple[Any, ...]]:
    """All postings of a matcher."""
    found = []
    while matcher.is_active():
        kinds = ("frequency", "weight", *(("positions",) if positional else ()))
        told = tuple(matcher.value_as(kind) for kind in kinds)
        found.append((matcher.id(), matcher.weight(), matcher.value(), told))
        matcher.next()
    return found


def check_same(pair: Both, step: int = 1) -> None:
    """Terms, statistics, postings, lengths, stored fields and columns of two indexes are equal; of every `step`th
    term its statistics and postings."""
    one, other = (each.reader() for each in pair)
    assert list(one.all_terms()) == list(other.all_terms())
    assert one.doc_count() == other.doc_count() and one.doc_count_all() == other.doc_count_all()
    assert list(one.all_doc_ids()) == list(other.all_doc_ids())
    assert list(one.iter_docs()) == list(other.iter_docs())
    for name in FIELDS:
        assert one.field_length(name) == other.field_length(name)
    for name, term in islice(one.all_terms(), 0, None, step):
        assert one.doc_frequency(name, term) == other.doc_frequency(name, term)
        assert one.frequency(name, term) == other.frequency(name, term)
        mine, theirs = one.term_info(name, term), other.term_info(name, term)
        assert (mine.weight(), mine.max_weight()) == (theirs.weight(), theirs.max_weight())
        assert (mine.min_id(), mine.max_id()) == (theirs.min_id(), theirs.max_id())
        positional = name in POSITIONAL
        assert walked(one.postings(name, term), positional) == walked(other.postings(name, term), positional)
    for (mine, _), (theirs, _) in zip(one.leaf_readers(), other.leaf_readers(), strict=True):
        for name in ("day", *LISTED):
            assert mine.has_column(name)
            columns = mine.column_reader(name), theirs.column_reader(name)
            assert [columns[0][doc] for doc in mine.all_doc_ids()] == [columns[1][doc] for doc in mine.all_doc_ids()]


def test_the_demo_says_the_same(demo: Both) -> None:
    assert len(demo[0].reader().leaf_readers()) == 3
    check_same(demo, step=7)


def test_lengths_are_exact(demo: Both) -> None:
    reader = demo[0].reader()
    for doc, stored in reader.iter_docs():
        given = {id: terms for records, _ in demo_commits() for id, terms in records.items()}[stored["id"]]
        for name, listed in lists_of(given).items():
            assert reader.doc_field_length(doc, name) == len(listed)


first = some_terms(8)
commits = st.lists(st.tuples(st.lists(some_terms(8), max_size=4), st.sets(st.integers(0, 8), max_size=4)), max_size=3)


@settings(max_examples=25, deadline=None, phases=[Phase.generate])
@given(first, commits)
def test_any_records_say_the_same(keeper: Terms, changes: list[tuple[list[Terms], set[int]]]) -> None:
    """Each commit has a record that stays, as Whoosh keeps a segment that has none alive."""
    made = [
        ({f"stays{n}": keeper} | {f"r{(n + k) % 9}": each for k, each in enumerate(terms)}, {f"r{k}" for k in removed})
        for n, (terms, removed) in enumerate(changes)
    ]
    with TemporaryDirectory() as folder:
        check_same(both(Path(folder), [({"stays": keeper}, set()), *made]))


def test_an_index_without_records(tmp_path: Path) -> None:
    made = ours(tmp_path / "new", [])
    assert made.doc_count() == 0
    with made.searcher() as searcher:
        assert len(searcher.search(query.Every())) == 0
    emptied = ours(tmp_path / "emptied", [({"r": demo_terms()[0]}, set()), ({}, {"r"})])
    assert emptied.is_empty()


# ---- queries


class Asked:
    """Stock queries made at random over the terms of a reader."""

    def __init__(self, reader: Any, seed: int) -> None:
        self._random = random.Random(seed)
        self._terms = {name: [term.decode() for term in reader.lexicon(name)] for name in FIELDS}
        pairs = [term.split(" ") for term in self._terms["bx"]]
        self._runs = [[a, b] for a, b in pairs] + [[a, b, c] for (a, b), (d, c) in pairwise(pairs) if b == d]

    def term(self) -> query.Query:
        name = self._random.choice(FIELDS)
        text = "không có" if self._random.random() < 0.05 else self._random.choice(self._terms[name] or ["?"])
        return query.Term(name, text, boost=self._random.choice((1.0, 1.0, 2.5)))

    def many(self, depth: int) -> list[query.Query]:
        return [self.query(depth - 1) for _ in range(self._random.randint(1, 4))]

    def query(self, depth: int) -> query.Query:
        kinds = self.leaves() if depth <= 0 or self._random.random() < 0.3 else self.compounds(depth)
        return self._random.choice(kinds)()

    def leaves(self) -> list[Callable[[], query.Query]]:
        pick, words = self._random.choice, self._terms["x"]
        return [
            self.term,
            self.term,
            self.term,
            lambda: query.Phrase("x", pick(self._runs), slop=pick((1, 1, 3))),
            lambda: query.Phrase("x", [pick(words), pick(words)], slop=50),
            lambda: query.Prefix(name := pick(FIELDS), pick(self._terms[name])[: pick((2, 3, 4))]),
            lambda: query.Wildcard("f", pick(self._terms["f"])[:2] + "?" + pick(("*", "n"))),
            lambda: self.range(self._random.randrange(len(words))),
            lambda: query.FuzzyTerm("f", pick(self._terms["f"]), maxdist=1),
            lambda: query.Every(pick((None, "e", "n"))),
            lambda: query.Term("id", pick("abc") + str(self._random.randint(0, 12))),
        ]

    def range(self, start: int) -> query.Query:
        words, pick = self._terms["x"], self._random.choice
        end = min(start + self._random.randint(0, 20), len(words) - 1)
        return query.TermRange("x", words[start], words[end], pick((True, False)), pick((True, False)))

    def compounds(self, depth: int) -> list[Callable[[], query.Query]]:
        def one() -> query.Query:
            return self.query(depth - 1)

        return [
            lambda: query.And(self.many(depth)),
            lambda: query.Or(self.many(depth)),
            lambda: query.Or(self.many(depth), scale=0.9),
            lambda: query.DisjunctionMax(self.many(depth)),
            lambda: query.And([one(), query.Not(one())]),
            lambda: query.AndNot(one(), one()),
            lambda: query.AndMaybe(one(), one()),
            lambda: query.Require(one(), one()),
            lambda: query.Otherwise(one(), one()),
            lambda: query.ConstantScoreQuery(one(), 1.5),
        ]

    def near(self) -> query.Query:
        """Works in no other query of Whoosh's."""
        words = self._random.choices(self._terms["x"], k=2)
        ordered = self._random.random() < 0.5
        return spans.SpanNear(*(query.Term("x", word) for word in words), slop=30, ordered=ordered)

    def __iter__(self) -> Iterator[query.Query]:
        while True:
            yield self.near() if self._random.random() < 0.03 else self.query(self._random.randint(0, 2))


WEIGHTINGS = (scoring.Frequency(), scoring.TF_IDF())


def asked(reader: Any, wanted: query.Query, weighting: Any, limit: int | None) -> list[tuple[float, int]]:
    """Score and document of each hit, best first."""
    found: Any = Searcher(reader, weighting=weighting).search(wanted, limit=limit)
    return [(round(score, 4), doc) for score, doc in found.top_n]


def best_scores(reader: Any, wanted: query.Query, weighting: Any) -> list[float] | None:
    """The five best scores, for which blocks that cannot win are left out; None where Whoosh's matchers of Require
    and AndNot fail at that (they look at a matcher after its end)."""
    try:
        return [score for score, _ in asked(reader, wanted, weighting, 5)]
    except (AssertionError, IndexError):
        return None


def check_answers(readers: Both, wanted: query.Query, weighting: Any) -> int:
    mine, theirs = (asked(each, wanted, weighting, None) for each in readers)
    assert sorted(mine) == sorted(theirs), repr(wanted)
    best, others = (best_scores(each, wanted, weighting) for each in readers)
    assert others is None or best == others, repr(wanted)
    return len(mine)


def test_stock_queries_give_the_same_hits_and_scores(demo: Both) -> None:
    hits, readers = 0, tuple(each.reader() for each in demo)
    for number, wanted in zip(range(QUERIES), Asked(readers[1], 5), strict=False):
        hits += check_answers(readers, wanted, WEIGHTINGS[number % len(WEIGHTINGS)]) > 0
    assert hits > QUERIES * 0.6


def short(terms: Terms) -> bool:
    """Whether Whoosh's byte keeps the lengths of the fields exactly."""
    return all(len(listed) <= 10 for listed in lists_of(terms).values())


@settings(max_examples=20, deadline=None)
@given(st.lists(some_terms(2).filter(short), min_size=1, max_size=12), st.integers(0, 1_000_000))
def test_bm25f_gives_the_same_where_lengths_are_exact(terms: list[Terms], seed: int) -> None:
    half = len(terms) // 2
    with TemporaryDirectory() as folder:
        pair = both(Path(folder), [(kept("a", terms[:half]), set()), (kept("b", terms[half:]), set())])
        readers = pair[0].reader(), pair[1].reader()
        for word in random.Random(seed).sample(WORDS, 6):
            wanted = query.Or([query.Term(name, word) for name in ("x", "f", "tx")])
            check_answers(readers, wanted, scoring.BM25F())


def test_bm25f_is_near_where_whoosh_rounds_lengths(demo: Both) -> None:
    for word in WORDS:
        mine, theirs = (asked(each.reader(), query.Term("x", word), scoring.BM25F(), None) for each in demo)
        others = {doc: score for score, doc in theirs}
        assert {doc: score for score, doc in mine} == pytest.approx(others, rel=0.1)


# ---- what queries rest on


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """1,500 documents with hội, once in most and oftener in few; every third of them with nghị."""
    counts = random.Random(3).choices((1, 6), (300, 1), k=1_500)
    terms = [texts_of(["hội"] * count + ["nghị"] * (n % 3 == 0) + ["họp"] * 20) for n, count in enumerate(counts)]
    return ours(tmp_path_factory.mktemp("many") / "ours", [(kept("r", terms), set())])


def scored(matcher: Any, least: float = 0.0) -> dict[int, float]:
    """Document and score of every posting in blocks that may have better than `least`."""
    found = {}
    while matcher.is_active():
        if least and matcher.skip_to_quality(least):
            continue
        found[matcher.id()] = matcher.score()
        matcher.next()
    return found


def test_blocks_without_a_good_score_are_skipped_and_no_others(many: Any) -> None:
    with many.searcher(weighting=scoring.BM25F()) as searcher:
        every = scored(searcher.postings("x", "hội"))
        assert len(every) == 1_500
        good = sorted(every.values())[-3]
        passed = scored(searcher.postings("x", "hội"), good - 1e-9)
        assert {doc for doc, score in every.items() if score >= good} <= set(passed)
        assert len(passed) < 1_500
        matcher = searcher.postings("x", "hội")
        assert matcher.supports_block_quality()
        assert max(every.values()) <= matcher.max_quality() + 1e-9
        while matcher.is_active():
            assert matcher.score() <= matcher.block_quality() + 1e-9
            assert matcher.block_min_id() <= matcher.id() <= matcher.block_max_id()
            assert matcher.block_min_length() <= 22 and matcher.block_max_length() >= 21
            matcher.next()
        with pytest.raises(ReadTooFar):
            matcher.next()
        with pytest.raises(ReadTooFar):
            matcher.skip_to(3)
        matcher.reset()
        assert matcher.id() == 0


def test_skipping_goes_to_the_next_document_that_has_the_term(many: Any) -> None:
    with many.searcher() as searcher:
        matcher = searcher.postings("x", "nghị")
        for target in (0, 1, 3, 128 * 3, 128 * 3 + 1, 700):
            matcher.skip_to(target)
            assert matcher.id() == -(-target // 3) * 3
        other = matcher.copy()
        matcher.skip_to(5_000)
        assert not matcher.is_active() and other.id() == 702
        assert list(other.all_ids()) == list(range(0, 1_500, 3))


def test_what_a_matcher_supports(many: Any) -> None:
    reader = many.reader()
    assert reader.postings("x", "hội").supports("positions")
    assert not reader.postings("f", "hoi").supports("positions")
    with pytest.raises(TermNotFound):
        reader.postings("x", "vắng")
    with pytest.raises(TermNotFound):
        reader.term_info("f", "vang")
    assert reader.doc_frequency("x", b"\xff") == reader.frequency("bx", "vắng mặt") == 0
    assert ("x", "hội") in reader and ("x", "vắng") not in reader and ("bf", "hoi nghi") in reader


def test_cursors(demo: Both) -> None:
    for name in FIELDS:
        mine, theirs = (each.reader().leaf_readers()[0][0].cursor(name) for each in demo)
        steps = [(mine.first(), theirs.first())]
        for wanted in ("", "h", "hoi", "đ", "zzz"):
            steps.append((mine.find(wanted), theirs.find(wanted)))
            for _ in range(3):
                if theirs.is_valid() and mine.is_valid():
                    assert mine.term_info().weight() == theirs.term_info().weight()
                    steps.append((mine.next(), theirs.next()))
        assert [one for one, _ in steps] == [other for _, other in steps], name


def test_sorting_and_grouping_by_columns(demo: Both) -> None:
    found = []
    for each in demo:
        with each.searcher() as searcher:
            reverse = searcher.search(query.Every(), limit=None, sortedby=sorting.FieldFacet("day", reverse=True))
            groups = searcher.search(query.Every(), limit=None, groupedby="body").groups("body")
            days = [hit["day"] for hit in searcher.search(query.Every(), limit=None, sortedby="day") if "day" in hit]
            found.append(([hit["id"] for hit in reverse], {key: sorted(docs) for key, docs in groups.items()}, days))
    assert found[0] == found[1]
    assert found[0][2] == sorted(found[0][2]) and len(found[0][1]) > 3


def test_a_reader_follows_deletions_when_it_is_made_anew(tmp_path: Path) -> None:
    made = ours(tmp_path / "ours", [(kept("r", list(demo_terms()[:4])), set())])
    before = made.reader()
    change = Change(tmp_path / "ours")
    change.delete("r2")
    change.commit(9)
    assert before.doc_count() == 4
    assert made.reader().doc_count() == 3


def test_a_damaged_segment_is_refused_and_a_replaced_one_looked_for_again(tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    made = ours(folder, [(kept("r", list(demo_terms()[:4])), set())])
    (path,) = folder.glob("*.seg")
    data = path.read_bytes()
    path.write_bytes(data[:-1])
    with pytest.raises(DamageError):
        made.reader()
    path.unlink()
    with pytest.raises(FileNotFoundError):
        made.reader()
