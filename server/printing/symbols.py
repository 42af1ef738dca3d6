"""Symbols as markup for the templates, each read back and none finer than paper stands."""

from markupsafe import Markup

from hardware.barcodes import OFFICE_X_MM, Symbol, size_mm, svg
from hardware.barcodes import code128 as code128_symbol
from hardware.barcodes import data_matrix as data_matrix_symbol
from hardware.errors import SymbolError
from server.domain import symbols
from server.domain.names import Serial
from server.printing.errors import SymbolRefused

MODULE_WIDTHS_MM = (OFFICE_X_MM, 0.42333, 0.339)
"""Whole dots of office printers, widest first: 6, 5 and 4 at 300 dpi, twice that at 600."""
LEAST_HEIGHT_MM = 10.0


def code128(
    payload: str, height_mm: float = LEAST_HEIGHT_MM, width_mm: float | None = None
) -> Markup:
    """Return a Code 128; where it may only be `width_mm` wide it gets narrower bars, or none.

    The widest module that fits is taken. When even the narrowest does not, or the payload cannot
    be encoded or read back, SymbolRefused is raised: paper that does not scan must not come out.
    """
    try:
        symbol = code128_symbol(payload)
    except SymbolError as error:
        raise SymbolRefused(str(error)) from error
    return _markup(symbol, _module_width(symbol, width_mm), max(height_mm, LEAST_HEIGHT_MM))


def data_matrix(payload: str) -> Markup:
    """Return a Data Matrix, its size given by what it says."""
    try:
        symbol = data_matrix_symbol(payload)
    except SymbolError as error:
        raise SymbolRefused(str(error)) from error
    return _markup(symbol, OFFICE_X_MM, LEAST_HEIGHT_MM)


def line_code(serial: str, line: int, height_mm: float = LEAST_HEIGHT_MM) -> Markup:
    """Return the ten-digit Code 128 of one line of a sheet."""
    try:
        payload = symbols.line_code(Serial(serial), line)
    except symbols.FieldRefused as error:
        raise SymbolRefused(str(error)) from error
    return code128(payload, height_mm)


def _module_width(symbol: Symbol, width_mm: float | None) -> float:
    for x_mm in MODULE_WIDTHS_MM:
        if width_mm is None or symbol.width * x_mm <= width_mm:
            return x_mm
    needed = symbol.width * MODULE_WIDTHS_MM[-1]
    raise SymbolRefused(
        f"the Code 128 of {symbol.payload!r} needs {needed:.1f} mm and has {width_mm:g} mm"
    )


def _markup(symbol: Symbol, x_mm: float, height_mm: float) -> Markup:
    width, height = size_mm(symbol, x_mm, height_mm)
    # An inline style with !important wins over every style sheet, a plant's own included: no
    # rule there can make the bars finer without anybody noticing.
    size = "".join(
        f"{bound}width:{width:.3f}mm!important;{bound}height:{height:.3f}mm!important;"
        for bound in ("", "min-", "max-")
    )
    drawing = svg(symbol, x_mm, height_mm).removeprefix("<svg ")
    # The drawing is our own and carries no text of the payload.
    return Markup(f'<svg class="symbol" style="{size}" {drawing}')  # noqa: S704
