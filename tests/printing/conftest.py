"""Fixtures of the tests of paper."""

from collections.abc import Callable

import pypdfium2
import pytest


@pytest.fixture
def page_size() -> Callable[[bytes], tuple[float, float]]:
    """Return how to measure the first page of a PDF in millimetres."""

    def measured(pdf: bytes) -> tuple[float, float]:
        with pypdfium2.PdfDocument(pdf) as document:
            width, height = document[0].get_size()
        return width / 72 * 25.4, height / 72 * 25.4

    return measured
