"""Drawings of symbols have the measures that scanners need."""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pytest
import zxingcpp
from defusedxml.ElementTree import fromstring

from hardware.barcodes import (
    LEAST_X_MM,
    OFFICE_X_MM,
    Symbol,
    code128,
    data_matrix,
    size_mm,
    svg,
)
from hardware.errors import SymbolTooNarrow

DIGITS = code128("0000123017")
SQUARE = data_matrix("[)>\x1e06\x1dW100245\x1d10W0000123\x1dQ10\x1e\x04")
EVERY = pytest.mark.parametrize("symbol", [DIGITS, SQUARE], ids=["linear", "matrix"])


@dataclass(frozen=True)
class Drawing:
    """What an SVG of ours shows: its paper size, and one pixel for each module."""

    width_mm: float
    height_mm: float
    ink: npt.NDArray[np.bool_]


def drawn(text: str) -> Drawing:
    """Return what a renderer would make of the SVG."""
    root = fromstring(text)
    (path,) = root
    left, top, width, height = map(int, root.attrib["viewBox"].split())
    ink = np.zeros((height, width), dtype=np.bool_)
    for found in re.finditer(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", path.attrib["d"]):
        x, y, there, back = map(int, found.groups())
        assert there == back
        ink[y - top, x - left : x - left + there] = True
    across, down = (float(root.attrib[side].removesuffix("mm")) for side in ("width", "height"))
    return Drawing(across, down, ink)


def margin(ink: npt.NDArray[np.bool_]) -> int:
    """Return how many columns or rows of a picture's edge are blank, at both ends."""
    used = np.flatnonzero(ink.any(axis=0))
    return int(min(used[0], ink.shape[1] - 1 - used[-1]))


@EVERY
def test_a_drawing_reads_as_the_payload(symbol: Symbol) -> None:
    ink = drawn(svg(symbol)).ink.repeat(20 if symbol.is_linear else 1, axis=0)
    picture = np.where(ink, 0, 255).astype(np.uint8).repeat(3, axis=0).repeat(3, axis=1)

    assert [code.bytes.decode() for code in zxingcpp.read_barcodes(picture)] == [symbol.payload]


def test_code_128_has_a_quiet_zone_of_ten_modules_on_both_sides() -> None:
    assert margin(drawn(svg(DIGITS)).ink) == 10


def test_data_matrix_has_a_quiet_zone_of_two_modules_all_around() -> None:
    ink = drawn(svg(SQUARE)).ink

    assert (margin(ink), margin(ink.T)) == (2, 2)


@EVERY
@pytest.mark.parametrize("x_mm", [LEAST_X_MM, OFFICE_X_MM, 0.75])
def test_a_module_is_as_wide_as_asked(symbol: Symbol, x_mm: float) -> None:
    drawing = drawn(svg(symbol, x_mm))

    assert drawing.width_mm / drawing.ink.shape[1] == pytest.approx(x_mm, abs=1e-4)


def test_a_matrix_stays_square_whatever_height_is_wanted() -> None:
    drawing = drawn(svg(SQUARE, height_mm=3))

    assert drawing.width_mm == drawing.height_mm
    assert drawing.ink.shape[0] == drawing.ink.shape[1]


def test_ten_digits_fit_the_56_mm_of_a_traveler_line() -> None:
    assert size_mm(DIGITS, OFFICE_X_MM, 9) == pytest.approx((55.88, 9))


def test_bars_are_raised_to_fifteen_percent_of_their_width() -> None:
    wide = code128("10S" + "LATHE-2" * 5)
    bars_mm = (wide.width - 20) * OFFICE_X_MM

    assert drawn(svg(wide, height_mm=10)).height_mm == pytest.approx(0.15 * bars_mm, abs=1e-3)


def test_bars_are_never_lower_than_five_millimetres() -> None:
    assert size_mm(code128("1"), OFFICE_X_MM, 2)[1] == 5


@pytest.mark.parametrize("x_mm", [0.338, 0.254, 0.0, -1.0, float("nan")])
def test_too_narrow_a_module_is_refused(x_mm: float) -> None:
    with pytest.raises(SymbolTooNarrow) as refused:
        svg(DIGITS, x_mm)

    assert refused.value.least_mm == LEAST_X_MM


def test_four_whole_dots_of_a_300_dpi_printer_are_wide_enough() -> None:
    assert "svg" in svg(DIGITS, 4 * 25.4 / 300)


def test_the_drawing_follows_no_style_sheet() -> None:
    assert 'fill="#000"' in svg(DIGITS)
