"""What can be asked of a store, answered from memory in the simplest way possible."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import get_args

from server.domain.errors import UnknownBadge, UnknownStation, UnknownWorkCenter
from server.domain.events import Entry, FloorReport, ListResequenced, operation_of, order_of
from server.domain.feed import Cursor
from server.domain.floor import Place
from server.domain.names import (
    AccountName,
    BadgeNumber,
    OperationId,
    OrderNumber,
    Serial,
    StationName,
    WorkCenterName,
)
from server.domain.operations import Operation, OperationState
from server.domain.orders import OrderState, WorkOrder
from server.domain.paper import Sheet
from server.domain.plant import Account, Box, Operator, Station, WorkCenter
from server.domain.rows import DispatchList, Row, row_of
from server.domain.sequence import Line
from server.services.ports import PrintJob, WorkCenterLoad
from tests.fakes.memory_state import Device, MemoryState

OVER = {OrderState.COMPLETED, OrderState.CANCELLED}


class MemoryInquiries:
    """The port `Inquiries` on a state in memory."""

    def __init__(self, state: MemoryState) -> None:
        self.state = state
        self.floor = state.floor

    def revision(self) -> int:
        return len(self.state.entries)

    # Orders and lists

    def order(self, number: OrderNumber) -> WorkOrder:
        return self.floor.order(number)

    def find_order(self, number: OrderNumber) -> WorkOrder | None:
        return self.floor.orders.get(number)

    def search_orders(self, text: str, limit: int) -> tuple[WorkOrder, ...]:
        def says(order: WorkOrder) -> str:
            plan = order.plan
            return f"{plan.number}\n{plan.part}\n{plan.description}".casefold()

        found = [o for o in self.floor.orders.values() if text.casefold() in says(o)]
        return tuple(sorted(found, key=lambda o: (o.state in OVER, o.number))[:limit])

    def planned_orders(self, limit: int) -> tuple[WorkOrder, ...]:
        planned = [o for o in self.floor.orders.values() if o.state is OrderState.PLANNED]
        return tuple(sorted(planned, key=lambda o: (o.plan.planned_release, o.number))[:limit])

    def count_planned(self) -> int:
        return sum(o.state is OrderState.PLANNED for o in self.floor.orders.values())

    def work_centers(self) -> tuple[WorkCenter, ...]:
        known = self.floor.work_centers.values()
        return tuple(sorted(known, key=lambda w: (w.department, w.name)))

    def work_center(self, name: WorkCenterName) -> WorkCenter:
        if name not in self.floor.work_centers:
            raise UnknownWorkCenter(name)
        return self.floor.work_centers[name]

    def loads(self) -> tuple[WorkCenterLoad, ...]:
        return tuple(self._load(work_center) for work_center in self.work_centers())

    def _load(self, work_center: WorkCenter) -> WorkCenterLoad:
        listed = self.dispatch_list(work_center.name)
        states = [row.state for row in listed.rows]
        running = states.count(OperationState.RUNNING)
        waiting = states.count(OperationState.WAITING)
        ready = len(states) - running - waiting
        return WorkCenterLoad(work_center, listed.version, running, ready, waiting)

    def _listed(self, work_center: WorkCenterName) -> Sequence[tuple[WorkOrder, Operation, Place]]:
        return [
            (self.order(one.order), self.order(one.order).operation(one.number), place)
            for one in self.floor.listed(work_center)
            for place in [self.floor.places[one]]
        ]

    def dispatch_list(self, work_center: WorkCenterName) -> DispatchList:
        version, feed = self.state.lists.get(work_center, (0, 0))
        rows = tuple(_ranked(*each) for each in self._listed(work_center))
        return DispatchList(work_center, version, feed, rows)

    def lines(
        self, work_center: WorkCenterName, due_at: Callable[[date], datetime]
    ) -> tuple[Line, ...]:
        return tuple(
            _line(order, one, due_at(order.plan.due)) for order, one, _ in self._listed(work_center)
        )

    # The journal

    def last_resequence(self, work_center: WorkCenterName) -> Entry | None:
        every = self.resequences_since(work_center, 0)
        return every[-1] if every else None

    def resequences_since(self, work_center: WorkCenterName, version: int) -> tuple[Entry, ...]:
        return tuple(
            entry
            for entry in self.state.entries
            if isinstance(entry.event, ListResequenced)
            and entry.event.work_center == work_center
            and entry.event.version >= version
        )

    def entry(self, entry_id: str) -> Entry | None:
        return next((entry for entry in self.state.entries if entry.id == entry_id), None)

    def entries(self, after: int, limit: int) -> tuple[Entry, ...]:
        return tuple(self.state.entries[after : after + limit])

    def history(self, order: OrderNumber, limit: int) -> tuple[Entry, ...]:
        about = [entry for entry in self.state.entries if order_of(entry.event) == order]
        return tuple(about[::-1][:limit])

    def reported_since(self, operation: OperationId, rev: int) -> bool:
        return any(
            isinstance(entry.event, get_args(FloorReport))
            and operation_of(entry.event) == operation
            for entry in self.state.entries[rev:]
        )

    def flagged(self, limit: int) -> tuple[Entry, ...]:
        flagged = [entry for entry in self.state.entries if getattr(entry.event, "flags", ())]
        return tuple(flagged[::-1][:limit])

    # People, stations and paper

    def station(self, name: StationName) -> Station:
        if name not in self.floor.stations:
            raise UnknownStation(name)
        device = self.state.devices.get(name, Device())
        badge, badge_at = self.floor.signed_in.get(name, (None, None))
        return Station(
            name,
            self.floor.stations[name],
            device.enrolled_at,
            badge,
            badge_at,
            device.seen_version,
            device.seen_at,
            device.contact_at,
        )

    def stations(self) -> tuple[Station, ...]:
        return tuple(self.station(name) for name in sorted(self.floor.stations))

    def station_with_token(self, token_hash: str) -> Station | None:
        holders = (name for name, one in self.state.devices.items() if token_hash in one.tokens)
        name = next(holders, None)
        return self.station(name) if name else None

    def boxes(self) -> dict[StationName, Box]:
        return dict(self.state.boxes)

    def cursor(self, station: StationName, epoch: str) -> Cursor:
        return self.state.cursors.get((station, epoch), Cursor())

    def operator(self, badge: BadgeNumber) -> Operator:
        operator = self.floor.operators.get(badge)
        if operator is None or not operator.active:
            raise UnknownBadge(badge)
        return operator

    def operators(self) -> tuple[Operator, ...]:
        return tuple(sorted(self.floor.operators.values(), key=lambda o: (o.name, o.badge)))

    def account(self, name: AccountName) -> Account | None:
        account, _ = self.state.accounts.get(name, (None, None))
        return account

    def accounts(self) -> tuple[Account, ...]:
        return tuple(account for _, (account, _) in sorted(self.state.accounts.items()))

    def password_hash(self, name: AccountName) -> str | None:
        _, password_hash = self.state.accounts.get(name, (None, None))
        return password_hash

    def sheet(self, serial: Serial) -> Sheet:
        return self.floor.sheet(serial)

    def sheets(self, order: OrderNumber) -> tuple[Sheet, ...]:
        ours = [sheet for sheet in self.floor.sheets.values() if sheet.order == order]
        return tuple(sorted(ours, key=lambda sheet: sheet.serial, reverse=True))

    def print_job(self, job: int) -> PrintJob | None:
        return self.state.jobs[job].job if job in self.state.jobs else None

    def print_jobs(self, limit: int) -> tuple[PrintJob, ...]:
        return tuple(spooled.job for _, spooled in sorted(self.state.jobs.items())[::-1][:limit])

    def pdf(self, job: int) -> bytes | None:
        return self.state.jobs[job].pdf if job in self.state.jobs else None


def _ranked(order: WorkOrder, operation: Operation, place: Place) -> Row:
    row = row_of(order, operation, place.placed)
    return replace(row, rank=place.rank)


def _line(order: WorkOrder, operation: Operation, due_at: datetime) -> Line:
    rest = [o for o in order.operations if o.number >= operation.number and o.is_open]
    assert order.released_at is not None
    return Line(
        operation.id,
        order.released_at,
        due_at,
        order.plan.hot,
        operation.is_running,
        _minutes(order, operation),
        sum(_minutes(order, one) for one in rest),
        len(rest),
    )


def _minutes(order: WorkOrder, operation: Operation) -> float:
    return operation.minutes(max(0, order.plan.quantity - operation.done.total))
