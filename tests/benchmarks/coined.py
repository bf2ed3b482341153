"""Coined reports where `../shared` is absent: syllables that sound Vietnamese, drawn by Zipf's law; nothing means
anything. Figures on them are comparable among engines of one run, not with figures on natural text."""

from __future__ import annotations

import datetime
import itertools
import json
import random
import unicodedata
from pathlib import Path

SEED = 20261125
ONSETS = ("b", "c", "ch", "d", "đ", "g", "h", "kh", "l", "m", "n", "nh", "ph", "r", "s", "t", "th", "tr", "v", "x")
RIMES = (
    "a",
    "ai",
    "an",
    "ang",
    "ăn",
    "âm",
    "ân",
    "âu",
    "e",
    "en",
    "ê",
    "i",
    "inh",
    "o",
    "oi",
    "ong",
    "ô",
    "ôi",
    "ơi",
    "u",
)
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
BODIES = (
    "Ban Thường vụ Huyện ủy Sông Ngân",
    "UBND huyện Sông Ngân",
    "HĐND thị xã Đồi Chè",
    "Tỉnh ủy Lâm Khê",
    "Sở Y tế",
)
NAMES = ("Quàng Thị Mận", "Tống Văn Bách", "Chu Minh Thạch", "Hà Đức Nghiêm", "Lương Thu Sen", "Ma Hữu Cần")


def _stock(rng: random.Random) -> list[str]:
    """Pieces of two to five coined syllables."""

    def syllable() -> str:
        rime = rng.choice(RIMES)
        return unicodedata.normalize("NFC", rng.choice(ONSETS) + rime[0] + rng.choice(TONES) + rime[1:])

    words = [syllable() for _ in range(2_500)]
    return [" ".join(rng.choices(words, k=rng.randint(2, 5))) for _ in range(20_000)]


def write(n: int, out: Path, *, number_from: int = 0) -> None:
    """`n` reports as JSON lines for `bienban import`; each has a number of its own, counted from `number_from`."""
    rng = random.Random(SEED)
    stock = _stock(rng)
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(stock))))

    def sentence(syllables: int) -> str:
        words: list[str] = []
        while len(words) < syllables:
            words += rng.choices(stock, cum_weights=weights)[0].split()
        return " ".join(words).capitalize()

    with out.open("w", encoding="utf-8") as file:
        for number in range(n):
            day = datetime.date(2016, 3, 1) + datetime.timedelta(days=rng.randrange(3_000))
            body, name = rng.choice(BODIES), rng.choice(NAMES)
            paper = f"{rng.randint(1, 400)}-{rng.choice(('NQ/HU', 'KL/TU', 'TB/TU'))}"
            head = f"Ngày {day:%d/%m/%Y}, đồng chí {name} chủ trì phiên họp {body}. Theo Nghị quyết số {paper}, "
            head += f"{sentence(20)}."
            rest = [
                f"{sentence(rng.randint(18, 36))}; {sentence(12)} {rng.randint(1, 9_999)} triệu đồng."
                for _ in range(10)
            ]
            rest.append(f"Hồ sơ {number_from + number}.")
            record = {
                "title": f"{body}: {sentence(rng.randint(5, 10))}",
                "paragraphs": [head, *rest],
                "outlet_code": rng.choice(("AAA", "BBB", "CCC")),
                "meeting_date": str(day),
                "meeting": {"kind": "Phiên họp", "body": body},
                "chair": {"name": name, "roles": ["Bí thư"]},
                "people": [{"name": name, "roles": ["Bí thư"], "part": "chair", "paragraph": 0}],
                "source": {"url": f"https://example.org/coined/{number_from + number}"},
                "cited_documents": [{"type": "Nghị quyết", "number": paper, "mentions": 1}],
            }
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
