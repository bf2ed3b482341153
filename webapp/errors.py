"""What is said when a page cannot be shown: whose fault it is, and the way on."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, Response, g, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from corpus.errors import QueryError
from corpus.store import Stored
from webapp import days
from webapp.language import N_
from webapp.language import gettext as _


class Gone(Exception):
    """A record that was taken out of the collection."""

    def __init__(self, stored: Stored) -> None:
        super().__init__(stored.id)
        self.stored = stored


@dataclass(frozen=True)
class Fault:
    """An error as the reader is told it; `code` is for programs."""

    code: str
    title: str
    text: str


FAULTS = {
    400: Fault("bad_request", N_("Chưa hiểu yêu cầu"), N_("Địa chỉ này có chỗ không đúng.")),
    404: Fault("not_found", N_("Không có trang này"), N_("Có thể liên kết bị chép thiếu chữ.")),
    405: Fault("method_not_allowed", N_("Trang này chỉ để xem"), N_("Không gửi được gì đến địa chỉ này.")),
    410: Fault("gone", N_("Bản tin này đã được gỡ"), N_("Bản tin sẽ không trở lại địa chỉ này.")),
    413: Fault("too_large", N_("Gửi quá nhiều"), N_("Kho không nhận chừng ấy dữ liệu.")),
    414: Fault("address_too_long", N_("Địa chỉ quá dài"), N_("Xin tìm bằng ít chữ hơn.")),
    429: Fault("too_many_requests", N_("Hỏi quá nhanh"), N_("Xin đợi một phút rồi thử lại.")),
    500: Fault(
        "internal_error",
        N_("Chưa mở được trang, lỗi của chúng tôi"),
        N_("Xin thử lại sau một phút. Những gì đã lưu trong kho không vì lỗi này mà mất."),
    ),
}


def install(app: Flask) -> None:
    """Makes `app` answer every error in the reader's language, under /api/ as JSON."""

    @app.errorhandler(QueryError)
    def malformed(error: QueryError) -> Response:
        return fault(400, str(error), code="bad_parameter")

    @app.errorhandler(Gone)
    def gone(error: Gone) -> Response:
        if wants_json():
            return fault(410)
        return make_response(render_template("gone.html", stored=error.stored, record=error.stored.record), 410)

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        response = fault(error.code or 500)
        kept = [(name, value) for name, value in error.get_headers() if name in ("Allow", "Retry-After")]
        response.headers.extend(kept)
        return response

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Response:
        mark = f"E-{secrets.token_hex(2).upper()}"
        app.logger.error("%s: %s %s", mark, request.method, request.path, exc_info=error)
        return fault(500, mark=mark)


def wants_json() -> bool:
    """Whether the asker is a program."""
    return request.path.startswith("/api/") or request.path == "/healthz"


def fault(status: int, text: str = "", *, code: str = "", mark: str = "") -> Response:
    """The answer for an error: a page, or JSON `{"error": {"code", "message"}}`."""
    g.faulty = status >= 500
    known = FAULTS.get(status, FAULTS[500 if status >= 500 else 400])
    if wants_json():
        message = text or f"{_(known.title)}. {_(known.text)}"
        error = {"code": code or known.code, "message": message}
        return make_response({"error": error}, status)
    page = render_template(
        "fault.html",
        title=_(known.title),
        text=text or _(known.text),
        status=status,
        mark=mark,
        now=datetime.now(days.VIETNAM).isoformat(),
    )
    return make_response(page, status)
