"""A segment says what a plain dictionary of its records says, whatever the records are."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.fields import PARAGRAPH_GAP, Terms
from indexer.packed.batch import Batch
from indexer.packed.index import Change, Index, create, write_segment
from indexer.packed.merge import merge
from indexer.packed.postings import FEWEST_DENSE
from indexer.packed.segment import Segment
from tests.indexer.packed.samples import WORDS, check_live, check_whole, demo_terms, some_terms, texts_of

Records = list[tuple[str, Terms]]


def written(folder: Path, records: Records, name: str = "one") -> Segment:
    batch = Batch()
    for doc, (id, terms) in enumerate(records):
        assert batch.add(id, terms) == doc
    return Segment.open(folder, name, *batch.write(folder / f"{name}.seg"))


def numbered(terms: list[Terms]) -> Records:
    return [(f"r{n}", each) for n, each in enumerate(terms)]


@settings(max_examples=60, deadline=None)
@given(st.lists(some_terms(), min_size=1, max_size=6))
def test_any_records(terms: list[Terms]) -> None:
    with TemporaryDirectory() as folder:
        check_whole(written(Path(folder), numbered(terms)), numbered(terms))


def test_the_demo_articles(tmp_path: Path) -> None:
    records = numbered(list(demo_terms()[:12]))
    check_whole(written(tmp_path, records), records)


@pytest.mark.parametrize(
    "terms",
    [*(texts_of(*texts) for texts in ([], [[]], [[], []], [["a"]], [[], ["a", "b"]])), texts_of([], numbers=["n"])],
    ids=["nothing", "an empty title", "empty texts", "one word", "no title", "a number only"],
)
def test_one_small_record(tmp_path: Path, terms: Terms) -> None:
    check_whole(written(tmp_path, [("r", terms)]), [("r", terms)])


@pytest.mark.parametrize("docs", [FEWEST_DENSE, FEWEST_DENSE + 1, FEWEST_DENSE + 2])
def test_a_word_of_all_documents_about_the_fewest_of_a_row(tmp_path: Path, docs: int) -> None:
    records = numbered([texts_of([], ["hội"] * (n % 3 + 1) + ["nghị"] * (n % 2)) for n in range(docs)])
    segment = written(tmp_path, records)
    assert (segment.dense("x", segment.number("x", "hội")) is None) == (docs <= FEWEST_DENSE)
    check_whole(segment, records)


def test_a_word_more_often_than_a_byte_counts_is_no_row(tmp_path: Path) -> None:
    records = numbered([texts_of([], ["hội"] * (256 if n == 40 else 255), ["nghị"]) for n in range(80)])
    segment = written(tmp_path, records)
    assert segment.dense("x", segment.number("x", "hội")) is None
    assert segment.dense("x", segment.number("x", "nghị")) is not None
    check_whole(segment, records)


def test_a_document_longer_than_two_bytes_count(tmp_path: Path) -> None:
    words = [WORDS[n % len(WORDS)] for n in range(70_000)]
    records = numbered([texts_of(["hội"], words), texts_of([], *[["hội", "nghị"]] * (66_000 // PARAGRAPH_GAP))])
    segment = written(tmp_path, records)
    assert segment.positions(segment.number("x", WORDS[0])).max() > 65_535
    check_whole(segment, records)


def test_a_record_added_twice_is_known_by_its_later_document(tmp_path: Path) -> None:
    create(tmp_path)
    change = Change(tmp_path)
    change.add("r", texts_of(["hội"]))
    change.add("r", texts_of(["nghị"]))
    change.commit(1)
    (segment,) = Index(tmp_path).segments()
    assert segment.doc_of("r") not in segment.deleted
    change = Change(tmp_path)
    change.delete("r")
    change.commit(2)
    assert Index(tmp_path).segments() == []


Step = tuple[str, Terms | None]  # a record is put in; or, without terms, taken out
ids = st.sampled_from([f"r{n}" for n in range(9)])
steps = st.lists(st.tuples(ids, st.one_of(st.none(), some_terms(5), some_terms(5))), max_size=7)


@settings(max_examples=30, deadline=None)
@given(st.lists(steps, min_size=1, max_size=5))
def test_any_changes_in_any_commits_and_merged(commits: list[list[Step]]) -> None:
    model: dict[str, Terms] = {}
    with TemporaryDirectory() as name:
        folder = Path(name)
        create(folder)
        index = Index(folder)
        for seq, commit in enumerate(commits):
            change = Change(folder)
            for id, terms in commit:
                if terms is None:
                    change.delete(id)
                    model.pop(id, None)
                else:
                    change.add(id, terms)
                    model[id] = terms
            change.commit(seq)
            check_index(index.segments(), model)
            check_index(Index(folder).segments(), model)
        if segments := index.segments():
            live = [each.id(doc) for each in segments for doc in range(each.size) if doc not in each.deleted]
            _, length, checksum = merge(segments, folder / "merged.seg")
            check_whole(Segment.open(folder, "merged", length, checksum), [(id, model[id]) for id in live])


def check_index(segments: list[Segment], model: dict[str, Terms]) -> None:
    """The segments have each record of the model once, as the model has it."""
    found: list[str] = []
    for segment in segments:
        own = {doc: segment.id(doc) for doc in range(segment.size) if doc not in segment.deleted}
        found += own.values()
        check_live(segment, {doc: model[id] for doc, id in own.items() if id in model})
        assert {segment.doc_of(id) for id in own.values()} == set(own)
    assert sorted(found) == sorted(model)


def test_a_batch_written_aside_is_adopted_in_place_of_older_records(tmp_path: Path) -> None:
    create(tmp_path)
    change = Change(tmp_path)
    change.add("a", texts_of(["hội"]))
    change.add("b", texts_of(["hội"]))
    change.commit(1)
    batch = Batch()
    for id in ("b", "c", "d"):
        batch.add(id, texts_of(["nghị"]))
    change = Change(tmp_path)
    change.adopt(write_segment(tmp_path, batch), {2})
    change.commit(2)
    model = {"a": texts_of(["hội"]), "b": texts_of(["nghị"]), "c": texts_of(["nghị"])}
    check_index(Index(tmp_path).segments(), model)
