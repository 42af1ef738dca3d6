"""The plant as an SQLite file for its analyst: opens in Datasette and in any SQLite tool."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from server.domain.events import OrderPlanned
from server.domain.names import OrderNumber, WorkCenterName
from server.domain.rows import DispatchList
from server.exchange import export_schema as schema
from server.exchange.export_records import (
    Record,
    entry_record,
    moment,
    operation_record,
    order_record,
    place_record,
    strange_work_center_record,
    work_center_record,
)
from server.services.ports import Inquiries

_PAGE = 1_000
"""Journal entries that are held in memory at a time."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an exported file contains."""

    revision: int
    orders: int
    operations: int
    entries: int


def export_plant(
    inquiries: Inquiries, path: Path, at: datetime, *, replace: bool = False
) -> Exported:
    """Write the orders, operations, dispatch lists and journal of a plant to an SQLite file.

    The file appears complete or not at all. Raise FileExistsError when there is one already,
    unless it is to be replaced.
    """
    if path.exists() and not replace:
        raise FileExistsError(path)
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.unlink(missing_ok=True)
    try:
        exported = _write(inquiries, unfinished, at)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return exported


def _write(inquiries: Inquiries, path: Path, at: datetime) -> Exported:
    database = Database(path)
    try:
        with database.atomic():
            schema.create_tables(database)
            exporting = _Exporting(inquiries, database)
            exporting.write(at)
        schema.finish_tables(database)
        return exporting.summary()
    finally:
        database.close()


class _Exporting:
    """One export on its way: the journal tells which orders there are, the rest follows."""

    def __init__(self, inquiries: Inquiries, database: Database) -> None:
        self._inquiries = inquiries
        self._database = database
        # A dictionary keeps the orders in the sequence in which they came to the plant.
        self._orders = dict[OrderNumber, None]()
        self._named = dict[WorkCenterName, None]()

    def write(self, at: datetime) -> None:
        """Write every table."""
        lists = self._lists()
        self._insert(schema.PLANT, self._plant(at))
        self._insert(schema.JOURNAL, self._journal())
        self._insert(schema.ORDERS, self._order_records())
        self._insert(schema.OPERATIONS, self._operations())
        self._insert(schema.WORK_CENTERS, self._work_centers(lists))
        self._insert(schema.DISPATCH_LISTS, _places(lists))

    def summary(self) -> Exported:
        """Return what was written."""
        table = self._database.table
        return Exported(
            self._inquiries.revision(),
            table(schema.ORDERS.name).count,
            table(schema.OPERATIONS.name).count,
            table(schema.JOURNAL.name).count,
        )

    def _insert(self, table: schema.ExportTable, records: Iterator[Record]) -> None:
        self._database.table(table.name).insert_all(records)

    def _lists(self) -> list[DispatchList]:
        centers = self._inquiries.work_centers()
        return [self._inquiries.dispatch_list(center.name) for center in centers]

    def _plant(self, at: datetime) -> Iterator[Record]:
        yield {"name": "exported_at", "value": moment(at)}
        yield {"name": "revision", "value": str(self._inquiries.revision())}

    def _journal(self) -> Iterator[Record]:
        rev = 0
        while entries := self._inquiries.entries(rev, _PAGE):
            for entry in entries:
                if isinstance(entry.event, OrderPlanned):
                    self._orders[entry.event.plan.number] = None
                yield entry_record(entry, self._orders)
            rev = entries[-1].rev

    def _order_records(self) -> Iterator[Record]:
        for number in self._orders:
            yield order_record(self._inquiries.order(number))

    def _operations(self) -> Iterator[Record]:
        for number in self._orders:
            for operation in self._inquiries.order(number).operations:
                self._named[operation.work_center] = None
                yield operation_record(operation)

    def _work_centers(self, lists: list[DispatchList]) -> Iterator[Record]:
        versions = {dispatch_list.work_center: dispatch_list.version for dispatch_list in lists}
        for work_center in self._inquiries.work_centers():
            self._named.pop(work_center.name, None)
            yield work_center_record(work_center, versions[work_center.name])
        for name in self._named:
            yield strange_work_center_record(name)


def _places(lists: list[DispatchList]) -> Iterator[Record]:
    for dispatch_list in lists:
        for place, row in enumerate(dispatch_list.rows, start=1):
            yield place_record(row, place)
