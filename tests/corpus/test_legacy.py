"""Legacy encodings: every row of the tables, real files, and that nothing else is ever taken for one."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.legacy import ENCODINGS, Encoding, convert, recognise
from corpus.legacy.encodings import letters, rows
from corpus.legacy.syllables import is_syllable
from corpus.text import match_form

ROOT = Path(__file__).resolve().parents[2]
DEMO = sorted((ROOT / "corpus" / "demo").glob("*.txt"))
#: Real files and texts lie beside the checkout; without them their tests are skipped.
SHARED = ROOT.parent / "shared"
ROWS = [(encoding, row) for encoding in ENCODINGS for row in rows(encoding)]
QUERIES: list[tuple[str, Encoding, str]] = [
    ("Héi nghÞ", "tcvn3", "Hội nghị"),
    ("nghÞ", "tcvn3", "nghị"),
    ("Héi nghÞ TØnh uû", "tcvn3", "Hội nghị Tỉnh uỷ"),
    ("NghÞ quyÕt 101-NQ/TU", "tcvn3", "Nghị quyết 101-NQ/TU"),
    ("Thñ t\u00adíng", "tcvn3", "Thủ tướng"),
    ("Thñ t\u2212íng", "tcvn3", "Thủ tướng"),
    ("H§ND huyÖn", "tcvn3", "HĐND huyện"),
    ("website cña Së", "tcvn3", "website của Sở"),
    ("Hoäi nghò", "vni", "Hội nghị"),
    ("Hoäi nghò Tænh uûy", "vni", "Hội nghị Tỉnh ủy"),
    ("HÑND huyeän", "vni", "HĐND huyện"),
    ("UÛy ban nhaân daân", "vni", "Ủy ban nhân dân"),
    ("Ho^.i nghi.", "viqr", "Hội nghị"),
    ("Nghi. quye^'t so^' 101-NQ/TU", "viqr", "Nghị quyết số 101-NQ/TU"),
    ("Ti?nh u?y", "viqr", "Tỉnh ủy"),
]
_PLAIN = """
é|è|ê|ô|Lý|Đào|Ý kiến|Hoà|thuê|kế|ròng rã|xã hội|Hội nghị|hoi nghi|Hà Nội|cà phê|Lê Lý|tôi có bé|xã|Vĩnh Lộc|chè
hội nghị của Sören|Ðảng|Y tế|µm|5 µm|N·m|10 N·m và 5 µm|a×b|2×3|«Hội nghị»|« où »|§ 5|© 2024|® Ban|25°C|6½|· mục
café|résumé|naïve|Noël|Beyoncé|Où est la réunion du comité ?
L'été dernier, le maire a présenté le budget à Besançon.
Die Bürgermeisterin eröffnete die Sitzung für größere Gemeinden.|Köln|über|São Paulo|più|aún no|Málaga
så må vi gå på|don't|I'm here|it's he's we're|O'Neil|e.g.|U.S.A.|a^n|a^n + b^n = c^n|f(a(n))|x^2|C++|tho*
nong tho* chu*|U+2212 U+2219|for (i=0; i<n; i++) { a[i] ^= b; }|https://example.org/a?b=c&d=e|101-NQ/TU|QL1A|F0
covid19|taxi|5.835|12/1/2024|dd/mm/yyyy|Há»™i nghá»‹ tá»‰nh|Hôòi nghiò|会议|встреча
"""
PLAIN = ["", *(text for line in _PLAIN.strip().splitlines() for text in line.split("|"))]


def stripped(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D")


def written(text: str, encoding: Encoding) -> str:
    """`text` as it was typed in the encoding; TCVN3 has no capitals with tones."""
    table = {row["letter"]: row["legacy"] for row in reversed(rows(encoding)) if row["kind"] == "standard"}
    return "".join(table.get(c) or table.get(c.lower() if encoding == "tcvn3" else c, c) for c in text)


def windows(text: str) -> set[str]:
    """Every word of a text, every two and every four in a row."""
    words = text.split()
    return {" ".join(words[n : n + size]) for size in (1, 2, 4) for n in range(len(words))}


def shared(*parts: str) -> Path:
    if not SHARED.joinpath(*parts).exists():
        pytest.skip(f"shared/{'/'.join(parts)} is not here")
    return SHARED.joinpath(*parts)


@pytest.mark.parametrize(
    ("encoding", "row"), ROWS, ids=lambda value: value if isinstance(value, str) else value["legacy"]
)
def test_every_row_converts_alone_and_in_its_example(encoding: Encoding, row: dict[str, str]) -> None:
    assert row["legacy"] in row["example"]
    assert convert(row["example"], encoding) == row["expected"] == unicodedata.normalize("NFC", row["expected"])
    assert row["letter"] in row["expected"]
    assert letters(encoding)[row["legacy"]] == row["letter"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_table_has_every_letter_of_the_alphabet(encoding: Encoding) -> None:
    small = {
        unicodedata.normalize("NFC", v + t) for v in "aăâeêioôơuưy" for t in ("", *"\u0301\u0300\u0309\u0303\u0323")
    }
    wanted = {letter for letter in small | {"đ"} if not letter.isascii()}
    capitals = set("ĂÂÊÔƠƯĐ") if encoding == "tcvn3" else {letter.upper() for letter in wanted}
    assert {row["letter"] for row in rows(encoding) if row["kind"] == "standard"} == wanted | capitals


@pytest.mark.parametrize("row", rows("rhymes"), ids=lambda row: row["vowels"])
def test_rhymes(row: dict[str, str]) -> None:
    assert is_syllable(row["example"])


@pytest.mark.parametrize("row", rows("foreign"), ids=lambda row: row["word"])
def test_foreign_words_are_no_evidence(row: dict[str, str]) -> None:
    encoding: Encoding = "vni" if row["encoding"] == "vni" else "tcvn3"
    assert convert(row["word"], encoding) == row["example"] and is_syllable(row["example"])
    assert recognise(row["word"]) is None and recognise(f"{row['word']} {row['word']}") is None


@pytest.mark.parametrize(
    "word", ["hội", "giếng", "gì", "quốc", "quý", "khuỷu", "NGHỊ", "hoà", "hòa", "tuyết", "yêu", "ngoằn"]
)
def test_syllables(word: str) -> None:
    assert is_syllable(word) and is_syllable(unicodedata.normalize("NFD", word))


@pytest.mark.parametrize(
    "word", ["", "hôi\u0323\u0301", "nge", "kô", "cê", "mat", "tốch", "hàt", "ngha", "stop", "quu", "đc", "hộị"]
)
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(("query", "encoding", "meant"), QUERIES, ids=[query for query, _, _ in QUERIES])
def test_short_queries(query: str, encoding: Encoding, meant: str) -> None:
    assert recognise(query) == encoding
    assert convert(query, encoding) == meant
    assert recognise(meant) is None


@pytest.mark.parametrize("text", PLAIN)
def test_other_texts_stay(text: str) -> None:
    for form in (text, text.upper(), unicodedata.normalize("NFD", text)):
        assert recognise(form) is None


def test_capital_fonts() -> None:
    assert convert("céng hßa x· héi", "tcvn3", all_caps=True) == "CỘNG HÒA XÃ HỘI"


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        (r"la\.", "la."),
        (r"a\(b", "a(b"),
        (r"d\d", "dd"),
        ("Ho.p ba`n gi`?", "Họp bàn gì?"),
        ("bao nhie^u?", "bao nhiêu?"),
        ("u?y.", "ủy."),
        ("e.g. Panama.", "e.g. Panama."),
        ("1a. Mu.c", "1a. Mục"),
    ],
)
def test_viqr_escapes_and_punctuation(raw: str, meant: str) -> None:
    assert convert(raw, "viqr") == meant


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_demo_articles_survive_the_way_there_and_back(encoding: Encoding) -> None:
    for path in DEMO:
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
        legacy = written(text, encoding)
        assert recognise(legacy) == encoding, path.name
        wanted, found = tokens(text), tokens(convert(legacy, encoding))
        assert (wanted & found).total() >= (0.98 if encoding == "viqr" else 1.0) * wanted.total(), path.name


@pytest.mark.parametrize("form", [str, stripped, str.upper, lambda text: unicodedata.normalize("NFD", text)])
def test_demo_articles_are_never_converted(form: Callable[[str], str]) -> None:
    for path in DEMO:
        text = form(path.read_text(encoding="utf-8"))
        assert recognise(text) is None, path.name
        assert [part for part in windows(text) if recognise(part)] == []


@pytest.mark.parametrize("folder", ["articles", "reports", "files/transcripts"])
def test_shared_texts_are_never_converted(folder: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(shared(folder).glob("*.txt"))]
    assert texts and [part for text in texts for part in (text, *windows(text)) if recognise(part)] == []


@pytest.mark.parametrize(("language", "form"), [("vi", str), ("vi", stripped), ("en", str)])
def test_questions_and_texts_are_never_converted(language: str, form: Callable[[str], str]) -> None:
    data = json.loads(shared("data", f"xquad.{language}.json").read_text(encoding="utf-8"))["data"]
    parts = [part for article in data for part in article["paragraphs"]]
    texts = [part["context"] for part in parts] + [question["question"] for part in parts for question in part["qas"]]
    assert len(texts) > 1000 and [text for text in texts if recognise(form(text))] == []


def tokens(text: str) -> Counter[str]:
    """Words in one spelling of the tone marks, without what Word's fields leave in a transcript."""
    text = re.sub("[\x1f\u00ad]", "", re.sub(r"(?m)^[\s\-–]*(?:Trang\s+)?PAGE\b.*$|^\s*EMBED \S+\s*$", "", text))
    return Counter(re.findall(r"[^\W_]+", match_form(unicodedata.normalize("NFC", text)).lower()))


def run(command: list[str], coding: str) -> str:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode(coding)


def raw_text(path: Path) -> str:
    """The text of a legacy file before any conversion."""
    if path.suffix == ".doc":
        return run(["antiword", "-w", "0", "-m", "8859-1.txt", str(path)], "latin-1")
    if path.suffix == ".pdf":
        return run(["pdftotext", str(path), "-"], "utf-8")
    if path.suffix == ".docx":
        xml = zipfile.ZipFile(path).read("word/document.xml").decode("utf-8")
        return re.sub("<[^>]+>", "", re.sub("</w:p>|<w:tab/>|<w:br/>", "\n", xml))
    return path.read_bytes().decode("latin-1")


REAL: list[tuple[str, Encoding]] = [
    ("tcvn3_2003-02144qd.doc", "tcvn3"),
    ("tcvn3_2004-0328NDCP.doc", "tcvn3"),
    ("tcvn3_2005-1DCA4_3b.doc", "tcvn3"),
    ("tcvn3_2005-QD-256.doc", "tcvn3"),
    ("tcvn3_2006_QD115-2004-TTg.pdf", "tcvn3"),
    ("synthetic-vni-2004-0328NDCP.docx", "vni"),
]


@pytest.mark.parametrize(("name", "encoding"), REAL, ids=[name for name, _ in REAL])
def test_real_files_with_a_transcript(name: str, encoding: Encoding) -> None:
    raw = raw_text(shared("files", name))
    truth = tokens(shared("files", "transcripts", name.rsplit(".", 1)[0] + ".truth.txt").read_text(encoding="utf-8"))
    assert recognise(raw) == encoding
    found = tokens(convert(raw, encoding)) & truth
    marked = {word for word in truth if not word.isascii()}
    assert found.total() >= 0.995 * truth.total()
    assert sum(found[word] for word in marked) >= 0.998 * sum(truth[word] for word in marked)


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("vni_2006_quydinhkiemtra02.doc", "vni"),
        ("vni_2008_QD-991-UBND.doc", "vni"),
        ("derived_lso_seed_tcvn3.txt", "tcvn3"),
    ],
)
def test_real_files_without_a_transcript_become_syllables(name: str, encoding: Encoding) -> None:
    raw = raw_text(shared("files", name))
    assert recognise(raw) == encoding
    marked = [
        word for word in re.findall(r"[^\W\d_]+", convert(raw, encoding)) if not word.isascii() and not word.isupper()
    ]
    assert len(marked) > 300 and sum(map(is_syllable, marked)) >= 0.99 * len(marked)


@given(st.text() | st.text(alphabet="".join(map(chr, range(0x20, 0x100))) + "ưđ\u2212\u2219’"))
def test_no_text_raises(text: str) -> None:
    assert recognise(text) in (None, *ENCODINGS)
    for encoding in ENCODINGS:
        converted = convert(text, encoding)
        assert unicodedata.is_normalized("NFC", converted)


@given(
    st.text(alphabet="abcdeghiklmnopqrstuvxyzăâêôơưđáàảãạếềểễệốồổỗộíìỉĩịĂÂĐÊÔƠƯ ,.0123456789"),
    st.sampled_from(["tcvn3", "vni"]),
)
def test_the_way_there_and_back_loses_nothing(text: str, encoding: Encoding) -> None:
    assert convert(written(text, encoding), encoding) == unicodedata.normalize("NFC", text)
