"""Barcodes: symbols that were read back, and their drawings in millimetres."""

from hardware.barcodes._drawing import LEAST_X_MM, OFFICE_X_MM, USUAL_HEIGHT_MM, size_mm, svg
from hardware.barcodes._symbols import (
    ALPHABET,
    LONGEST,
    QUIET_ZONE,
    Symbol,
    Symbology,
    code128,
    data_matrix,
    read_back,
)

__all__ = [
    "ALPHABET",
    "LEAST_X_MM",
    "LONGEST",
    "OFFICE_X_MM",
    "QUIET_ZONE",
    "USUAL_HEIGHT_MM",
    "Symbol",
    "Symbology",
    "code128",
    "data_matrix",
    "read_back",
    "size_mm",
    "svg",
]
