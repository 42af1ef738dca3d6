"""Documents that a dispatcher asks for at the desk."""

from collections.abc import Callable

from flask import request

from server.domain.names import BadgeNumber, OrderNumber, StationName, WorkCenterName
from server.domain.plant import Account
from server.services import paper
from server.services.ports import Plant
from server.web.desk_messages import PrintMessage
from server.web.here import account, plant


def printed(message: PrintMessage) -> int:
    """Put the document that was asked for on the spool; return its print job."""
    return _KINDS[message.kind](plant(), account(), message)


def _traveler(plant: Plant, by: Account, message: PrintMessage) -> int:
    return paper.print_traveler(plant, by, OrderNumber(message.order), message.reason)


def _dispatch_list(plant: Plant, by: Account, message: PrintMessage) -> int:
    return paper.print_dispatch_list(plant, by, WorkCenterName(message.work_center))


def _badges(plant: Plant, by: Account, message: PrintMessage) -> int:
    return paper.print_badges(plant, by, [BadgeNumber(badge) for badge in message.badges])


def _station_labels(plant: Plant, by: Account, message: PrintMessage) -> int:
    names = [StationName(station) for station in message.stations]
    return paper.print_station_labels(plant, by, names)


def _try_it(plant: Plant, by: Account, message: PrintMessage) -> int:
    del message
    return paper.print_try_it(plant, by, request.host_url.rstrip("/"))


_KINDS: dict[str, Callable[[Plant, Account, PrintMessage], int]] = {
    "traveler": _traveler,
    "dispatch-list": _dispatch_list,
    "badges": _badges,
    "station-labels": _station_labels,
    "try-it": _try_it,
}
