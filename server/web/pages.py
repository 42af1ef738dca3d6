"""What each page of the desk shows, as JSON: the same for its first view and for a refresh."""

from typing import Any

from flask import request

from server.domain.names import OrderNumber, StationName, WorkCenterName
from server.services import accounts as account_services
from server.services import inquire
from server.services import release as releasing
from server.services import stations as station_services
from server.services.rights import RIGHTS
from server.web import desk_wire
from server.web.here import account, desk, plant

MOST_COUNTED = 100
"""How many flagged reports the rail counts; beyond that a number says nothing new."""

Json = dict[str, Any]


def frame() -> Json:
    """Return what every page of the desk shows around its own content."""
    who, rules = account(), plant().rules
    person = {**desk_wire.account(who), "rights": sorted(RIGHTS[who.role])}
    return {
        "plant": rules.plant_name,
        "zone": rules.zone.key,
        "now": plant().now(),
        "demo": rules.demo,
        "account": person,
        "counts": counts(),
    }


def counts() -> Json:
    """Return what the rail counts: orders that wait for release, and flagged reports."""
    release_count, flag_count = plant().store.read(
        lambda books: (books.count_planned(), len(books.flagged(MOST_COUNTED)))
    )
    return {"release": release_count, "flags": flag_count}


def release() -> Json:
    """Return the orders due for release."""
    due = releasing.due_for_release(plant(), account())
    total = plant().store.read(lambda books: books.count_planned())
    return {"orders": [desk_wire.due_order(one) for one in due], "total": total}


def lists() -> Json:
    """Return every work center with what stands in front of it, and its stations."""
    lines = stations()["stations"]
    loads = inquire.loads(plant(), account())
    return {"lists": [desk_wire.load(one, lines) for one in loads]}


def dispatch_list(work_center: WorkCenterName) -> Json:
    """Return a dispatch list."""
    view = inquire.list_view(plant(), account(), work_center)
    names = desk_wire.people(inquire.operators(plant(), account()))
    return desk_wire.listed(view, connected(), names)


def orders(text: str) -> Json:
    """Return the orders that a search finds."""
    found = inquire.find_orders(plant(), account(), text)
    names = desk_wire.people(inquire.operators(plant(), account()))
    return {"q": text, "orders": [desk_wire.found_order(one) for one in found], "people": names}


def order(number: OrderNumber) -> Json:
    """Return where a job is."""
    return desk_wire.job(inquire.job_view(plant(), account(), number))


def paper() -> Json:
    """Return the newest print jobs, and what can be printed."""
    who = account()
    operators = inquire.operators(plant(), who)
    return {
        "jobs": [desk_wire.print_job(job) for job in inquire.print_jobs(plant(), who)],
        "badges": [{"badge": o.badge, "name": o.name} for o in operators if o.active],
        "stations": [s.name for s in station_services.stations(plant(), who)],
        "work_centers": _work_centers(),
    }


def flags() -> Json:
    """Return the newest reports that carry flags."""
    facts = inquire.flagged(plant(), account())
    names = desk_wire.people(inquire.operators(plant(), account()))
    return {"flagged": [desk_wire.flagged(fact) for fact in facts], "people": names}


def stations() -> Json:
    """Return every station, and how far it is behind its list."""
    here = connected()
    versions = {one.work_center.name: one.version for one in inquire.loads(plant(), account())}
    boxes = station_services.boxes(plant(), account())
    lines = [
        desk_wire.station(one, here, versions.get(one.work_center, 0), boxes.get(one.name))
        for one in station_services.stations(plant(), account())
    ]
    address = request.host_url.rstrip("/")
    return {"stations": lines, "work_centers": sorted(versions), "address": address}


def accounts() -> Json:
    """Return every account."""
    found = account_services.accounts(plant(), account())
    return {"accounts": [desk_wire.account(one) for one in found]}


def connected() -> frozenset[StationName]:
    """Return the stations that are connected to this process."""
    return desk().connected()


def _work_centers() -> list[str]:
    return [load.work_center.name for load in inquire.loads(plant(), account())]
