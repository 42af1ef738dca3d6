"""Sheets: every printed copy, by its form control number."""

from sqlalchemy import bindparam, select

from server.domain.errors import UnknownSheet
from server.domain.names import OrderNumber, Serial
from server.domain.paper import DocumentKind, Sheet
from server.store.asked import Asked
from server.store.codec import lines_from, lines_text
from server.store.schema import sheet
from server.store.session import Record, Statement, upsert

_SHEETS = select(*sheet.c)

SHEET = Statement(_SHEETS.where(sheet.c.serial == bindparam("serial")))
SHEETS = Statement(
    _SHEETS.where(sheet.c.order_number == bindparam("order")).order_by(sheet.c.serial.desc())
)
KEEP_SHEET = upsert(sheet)


class SheetsAsked(Asked):
    """What can be asked about paper."""

    def sheet(self, serial: Serial) -> Sheet:
        """Return a sheet; raise UnknownSheet."""
        record = self._session.first(SHEET, serial=serial)
        if record is None:
            raise UnknownSheet(serial)
        return _sheet_from(record)

    def sheets(self, order: OrderNumber) -> tuple[Sheet, ...]:
        """Return every sheet ever printed of an order, newest first."""
        return tuple(map(_sheet_from, self._session.all(SHEETS, order=order)))


class SheetsKept(SheetsAsked):
    """Paper within a unit of work."""

    def keep_sheet(self, sheet: Sheet) -> None:
        """Keep a new or changed sheet."""
        self._session.run(
            KEEP_SHEET,
            serial=sheet.serial,
            kind=sheet.kind.value,
            fingerprint=sheet.fingerprint,
            issued_at=sheet.issued_at,
            issued_by=sheet.issued_by,
            order_number=sheet.order,
            work_center=sheet.work_center,
            print_number=sheet.print_number,
            reason=sheet.reason,
            lines=lines_text(sheet.lines),
            superseded_at=sheet.superseded_at,
            superseded_why=sheet.superseded_why,
            replaced_by=sheet.replaced_by,
        )


def _sheet_from(record: Record) -> Sheet:
    serial, kind, *issued, lines, superseded_at, why, replaced_by = record
    said = (serial, DocumentKind(kind), *issued, lines_from(lines))
    return Sheet(*(*said, superseded_at, why, replaced_by))
