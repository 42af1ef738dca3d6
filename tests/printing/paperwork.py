"""What the tests of paper print, and how they read it back from the finished pages."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import zxingcpp

from server.domain.documents import Imprint
from server.domain.names import (
    BadgeNumber,
    OperationId,
    OrderNumber,
    Serial,
    StationName,
    WorkCenterName,
)
from server.domain.operations import RoutingStep
from server.domain.orders import Plan, WorkOrder
from server.domain.paper import DocumentKind, Sheet, SheetLine, traveler_lines
from server.domain.plant import Operator, Station, WorkCenter
from server.domain.rows import DispatchList, row_of

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TEMPLATES = Path(__file__).parents[2] / "templates" / "paper"
IMPRINT = Imprint("Northfield Works", "Europe/Berlin", NOON, "anna")
LETTER = Imprint("Northfield Works", "America/Chicago", NOON, "anna", "letter")
LATHE = WorkCenter(WorkCenterName("LATHE-2"), "CNC lathe, long bed", "Machining")
DOTS = 300
"""What an ordinary office printer prints to the inch."""

_DESCRIPTIONS = (
    "Saw to 182 mm, 2 bars per clamp",
    "Größe prüfen, Öl auftragen",
    "Проверить размеры по чертежу",
    "Grind to size with the new wheel. " * 4,
)


def order_of(operations: int, number: str = "WO100245", **changes: Any) -> WorkOrder:
    """Return a released order of so many operations."""
    routing = tuple(
        RoutingStep(
            10 * n,
            LATHE.name if n % 2 else WorkCenterName("MILL-3"),
            _DESCRIPTIONS[n % len(_DESCRIPTIONS)],
            setup_minutes=15.0 * n,
            run_minutes=2.25,
        )
        for n in range(1, operations + 1)
    )
    plan: dict[str, Any] = {
        "number": OrderNumber(number),
        "part": "SHAFT-4711",
        "revision": "C",
        "description": "Drive shaft, hardened",
        "quantity": 250,
        "due": date(2026, 12, 1),
        "planned_release": date(2026, 11, 20),
        "hot": True,
        "routing": routing,
    }
    return WorkOrder.planned(Plan(**plan | changes)).released(NOON)


def sheet_of(order: WorkOrder, serial: str = "0000123", print_number: int = 1) -> Sheet:
    """Return the sheet of an order's traveler."""
    return Sheet(
        Serial(serial),
        DocumentKind.TRAVELER,
        "fingerprint",
        NOON,
        "anna",
        order=order.number,
        print_number=print_number,
        lines=traveler_lines(order),
    )


def list_of(orders: Iterable[WorkOrder]) -> DispatchList:
    """Return a dispatch list of the first operations of some orders."""
    rows = tuple(row_of(order, order.operations[0]) for order in orders)
    return DispatchList(LATHE.name, version=37, feed=80, rows=rows)


def list_sheet(operations: Iterable[OperationId]) -> Sheet:
    """Return the sheet of a printed dispatch list."""
    lines = tuple(SheetLine(n, *operation) for n, operation in enumerate(operations, start=1))
    return Sheet(
        Serial("9900777"),
        DocumentKind.DISPATCH_LIST,
        "version 37",
        NOON,
        "anna",
        work_center=LATHE.name,
        lines=lines,
    )


def operator(badge: str, name: str, *, contractor: bool = False) -> Operator:
    """Return a person with a badge."""
    return Operator(BadgeNumber(badge), name, contractor)


def station(name: str) -> Station:
    """Return a station of the lathe."""
    return Station(StationName(name), LATHE.name)


def pages(pdf: bytes) -> list[Counter[str]]:
    """Return what a scanner reads on each page, printed with 300 dots to the inch, no greys."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_read(page) for page in document]


def words(pdf: bytes) -> list[str]:
    """Return the text of each page, in one line."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def symbols(pdf: bytes) -> list[zxingcpp.Barcode]:
    """Return every symbol of the first page, with its place in dots."""
    with pypdfium2.PdfDocument(pdf) as document:
        return _symbols(document[0])


def _read(page: pypdfium2.PdfPage) -> Counter[str]:
    return Counter(symbol.text for symbol in _symbols(page))


def _symbols(page: pypdfium2.PdfPage) -> list[zxingcpp.Barcode]:
    grey = np.squeeze(page.render(scale=DOTS / 72, grayscale=True).to_numpy())
    ink = np.where(grey < 128, 0, 255)
    return zxingcpp.read_barcodes(
        ink.astype(np.uint8),
        formats=zxingcpp.BarcodeFormats(
            [zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.DataMatrix]
        ),
        text_mode=zxingcpp.TextMode.Plain,
        try_rotate=False,
        try_invert=False,
    )
