"""Reports made for tests, about a province that does not exist."""

from __future__ import annotations

from corpus.record import CitedDocument, Meeting, Person, Record, Source


def report(title: str = "Tin", *paragraphs: str, **fields: object) -> Record:
    """A record with a title and paragraphs; `url`, `body`, `person`, `document` are short for facts."""
    url, body = fields.pop("url", None), fields.pop("body", None)
    person, document = fields.pop("person", None), fields.pop("document", None)
    if (paper := fields.pop("document_", None)) is not None:
        fields["document"] = paper
    kind, province = fields.pop("kind", None), fields.pop("province", None)
    given: dict[str, object] = {"title": title, "paragraphs": paragraphs, "body_paragraphs": len(paragraphs)}
    if url:
        given["source"] = Source(url=str(url))
    if body or kind or province:
        given["meeting"] = Meeting(
            body=str(body) if body else None,
            kind=str(kind) if kind else None,
            province=str(province) if province else None,
        )
    if person:
        given["people"] = (Person(name=str(person)),)
    if document:
        given["cited_documents"] = (CitedDocument(number=str(document), paragraphs=(0,)),)
    return Record(**(given | fields))  # type: ignore[arg-type]


def article(number: int, *, word: str = "trồng rừng", revision: int = 1) -> str:
    """The text of a report in the shape in which newspapers print them."""
    return (
        f"Hội nghị Ban Thường vụ Huyện ủy Nậm Rốm bàn việc số {number}\n\n"
        f"LKO-Ngày {number % 28 + 1}/5/2023, đồng chí Mùa A Sình, Bí thư Huyện ủy Nậm Rốm chủ trì hội nghị "
        f"Ban Thường vụ Huyện ủy về {word}, hồ sơ {7_000_000 + number}, lần sửa {revision}.\n\n"
        f"Các đại biểu thảo luận Nghị quyết số {number}-NQ/HU, ngày 3/2/2022 của Huyện ủy Nậm Rốm.\n\n"
        "LÒ THU\n"
    )
