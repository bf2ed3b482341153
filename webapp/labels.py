"""What the page calls the kinds of things that a record holds: tables of words, by their code."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.language import N_


@dataclass(frozen=True)
class Sign:
    """The word for how firm something is, and the class that draws its circle."""

    label: str
    shape: str


SIGNS = {
    "cho ý kiến": Sign(N_("Cho ý kiến"), ""),
    "thống nhất": Sign(N_("Thống nhất"), "agree"),
    "thông qua": Sign(N_("Thông qua"), "pass"),
    "quyết định": Sign(N_("Quyết định"), "pass"),
    "kết luận": Sign(N_("Kết luận"), "close"),
    "giao việc": Sign(N_("Giao việc"), "task"),
}
TASKS = "giao việc"

GENRES = {
    "news_report": N_("Tin về hội nghị"),
    "minutes": N_("Biên bản"),
    "conclusion_notice": N_("Thông báo kết luận"),
    "resolution": N_("Nghị quyết"),
    "decision": N_("Quyết định"),
    "proposal": N_("Tờ trình"),
    "other": N_("Bài khác"),
}

PARTS = {
    "chair": N_("chủ trì"),
    "secretary": N_("thư ký"),
    "attended": N_("dự"),
    "spoke": N_("phát biểu"),
    "presented": N_("trình bày"),
    "signed": N_("ký"),
    "mentioned": N_("được nhắc"),
}

STATUSES = {
    "draft": N_("dự thảo"),
    "proposal": N_("đề nghị"),
    "law": N_("luật"),
    "other": N_("văn bản khác"),
}

# how a query was read, before the words that it was read as
NOTES = {
    "telex": N_("Hiểu theo kiểu gõ Telex là"),
    "vni": N_("Hiểu theo kiểu gõ VNI là"),
    "viqr": N_("Hiểu theo kiểu gõ VIQR là"),
    "legacy": N_("Hiểu theo bảng mã cũ là"),
    "restored": N_("Thêm dấu, hiểu là"),
    "corrected": N_("Sửa chữ gõ nhầm, hiểu là"),
}

HINTS = {
    "too_long": N_("Câu tìm quá dài: chỉ phần đầu được dùng."),
    "too_many_terms": N_("Quá nhiều chữ: chỉ những chữ đầu được dùng."),
    "too_deep": N_("Ngoặc lồng quá sâu: phần trong cùng bị bỏ."),
    "bad_date": N_("Câu tìm có ngày không có thật: điều kiện ấy bị bỏ."),
    "no_such_value": N_("Câu tìm lọc theo một giá trị không có trong kho."),
    "unknown_words": N_("Có chữ mà không bài nào trong kho viết."),
    "no_such_number": N_("Không bài nào trong kho nhắc số văn bản này."),
    "no_such_phrase": N_("Không bài nào có đúng cụm trong ngoặc kép; các chữ được tìm rời."),
    "too_many_expansions": N_("Quá nhiều chữ bắt đầu như vậy: chỉ 200 chữ đầu được dùng."),
    "not_all_words": N_("Không bài nào có đủ mọi chữ; đây là những bài có gần đủ."),
}

# what a careful reader should know before trusting a record, by the code of the warning
WARNINGS = {
    "no_year": N_("Ngày họp trong bài không ghi năm; máy không đoán năm."),
    "empty_form": N_("Nhiều dòng chấm: có lẽ là mẫu chưa điền."),
    "no_title": N_("Nguồn không in tiêu đề; câu đầu thay cho tiêu đề."),
    "no_chair": N_("Biên bản không nêu ai chủ trì."),
    "items_announced": N_("Bài báo trước số nội dung; có thể không nêu tên đủ."),
}

MEDIA = {
    "text/html": N_("bản HTML"),
    "text/plain": N_("bản chữ"),
    "text/markdown": N_("bản chữ"),
    "application/json": N_("bản JSON"),
    "application/pdf": N_("bản PDF"),
}


@dataclass(frozen=True)
class FacetLabel:
    """The heading of a facet, and the words that open what is not shown at first."""

    title: str
    more: str


FACETS = {
    "year": FacetLabel(N_("Năm họp"), N_("Thêm %(n)s năm")),
    "body": FacetLabel(N_("Cơ quan"), N_("Thêm %(n)s cơ quan")),
    "person": FacetLabel(N_("Người"), N_("Thêm %(n)s người")),
    "document": FacetLabel(N_("Văn bản"), N_("Thêm %(n)s văn bản")),
    "kind": FacetLabel(N_("Loại cuộc họp"), N_("Thêm %(n)s loại")),
    "outlet": FacetLabel(N_("Báo"), N_("Thêm %(n)s báo")),
    "province": FacetLabel(N_("Tỉnh"), N_("Thêm %(n)s tỉnh")),
}

SORTS = {"relevance": N_("Sát nhất"), "newest": N_("Mới nhất"), "oldest": N_("Cũ nhất")}
THEMES = {"auto": N_("Theo máy"), "light": N_("Sáng"), "dark": N_("Tối")}
