"""The page over a collection of samples. `collection` and `ids` are all that says which collection."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.dom import Page
from tests.web.memory import Memory
from tests.web.samples import SAMPLES
from webapp import create_app

if TYPE_CHECKING:
    from indexer import Collection

Open = Callable[..., Page]


@pytest.fixture
def collection() -> Memory:
    return Memory(SAMPLES)


@pytest.fixture
def ids() -> dict[str, str]:
    """The id of each sample in the collection, by its name here."""
    return {sample.record.id: sample.record.id for sample in SAMPLES}


@pytest.fixture
def without_demo() -> Memory:
    return Memory(tuple(dataclasses.replace(sample, demo=False) for sample in SAMPLES))


@pytest.fixture
def app(collection: Memory) -> Flask:
    return made(collection)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return reader(app)


def made(collection: Memory, *, rate_limit: bool = False) -> Flask:
    """The page over a collection in memory."""
    return create_app(cast("Collection", collection), rate_limit=rate_limit)


def reader(app: Flask, language: str = "vi") -> FlaskClient:
    """A browser that prefers a language."""
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
    return client


@pytest.fixture
def open_(client: FlaskClient) -> Open:
    """Opens an address and gives the page, which must answer with `status`."""

    def opened(address: str, status: int = 200) -> Page:
        reply = client.get(address)
        assert reply.status_code == status, reply.text
        return Page(reply.text)

    return opened
