"""Formulas of a sheet that were saved without a value: no spreadsheet ever calculated them.

openpyxl reads them as empty cells, like those whose value is the empty text.
"""

import io
import re
import zipfile
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse
from openpyxl.utils.cell import coordinate_to_tuple

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_BLOCK = 1 << 20
_TAG_LENGTH = 64

Place = tuple[int, int]
"""Row and column, both from 1."""


def uncalculated(content: bytes, sheet: str) -> frozenset[Place]:
    """Return the places of formulas without a value on one sheet of an XLSX file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if not _has_formulas(archive, sheet):
            return frozenset()
        with archive.open(sheet) as source:
            places: list[Place] = []
            row = 0
            for _, element in iterparse(source):
                if element.tag == f"{_MAIN}row":
                    row = int(float(element.get("r", row + 1)))
                    places.extend(_without_value(element, row))
                    element.clear()
            return frozenset(places)


def _has_formulas(archive: zipfile.ZipFile, sheet: str) -> bool:
    """Look for a formula without parsing: most files have none, and parsing takes seconds."""
    with archive.open(sheet) as source:
        before = b""
        while block := source.read(_BLOCK):
            if _FORMULA.search(before + block):
                return True
            before = block[-_TAG_LENGTH:]
    return False


def _without_value(row: Element, number: int) -> list[Place]:
    places = []
    column = 0
    for cell in row:
        place = cell.get("r")
        column = coordinate_to_tuple(place)[1] if place else column + 1
        if cell.find(f"{_MAIN}f") is not None and not _has_value(cell):
            places.append((number, column))
    return places


def _has_value(cell: Element) -> bool:
    """Tell whether a value was saved; for a text, and for a text only, it may be empty."""
    value = cell.find(f"{_MAIN}v")
    return value is not None and (bool(value.text) or cell.get("t") == "str")
