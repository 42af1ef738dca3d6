"""Logs: events stay constant, values are fields, and nothing that is logged forges a line."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server import log


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Give the root logger back what it had."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def lines_of(style: str) -> tuple[io.StringIO, logging.Logger]:
    """Return where a style is written to, and a logger that writes there."""
    stream = io.StringIO()
    log.configure("json" if style == "json" else "text", stream)
    return stream, logging.getLogger("server.test")


def test_machines_get_the_event_and_its_fields() -> None:
    stream, logger = lines_of("json")

    logger.info("paper printed order=%s copies=%d", "WO1", 2)

    line = json.loads(stream.getvalue())
    assert (line["event"], line["order"], line["copies"]) == ("paper printed", "WO1", 2)
    assert (line["level"], line["logger"]) == ("info", "server.test")
    assert line["at"].endswith("+00:00")


def test_people_get_one_line_with_the_same() -> None:
    stream, logger = lines_of("text")

    logger.warning("paper printed order=%s copies=%d", "WO1", 2)

    assert stream.getvalue().endswith("Z WARNING paper printed order=WO1 copies=2\n")


def test_values_of_any_kind_can_be_logged() -> None:
    stream, logger = lines_of("json")

    logger.info("kept path=%s why=%r", object, None)

    assert json.loads(stream.getvalue())["path"] == "<class 'object'>"


def test_what_others_log_is_an_event_without_fields() -> None:
    stream, logger = lines_of("json")

    logger.info("done in %.1f s", 2.0)

    assert json.loads(stream.getvalue())["event"] == "done in 2.0 s"


def test_a_field_cannot_pretend_to_be_the_event() -> None:
    stream, logger = lines_of("json")

    logger.info("taken event=%s level=%s", "forged", "critical")

    line = json.loads(stream.getvalue())
    assert (line["event"], line["level"]) == ("taken", "info")


@pytest.mark.parametrize("style", ["text", "json"])
def test_a_traceback_comes_with_its_event(style: str) -> None:
    stream, logger = lines_of(style)

    try:
        int("inside")
    except ValueError:
        logger.exception("it broke job=%d", 7)

    assert "ValueError: invalid literal" in stream.getvalue()
    assert "it broke" in stream.getvalue()


def test_what_libraries_chat_about_is_left_out() -> None:
    stream, _ = lines_of("text")

    for name in log.LOUD:
        logging.getLogger(name).info("hello")

    assert stream.getvalue() == ""


@given(value=st.text(max_size=40))
@pytest.mark.parametrize("style", ["text", "json"])
def test_no_value_can_begin_a_line_of_its_own(style: str, value: str) -> None:
    stream, logger = lines_of(style)

    logger.info("scan taken text=%s", value)

    assert len(stream.getvalue().splitlines()) == 1
