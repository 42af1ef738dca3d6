"""Refusals become answers here, and nowhere else: a status, a code, its details, and words."""

import logging
from collections.abc import Mapping
from typing import Any

from flask import Flask, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, ServiceUnavailable

from server.domain.errors import Refusal
from server.services.ports import LARGEST_FILE, StoreAway
from server.web import words
from server.web.expectations import sentence
from server.web.security import MEGABYTE

logger = logging.getLogger(__name__)

STATUS = {
    "enrolment-failed": 403,
    "invalid": 422,
    "not-allowed": 403,
    "not-signed-in": 401,
    "page-expired": 403,
    "set-up-failed": 403,
    "sign-in-failed": 403,
    "too-many-attempts": 429,
}
"""The status of a refusal; what is unknown answers 404, and everything else 409."""

SERVER_ERROR = 500
HTTP_CODES = {
    400: "bad-request",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    503: "store-away",
}


class NotSignedIn(Refusal):
    """The desk wants to know who is there."""

    code = "not-signed-in"


class PageExpired(Refusal):
    """The page or form does not carry the token of this session."""

    code = "page-expired"


class UnknownJob(Refusal):
    """There is no print job of that number, or it is not ready."""

    code = "unknown-job"

    def __init__(self, job: int) -> None:
        super().__init__(job=job)


def install(app: Flask) -> None:
    """Answer every refusal and error of an app in the one shape."""
    app.register_error_handler(Refusal, answer)
    app.register_error_handler(CSRFError, lambda _: answer(PageExpired()))
    app.register_error_handler(StoreAway, _store_away)
    app.register_error_handler(HTTPException, _http_error)


def status_of(code: str) -> int:
    """Return the HTTP status of a refusal."""
    unknown = code.startswith("unknown-") and code != "unknown-code"
    return STATUS.get(code, 404 if unknown else 409)


def told(code: str, details: Mapping[str, Any]) -> dict[str, Any]:
    """Return a refusal as every answer carries it."""
    return {"code": code, "details": details, "text": text_of(code, details)}


def text_of(code: str, details: Mapping[str, Any]) -> str:
    """Return the words for a refusal, in the reader's language."""
    readable = {name: _readable(name, value) for name, value in details.items()}
    return str(words.REFUSALS[code]) % readable


def answer(refusal: Refusal) -> ResponseReturnValue:
    """Return a refusal as JSON, as a page, or as the way to the sign-in."""
    logger.info("refused code=%s path=%s", refusal.code, request.path)
    if wants_page() and refusal.code == NotSignedIn.code:
        return redirect(url_for("sign_in.page", next=request.path))
    return _said(refusal.code, refusal.details, status_of(refusal.code))


def wants_page() -> bool:
    """Tell whether a person looks at the answer, not a script."""
    if request.is_json or "/api/" in request.path:
        return False
    return request.accept_mimetypes.accept_html


def _http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or SERVER_ERROR
    code = HTTP_CODES.get(status, "bad-request" if status < SERVER_ERROR else "failed")
    details = {"megabytes": LARGEST_FILE // MEGABYTE} if code == "too-large" else {}
    return _said(code, details, status)


def _store_away(away: StoreAway) -> ResponseReturnValue:
    logger.error("store away path=%s why=%s", request.path, away)
    return _http_error(ServiceUnavailable())


def _said(code: str, details: Mapping[str, Any], status: int) -> ResponseReturnValue:
    if not wants_page():
        return jsonify(told(code, details)), status
    title = words.TITLES.get(status, words.OTHER_TITLE)
    page = {**told(code, details), "status": status, "title": str(title)}
    return render_template("error.html", page=page), status


def _readable(name: str, value: object) -> str:
    match name, value:
        case "errors", list():
            return " ".join(sentence(error) for error in value)
        case "failed", list():
            return ", ".join(str(words.CHECKS.get(check, check)) for check in value)
        case "state", str():
            return str(words.STATES.get(value, value))
        case _:
            return str(value)
