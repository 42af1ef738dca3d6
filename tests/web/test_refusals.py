"""The one shape of every refusal: `{code, details, text}`, with a status and words."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from server.domain.errors import Refusal
from server.web import desk_api, sign_in, sockets_desk, station_host
from server.web.expectations import EXPECTED, expected_words, sentence
from server.web.refusals import HTTP_CODES, status_of, text_of, told, wants_page
from server.web.words import REFUSALS
from tests.web.visiting import Browser, Site

MODULES = (desk_api, sign_in, sockets_desk, station_host)
"""Importing them brings in every refusal of the web."""
EDGE_CODES = {*HTTP_CODES.values(), "failed"}
"""What is no refusal of a rule: a wrong address, a request too large, a bug."""


def refusals(kind: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Return every class of refusal there is."""
    yield kind
    for below in kind.__subclasses__():
        yield from refusals(below)


CODES = sorted({kind.code for kind in refusals()} | EDGE_CODES)


def test_every_code_belongs_to_one_refusal() -> None:
    codes = [kind.code for kind in refusals() if "code" in kind.__dict__]

    assert len(codes) == len(set(codes))


def test_every_code_has_words_and_no_words_are_left_over() -> None:
    assert sorted(REFUSALS) == CODES


@pytest.mark.parametrize("code", CODES)
def test_words_name_only_details_that_the_refusal_has(code: str) -> None:
    named = set(re.findall(r"%\((\w+)\)s", str(REFUSALS[code])))
    given = {
        name
        for kind in refusals()
        if kind.code == code and "__init__" in kind.__dict__
        for name in _details_of(kind)
    }

    assert named <= (given | {"megabytes"} if code == "too-large" else given)


def _details_of(kind: type[Refusal]) -> set[str]:
    """Return the names that a refusal gives its details."""
    body = inspect.getsource(kind).partition("super().__init__(")[2]
    return set(re.findall(r"(\w+)=", body))


@pytest.mark.parametrize("code", CODES)
def test_words_say_what_is_wrong_in_a_whole_sentence(code: str) -> None:
    text = str(REFUSALS[code])

    assert text[0].isupper() or text.startswith("%(")
    assert text.endswith((".", ": %(errors)s"))
    assert not re.search(r"Error|Exception|Invalid", text)


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_status(code: str) -> None:
    assert status_of(code) in {401, 403, 404, 409, 422, 429}


def test_the_desk_is_told_codes_and_words(desk: Browser) -> None:
    answer = desk.post("/desk/api/free", {"order": "NOPE"})

    assert answer.status_code == 404
    assert answer.get_json() == {
        "code": "unknown-order",
        "details": {"order": "NOPE"},
        "text": "There is no order NOPE.",
    }


def test_all_errors_of_a_message_come_at_once(desk: Browser) -> None:
    answer = desk.post("/desk/api/hold", {"order": "", "extra": 1})

    assert answer.status_code == 422
    assert answer.get_json() == {
        "code": "invalid",
        "details": {
            "errors": [
                {"field": "order", "value": "", "expected": "at-least-letters:1"},
                {"field": "why", "value": "", "expected": "required"},
                {"field": "extra", "value": "1", "expected": "no-such-field"},
            ]
        },
        "text": (
            "Something is not filled in as it should be: order: at least 1 characters. "
            "why: a value. extra “1”: no such field."
        ),
    }


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"text"', b"\xff\xfe", b"[" * 5000])
def test_what_is_no_message_is_refused_as_one_that_is_wrong(desk: Browser, body: bytes) -> None:
    headers = {"X-CSRFToken": desk.token, "Content-Type": "application/json"}

    answer = desk.client.post("/desk/api/release", data=body, headers=headers)

    assert answer.status_code == 422
    assert answer.get_json()["code"] == "invalid"


def test_a_page_that_is_not_there_is_a_page_too(desk: Browser) -> None:
    answer = desk.get("/desk/nowhere")

    assert answer.status_code == 404
    assert "Not found" in answer.text
    assert "There is nothing at this address." in answer.text


def test_a_script_gets_the_same_shape_for_a_wrong_address(desk: Browser) -> None:
    answer = desk.get("/desk/nowhere", "application/json")

    assert answer.status_code == 404
    assert set(answer.get_json()) == {"code", "details", "text"}


def test_a_wrong_method_is_told_in_the_same_shape(desk: Browser) -> None:
    answer = desk.post("/desk/api/lists", {})

    assert answer.status_code == 405
    assert answer.get_json()["code"] == "method-not-allowed"


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_bug_shows_no_traceback(site: Site, desk: Browser, accept: str) -> None:
    site.server.app.testing = False
    site.server.app.add_url_rule("/desk/broken", view_func=_broken)

    answer = desk.get("/desk/broken", accept)

    assert answer.status_code == 500
    assert "secret inside" not in answer.text
    assert "Traceback" not in answer.text
    assert "Call the office" in answer.text


def _broken() -> str:
    raise RuntimeError("secret inside")


def test_a_refusal_is_shown_as_text_and_never_as_markup(desk: Browser) -> None:
    answer = desk.get("/desk/orders/<script>alert(1)</script>")

    assert answer.status_code == 404
    assert "<script>alert(1)" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_release_checks_and_states_are_named_in_words() -> None:
    failed = text_of("release-checks-failed", {"order": "WO1", "failed": ["lead-time", "hold"]})
    state = text_of("already-released", {"order": "WO1", "state": "running"})

    assert failed == "Order WO1 does not pass its checks: lead time, hold."
    assert state == "Order WO1 does not wait for release: it is running."


def test_told_keeps_the_details_as_they_are() -> None:
    details = {"order": "WO1", "state": "running"}

    assert told("already-released", details)["details"] is details


def test_a_percent_sign_in_what_was_scanned_does_no_harm() -> None:
    assert text_of("unknown-code", {"text": "100%s", "reason": "not-ours"}).startswith("100%s")


@pytest.mark.parametrize("code", EXPECTED)
def test_every_expectation_can_be_said(code: str) -> None:
    words = expected_words(f"{code}:7")

    assert words
    assert "%(" not in words


def test_an_expectation_without_words_is_shown_as_it_came() -> None:
    assert expected_words("something-new:3") == "something-new:3"
    assert sentence({"field": "", "value": "", "expected": "list"}) == "a list."


def test_every_expectation_that_the_code_names_has_words() -> None:
    sources = Path("server").rglob("*.py")
    named = {
        code
        for source in sources
        for code in re.findall(r'"expected": f?"([a-z-]+)', source.read_text(encoding="utf-8"))
    }

    assert named
    assert named <= set(EXPECTED)


@pytest.mark.parametrize(
    ("path", "accept", "is_page"),
    [
        ("/desk/", "text/html,*/*", True),
        ("/desk/", "application/json", False),
        ("/desk/api/lists", "text/html", False),
    ],
)
def test_a_person_gets_a_page_and_a_script_json(path: str, accept: str, *, is_page: bool) -> None:
    with Flask(__name__).test_request_context(path, headers={"Accept": accept}):
        assert wants_page() is is_page
