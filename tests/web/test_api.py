"""The JSON interface keeps what the contract names."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from corpus.record import from_json, json_schema
from indexer.page import FACETS
from tests.web.memory import Memory
from tests.web.samples import SAMPLES

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


def test_everything_that_is_asked_for_reaches_the_collection(client: FlaskClient, collection: Memory) -> None:
    client.get(
        "/api/v1/search?q=nước&page=2&limit=5&from=1/2/2020&to=2021-03-04&body=A&body=B&body=A&person=C"
        "&document=D&outlet=E&kind=F&province=G&year=2020&sort=oldest&explain=1&literal=1"
    )
    asked = collection.requests[-1]
    assert (asked.q, asked.page, asked.limit, asked.sort) == ("nước", 2, 5, "oldest")
    assert (asked.date_from, asked.date_to, asked.explain, asked.literal) == (
        "2020-02-01",
        "2021-03-04",
        True,
        True,
    )
    assert asked.facets == {
        "body": ("A", "B"), "person": ("C",), "document": ("D",), "outlet": ("E",), "kind": ("F",),
        "province": ("G",), "year": ("2020",),
    }  # fmt: skip


def test_record(client: FlaskClient, ids: dict[str, str]) -> None:
    reply = client.get(f"/api/v1/records/{ids['nuoc-sach']}")
    assert from_json(reply.data) == SAMPLES[0].record and reply.content_type == "application/json"


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


def test_health(client: FlaskClient, collection: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/healthz").status_code == 200
    monkeypatch.setattr(collection, "ready", lambda: False)
    assert client.get("/healthz").status_code == 503
