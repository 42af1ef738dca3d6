"""Inquiries: what a screen shows of the plant, and the answer to "where is my job?"."""

from dataclasses import dataclass
from datetime import datetime

from server.domain.events import Entry
from server.domain.names import OrderNumber, StationName, WorkCenterName
from server.domain.orders import WorkOrder
from server.domain.paper import Sheet
from server.domain.plant import Account, Operator, Station, WorkCenter
from server.domain.rows import DispatchList
from server.services.answers import SignedIn
from server.services.ports import Inquiries, Plant, PrintJob, WorkCenterLoad
from server.services.rights import Right, require

MOST_FOUND, MOST_HISTORY, MOST_FLAGS, MOST_JOBS = 100, 200, 200, 200


@dataclass(frozen=True, slots=True)
class StationView:
    """Everything a station's screen needs, of one moment."""

    station: Station
    work_center: WorkCenter
    rev: int
    now: datetime
    listed: DispatchList
    operators: tuple[Operator, ...]
    operator: SignedIn | None


@dataclass(frozen=True, slots=True)
class ListView:
    """A dispatch list as the desk shows it, and which stations have seen it."""

    rev: int
    work_center: WorkCenter
    listed: DispatchList
    stations: tuple[Station, ...]


@dataclass(frozen=True, slots=True)
class JobView:
    """Where is my job: an order, its paper and its history."""

    order: WorkOrder
    sheets: tuple[Sheet, ...]
    history: tuple[Entry, ...]
    operators: tuple[Operator, ...]


def station_view(plant: Plant, name: StationName) -> StationView:
    """Return what a station's screen shows; the station itself asks."""
    now = plant.now()

    def work(books: Inquiries) -> StationView:
        station = books.station(name)
        operators = books.operators()
        return StationView(
            station,
            books.work_center(station.work_center),
            books.revision(),
            now,
            books.dispatch_list(station.work_center),
            operators,
            _signed_in(plant, station, operators, now),
        )

    return plant.store.read(work)


def _signed_in(
    plant: Plant, station: Station, operators: tuple[Operator, ...], now: datetime
) -> SignedIn | None:
    if station.badge is None or station.badge_at is None:
        return None
    until = station.badge_at + plant.rules.badge_time
    names = {o.badge: o.name for o in operators if o.active}
    if now > until or station.badge not in names:
        return None
    return SignedIn(station.badge, names[station.badge], until)


def loads(plant: Plant, by: Account) -> tuple[WorkCenterLoad, ...]:
    """Return every work center with what stands in front of it."""
    require(by, Right.INQUIRE)
    return plant.store.read(lambda books: books.loads())


def list_view(plant: Plant, by: Account, work_center: WorkCenterName) -> ListView:
    """Return a dispatch list for the desk."""
    require(by, Right.INQUIRE)

    def work(books: Inquiries) -> ListView:
        return ListView(
            books.revision(),
            books.work_center(work_center),
            books.dispatch_list(work_center),
            tuple(s for s in books.stations() if s.work_center == work_center),
        )

    return plant.store.read(work)


def find_orders(plant: Plant, by: Account, text: str) -> tuple[WorkOrder, ...]:
    """Return orders by number, part or description, open ones first."""
    require(by, Right.INQUIRE)
    return plant.store.read(lambda books: books.search_orders(text.strip(), MOST_FOUND))


def job_view(plant: Plant, by: Account, number: OrderNumber) -> JobView:
    """Return where a job is; raise UnknownOrder."""
    require(by, Right.INQUIRE)

    def work(books: Inquiries) -> JobView:
        return JobView(
            books.order(number),
            books.sheets(number),
            books.history(number, MOST_HISTORY),
            books.operators(),
        )

    return plant.store.read(work)


def flagged(plant: Plant, by: Account) -> tuple[Entry, ...]:
    """Return the newest reports that carry flags."""
    require(by, Right.INQUIRE)
    return plant.store.read(lambda books: books.flagged(MOST_FLAGS))


def print_jobs(plant: Plant, by: Account) -> tuple[PrintJob, ...]:
    """Return the newest print jobs."""
    require(by, Right.INQUIRE)
    return plant.store.read(lambda books: books.print_jobs(MOST_JOBS))


def print_job(plant: Plant, by: Account, job: int) -> PrintJob | None:
    """Return one print job."""
    require(by, Right.INQUIRE)
    return plant.store.read(lambda books: books.print_job(job))


def pdf(plant: Plant, by: Account, job: int) -> bytes | None:
    """Return the paper of a print job, once it is ready."""
    require(by, Right.PRINT)
    return plant.store.read(lambda books: books.pdf(job))


def operators(plant: Plant, by: Account) -> tuple[Operator, ...]:
    """Return every operator."""
    require(by, Right.INQUIRE)
    return plant.store.read(lambda books: books.operators())
