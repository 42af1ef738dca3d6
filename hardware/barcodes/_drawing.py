"""Symbols as scalable drawings in millimetres."""

from collections.abc import Iterator
from itertools import groupby

from hardware.barcodes._symbols import Symbol
from hardware.errors import SymbolTooNarrow

OFFICE_X_MM = 0.508
"""The module width for office paper: 6 dots at 300 dpi, 12 at 600."""

LEAST_X_MM = 0.339
"""The narrowest module that we let out: 4 dots at 300 dpi, 8 at 600."""

USUAL_HEIGHT_MM = 10.0
_LEAST_HEIGHT_MM = 5.0
_LEAST_HEIGHT_SHARE = 0.15


def size_mm(
    symbol: Symbol, x_mm: float = OFFICE_X_MM, height_mm: float = USUAL_HEIGHT_MM
) -> tuple[float, float]:
    """Return the width and height that the drawing will have, quiet zones included.

    Bars are raised to 5 mm or 15 % of their width where less is wanted, for lower ones need a
    steady hand. A matrix is square, whatever height is wanted. A module under 0.339 mm raises
    SymbolTooNarrow.
    """
    # Four dots at 300 dpi are 0.33867 mm, and a number that is not one must not pass either.
    if not round(x_mm, 3) >= LEAST_X_MM:
        raise SymbolTooNarrow(x_mm, LEAST_X_MM)
    width = symbol.width * x_mm
    if not symbol.is_linear:
        return width, width
    bars = width - 2 * symbol.quiet_zone * x_mm
    return width, max(height_mm, _LEAST_HEIGHT_MM, _LEAST_HEIGHT_SHARE * bars)


def svg(symbol: Symbol, x_mm: float = OFFICE_X_MM, height_mm: float = USUAL_HEIGHT_MM) -> str:
    """Return the symbol with its quiet zone as an SVG of one path, of the size of `size_mm`."""
    width, height = size_mm(symbol, x_mm, height_mm)
    margin = symbol.quiet_zone
    # The bars of a linear symbol run to its upper and lower edge: a margin there would cost height.
    top, rows = (0, 1) if symbol.is_linear else (-margin, symbol.width)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.3f}mm" height="{height:.3f}mm" '
        f'viewBox="{-margin} {top} {symbol.width} {rows}" preserveAspectRatio="none" '
        f'shape-rendering="crispEdges"><path fill="#000" d="{_path(symbol)}"/></svg>'
    )


def _path(symbol: Symbol) -> str:
    return "".join(
        f"M{x} {y}h{length}v1h-{length}z"
        for y, row in enumerate(symbol.modules)
        for x, length in _bars(row)
    )


def _bars(row: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    """Yield where each run of dark modules begins and how long it is."""
    x = 0
    for is_dark, run in groupby(row):
        length = len(list(run))
        if is_dark:
            yield x, length
        x += length
