"""The JSON interface keeps what the contract names."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl

import pytest
from flask.testing import FlaskClient
from msgspec import structs
from werkzeug.datastructures import MultiDict

from corpus.record import from_json, json_schema
from indexer.page import FACETS, Request
from tests.web.samples import SAMPLES
from webapp.parameters import parse

HIT = {
    "id", "title", "meeting_date", "published_date", "body", "outlet_code", "outlet_name", "kind", "score",
    "snippet_html", "paragraph", "source_url", "url",
}  # fmt: skip


def test_search(client: FlaskClient, ids: dict[str, str]) -> None:
    found = client.get("/api/v1/search?q=mường+cọ").json
    assert found is not None and found["total"] == 2 and found["page"] == 1 and found["took_ms"] > 0
    assert found["query"]["typed"] == "mường cọ" and found["query"]["note"] is None
    assert set(found["facets"]) == set(FACETS)
    assert {"value": "2023", "count": 2} in found["facets"]["year"]
    hit = next(one for one in found["hits"] if one["id"] == ids["nuoc-sach"])
    assert set(hit) >= HIT
    assert hit["url"] == f"/r/{ids['nuoc-sach']}" and hit["kind"] == "Hội nghị" and hit["paragraph"] == 3
    assert hit["source_url"] == "https://baolamkhe.example/tin/nuoc-sach.html"
    assert "explanation" not in hit
    english = client.get("/api/v1/search?q=mường+cọ&lang=en").json
    assert english is not None and english["hits"] == found["hits"], "an address of a record has no language"


def test_source_url_is_unchanged(client: FlaskClient) -> None:
    found = client.get("/api/v1/search?q=bẫy").json
    assert found is not None and found["hits"][0]["source_url"] == "javascript:bb17()"


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("q=a&utm_source=x&fbclid=1&gclid=2&zarsrc=3", 200),
        ("q=&page=&limit=&from=&body=&sort=", 200),
        ("q=a&explain=1&literal=1&lang=en", 200),
        ("q=a&year=2020&year=1999&outlet=LKO", 200),
        ("q=a&from=18092026&to=18/9/2026", 200),
        ("limit=100", 200),
        ("limit=101", 400),
        ("limit=0", 400),
        ("limit=1e2", 400),
        ("page=0", 400),
        ("page=1.5", 400),
        ("page=٣", 400),
        ("page=99999999999999999999", 400),
        ("from=2020-02-30", 400),
        ("to=31/6/2020", 400),
        ("to=%00", 400),
        ("year=-1", 400),
        ("sort=newest;", 400),
        ("lang=vie", 400),
        ("explain=yes", 400),
        ("Q=a", 400),
        ("q[]=a", 400),
        ("q=a&q=b", 400),
        ("fbclid2=1", 400),
        ("__proto__=1", 400),
    ],
)
def test_parameters(client: FlaskClient, asked: str, status: int) -> None:
    reply = client.get(f"/api/v1/search?{asked}")
    assert reply.status_code == status
    if status == 400:
        assert reply.json is not None and reply.json["error"]["code"] == "bad_parameter"
        assert reply.json["error"]["message"]


def test_everything_that_is_asked_for_is_read() -> None:
    asked = parse(
        request_args(
            "q=nước&page=2&limit=5&from=1/2/2020&to=2021-03-04&body=A&body=B&body=A&person=C&document=D&outlet=E"
            "&kind=F&province=G&year=2020&sort=oldest&explain=1&literal=1"
        ),
        api=True,
    )
    assert asked == Request(
        q="nước",
        facets={
            "body": ("A", "B"), "person": ("C",), "document": ("D",), "outlet": ("E",), "kind": ("F",),
            "province": ("G",), "year": ("2020",),
        },
        date_from="2020-02-01",
        date_to="2021-03-04",
        sort="oldest",
        page=2,
        limit=5,
        explain=True,
        literal=True,
    )  # fmt: skip


def request_args(query: str) -> list[tuple[str, list[str]]]:
    return [*MultiDict(parse_qsl(query)).lists()]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", "duong-lien-xa nuoc-sach hoi-dong-truong to-tu-quan bay"),
        ("q=mường+cọ", "duong-lien-xa nuoc-sach"),
        ("q=nước&body=Huyện+ủy+Nậm+Rốm", "to-tu-quan"),
        ("body=Huyện+ủy+Nậm+Rốm&body=UBND+tỉnh+Lam+Khê", "duong-lien-xa to-tu-quan"),
        ("person=Lộc+Văn+Tuyên", "nuoc-sach"),
        ("document=12-NQ/HU", "to-tu-quan"),
        ("outlet=BSN", "duong-lien-xa"),
        ("kind=Cuộc+họp", "hoi-dong-truong"),
        ("province=Lam+Khê&year=2022", "to-tu-quan"),
        ("from=2022-08-20&to=14052023", "nuoc-sach hoi-dong-truong"),
        ("sort=oldest&year=2022&year=2023", "to-tu-quan hoi-dong-truong nuoc-sach duong-lien-xa"),
        ("limit=2&page=2", "hoi-dong-truong to-tu-quan"),
        ("q=nuowcs+sachj&literal=1", ""),
    ],
)
def test_everything_that_is_asked_for_is_done(client: FlaskClient, ids: dict[str, str], asked: str, names: str) -> None:
    found = client.get(f"/api/v1/search?{asked}").json
    assert found is not None
    name_of = {id: name for name, id in ids.items()}
    assert [name_of[hit["id"]] for hit in found["hits"]] == names.split()


def test_record(client: FlaskClient, ids: dict[str, str]) -> None:
    reply = client.get(f"/api/v1/records/{ids['nuoc-sach']}")
    kept = structs.replace(SAMPLES[0].record, id=ids["nuoc-sach"])
    assert from_json(reply.data) == kept and reply.content_type == "application/json"


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/v1/records/khong-co", 404, "not_found"),
        ("/api/v1/khong-co", 404, "not_found"),
        ("/api/v1/records/da-go", 410, "gone"),
    ],
)
def test_errors(client: FlaskClient, ids: dict[str, str], address: str, status: int, code: str) -> None:
    reply = client.get(address.replace("da-go", ids["da-go"]))
    assert reply.status_code == status
    assert reply.json is not None and reply.json["error"]["code"] == code and reply.json["error"]["message"]


def test_schema(client: FlaskClient) -> None:
    assert client.get("/api/v1/schema/record.json").json == json.loads(json.dumps(json_schema()))


def test_health(client: FlaskClient) -> None:
    reply = client.get("/healthz")
    assert reply.status_code == 200 and reply.json == {"status": "ready"}
