"""The page over a real collection of samples, filled once; tests that change a home fill their own."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.home import Home
from indexer import Collection
from tests.web.dom import Page
from tests.web.filled import filled
from tests.web.samples import SAMPLES
from webapp.factory import create_app

Open = Callable[..., Page]


@dataclass(frozen=True)
class Place:
    """An opened home, and the id of each sample in it by its name."""

    home: Home
    collection: Collection
    ids: dict[str, str]


@pytest.fixture(scope="session")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """All samples; no test writes to it."""
    home = Home(tmp_path_factory.mktemp("sampled"))
    ids = filled(home, SAMPLES)
    return Place(home, Collection(home), ids)


@pytest.fixture
def collection(sampled: Place) -> Collection:
    return sampled.collection


@pytest.fixture
def ids(sampled: Place) -> dict[str, str]:
    return sampled.ids


@pytest.fixture
def own(home: Home) -> Place:
    """All samples in a home of the test's own."""
    ids = filled(home, SAMPLES)
    return Place(home, Collection(home), ids)


@pytest.fixture
def without_demo(home: Home) -> Collection:
    filled(home, (dataclasses.replace(sample, demo=False) for sample in SAMPLES))
    return Collection(home)


@pytest.fixture(scope="session")
def app(sampled: Place) -> Flask:
    """Kept for the session, for its templates take a while to compile."""
    return made(sampled.collection)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return reader(app)


def addressed(address: str, ids: dict[str, str]) -> str:
    """An address with the name of a sample in it → the same with its id."""
    name = re.match("/r/([a-z-]+)", address)
    return address.replace(name[1], ids.get(name[1], name[1])) if name else address


def made(collection: Collection, *, rate_limit: bool = False) -> Flask:
    """The page over a collection."""
    return create_app(collection, rate_limit=rate_limit)


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
