"""Random small collections and queries of one small vocabulary, so that they meet. Places and people are made up."""

from __future__ import annotations

from random import Random
from typing import Any

import msgspec

from corpus.record import Document, Figure, Person, Record
from indexer.analysis import fold
from indexer.page import FACETS, Request
from indexer.plan import Plan
from tests.indexer.reference.books import Book
from tests.reports import report

COMMON = [
    "hội", "nghị", "bàn", "việc", "của", "và", "xã", "tỉnh", "ủy", "ban",
]  # fmt: skip
WORDS = [
    "hội", "hồi", "hối", "nghị", "nghỉ", "nghì", "công", "cộng", "cống", "trồng", "trông", "rừng", "rưng",
    "nuôi", "cá", "cả", "ca", "nước", "sạch", "đường", "đương", "thôn", "thon", "bản", "ban", "thường", "vụ",
    "kết", "luận", "hoà", "hòa", "uỷ", "ủy", "kỹ", "kĩ", "quý", "tế", "dự", "án", "giao", "chè", "che", "mới",
    "chợ", "phiên", "ngân", "sách", "đầu", "tư", "giải", "mặt", "bằng", "trường", "tu", "350", "2023", "7.200",
    "12", "t.ư", "k'briêng",
]  # fmt: skip
STRETCHES = [
    "HĐND", "Hội đồng nhân dân", "UBND", "ủy ban nhân dân", "BTV", "ban thường vụ", "TƯ", "trung ương", "NTM",
    "nông thôn mới", "là gì", "ở đâu", "khi nào", "nước sạch", "trồng rừng", "nuôi cá", "hội nghị", "kết luận",
]  # fmt: skip
BODIES = [
    "HĐND tỉnh",
    "Hội đồng nhân dân tỉnh",
    "UBND xã Nậm Rốm",
    "Huyện ủy Thác Mơ",
    "Huyện uỷ Thác Mơ",
    "Ban Thường vụ",
]
PEOPLE = ["Mùa A Sình", "Vi Thị Hoà", "Vi Thị Hòa", "Vy Thị Hà", "Lò Thu", "Lò Thu Công", "K'Briêng"]
PROVINCES = ["Lam Khê", "Thác Mơ", "Nậm Rốm"]
OUTLETS = ["LKO", "BSN", "NRM"]
KINDS = ["Kỳ họp", "Hội nghị", "Phiên họp"]
NUMBERS = [
    "Nghị quyết số 58-NQ/TU", "Nghị quyết số 58-NQ/HU", "58-NQ/TU", "nghị quyết 58", "18/2022/NQ-HĐND",
    "kế hoạch số 7", "quyết định 456-QĐ/TU", "58nqtu", "nghị quyết số 101",
]  # fmt: skip
DAYS = ["2022-07-12", "2023-03-18", "2023-07-11", "2023-07-12"]
SAID_DAYS = ["ngày 12/7/2022", "18/3/2023", "tháng 7/2023", "11 tháng 7 năm 2023", "5/5/2021"]
FIGURES = [(350.0, "tỷ đồng"), (7200.0, "ha"), (12.0, "%"), (2.5, "triệu đồng"), (12.0, "nhà máy")]
STOPS = [" "] * 12 + [", ", ". ", "; "]
TERMS = ("x", "f", "bx", "bf", "tx", "tf", "n", "e")


def piece(random: Random) -> str:
    """A word or a few that belong together."""
    lot = random.random()
    if lot < 0.3:
        return random.choice(COMMON)
    if lot < 0.7:
        return random.choice(WORDS)
    pool = random.choice([STRETCHES, STRETCHES, BODIES, PEOPLE, PROVINCES, NUMBERS, SAID_DAYS])
    return random.choice(pool)


def text(random: Random, most: int) -> str:
    """Words in sentences."""
    return "".join(piece(random) + random.choice(STOPS) for _ in range(random.randint(1, most))).strip()


def some(random: Random, pool: list[Any], most: int) -> list[Any]:
    """Up to `most` different ones of a pool, often none."""
    return random.sample(pool, random.randint(0, most)) if random.random() < 0.6 else []


def one(random: Random, pool: list[Any]) -> Any:
    return next(iter(some(random, pool, 1)), None)


def record(random: Random) -> Record:
    """A short report."""
    number = one(random, ["58-NQ/TU", "18/2022/NQ-HĐND"])
    return report(
        text(random, 5),
        *(text(random, 12) for _ in range(random.randint(0, 3))),
        body=one(random, BODIES),
        kind=one(random, KINDS),
        province=one(random, PROVINCES),
        document=one(random, ["58-NQ/TU", "58 - NQ/TU", "456-QĐ/TU", "101"]),
        document_=Document(type="Nghị quyết", number=number) if number and random.random() < 0.3 else None,
        people=tuple(Person(name=name, part="mentioned") for name in some(random, PEOPLE, 3)),
        figures=tuple(Figure(value=value, unit=unit) for value, unit in some(random, FIGURES, 2)),
        captions=tuple(text(random, 4) for _ in range(random.randint(0, 1))),
        authors=tuple(some(random, PEOPLE, 1)),
        outlet_code=one(random, OUTLETS),
        meeting_date=one(random, DAYS),
        published_date=one(random, DAYS),
    )


def varied(random: Random, before: Record) -> Record:
    """Nearly the same report once more."""
    return msgspec.structs.replace(before, paragraphs=(*before.paragraphs, piece(random)))


# ---- queries


def typed(random: Random, said: list[str], most: int = 6) -> str:
    """Words as readers type them: some of what was `said`, or any; often without marks, now and then with a slip
    or in Telex keys."""
    words = text(random, random.randint(1, most))
    if random.random() < 0.15:
        words = f"{piece(random)} {random.choice([*BODIES, *PEOPLE, *NUMBERS])}"
    elif said and random.random() < 0.5:
        there = random.choice(said).split(" ")
        start = random.randint(0, len(there) - 1)
        words = " ".join(there[start : start + random.randint(1, most)])
    lot = random.random()
    if lot < 0.35:
        return fold(words)
    if lot < 0.45 and len(words) > 3:
        at = random.randint(0, len(words) - 2)
        return words[:at] + words[at + 1 :]
    if lot < 0.5:
        return random.choice(["hooij nghij", "hoij nghi banf", "trong ruwngf", "ho6i5 nghi5 nuo6i ca1", "nuowcs sachj"])
    return words


def clause(random: Random, said: list[str], depth: int = 0) -> str:
    """A clause of the query language."""
    lot = random.random()
    if lot < 0.5 or depth > 1:
        return typed(random, said)
    if lot < 0.65:
        return f'"{typed(random, said, 4)}"'
    if lot < 0.72:
        return f'-"{typed(random, said, 2)}"' if random.random() < 0.5 else f"-{random.choice(WORDS)}"
    if lot < 0.8:
        word = random.choice([*COMMON, *WORDS])
        return f"{fold(word[:2]) if random.random() < 0.5 else word[: random.randint(2, 4)]}*"
    if lot < 0.86:
        return f"{clause(random, said, depth + 1)} OR {clause(random, said, depth + 1)}"
    if lot < 0.9:
        return f"({clause(random, said, depth + 1)})"
    if lot < 0.96:
        return random.choice([">300 tỷ", "<3 triệu", ">=12 %", "> 100 tỷ < 400 tỷ", ">5", "<= 12 nhà máy"])
    name, pool = random.choice(
        [
            ("cơ quan", BODIES), ("người", PEOPLE), ("báo", OUTLETS), ("tỉnh", PROVINCES), ("loại", KINDS),
            ("số", ["58-NQ/TU", "101", "456"]), ("năm", ["2023", "2022", "31/2/2023"]), ("từ", ["1/4/2023", "2023"]),
            ("đến", ["3/2023", "12/7/2022"]), ("chủ trì", PEOPLE),
        ]
    )  # fmt: skip
    value = random.choice(pool)
    return f'{name}:"{value}"' if random.random() < 0.5 else f"{name}:{fold(value)}"


def request(random: Random, said: list[str]) -> Request:
    """A search with its filters, in a collection whose texts say so."""
    q = " ".join(clause(random, said) for _ in range(random.choice([1, 1, 1, 2, 2, 3])))
    if random.random() < 0.08:
        q += "?"
    pools = [BODIES, ["2022", "2023"], PEOPLE, ["58-NQ/TU", "101"], OUTLETS, KINDS, PROVINCES]
    chosen = {name: tuple(some(random, pool, 2)) for name, pool in zip(FACETS, pools, strict=True)}
    return Request(
        q="" if random.random() < 0.05 else q,
        facets={name: values for name, values in chosen.items() if values} if random.random() < 0.2 else {},
        date_from=one(random, DAYS) if random.random() < 0.2 else None,
        date_to=one(random, DAYS) if random.random() < 0.2 else None,
        sort=random.choice(["relevance", "relevance", "relevance", "newest", "oldest"]),
        limit=1_000,
        literal=random.random() < 0.1,
    )


def term(random: Random, books: list[Book]) -> tuple[str, str]:
    """A term that some book has, now and then one that nobody has."""
    field = random.choice(TERMS)
    known = list(random.choice(books).counts[field]) if books else []
    return field, random.choice(known) if known and random.random() < 0.9 else "không có"


def plan(random: Random, books: list[Book]) -> Plan:
    """A plan over the terms of some books."""
    phrase: tuple[str, ...] = ()
    if books and random.random() < 0.3 and (said := random.choice(random.choice(books).texts or ((),))):
        start = random.randint(0, len(said) - 1)
        phrase = tuple(exact for exact, _, _ in said[start : start + random.randint(1, 4)])
    groups = [tuple(term(random, books) for _ in range(random.randint(1, 3))) for _ in range(random.randint(0, 2))]
    return Plan(
        must=tuple(groups),
        scored=tuple((*term(random, books), random.choice([0.5, 1.0, 2.0])) for _ in range(random.randint(0, 5))),
        phrase=phrase,
        days=(20220712, 20230711) if random.random() < 0.2 else None,
        facets={"body": tuple(some(random, BODIES, 2)), "person": ("Vi Thị Hòa",)} if random.random() < 0.15 else {},
        counted=tuple(FACETS) if random.random() < 0.5 else (),
        limit=random.choice([1, 3, 10, 1_000]),
    )
