"""Inquiries: what screens show, all of one moment."""

from zoneinfo import ZoneInfo

import pytest

from server.domain.errors import UnknownOrder, UnknownStation, UnknownWorkCenter
from server.domain.events import OperationStarted, OperatorKept
from server.domain.names import OrderNumber, StationName, WorkCenterName
from server.domain.plant import Operator
from server.services import inquire, paper
from server.services.answers import SignedIn
from server.services.ports import Plant, Rules, codes
from tests.services.kiosk import Kiosk, journal, planned, released
from tests.services.test_planning import ERROR
from tests.workshop import (
    ANNA,
    BENCH,
    DISPATCHER,
    LATHE,
    MILL,
    NOON,
    ORDER,
    TODAY,
    Clock,
    plan,
    record,
)

AT_LATHE = StationName(LATHE)


def test_a_station_sees_its_list_and_who_is_signed_in(plant: Plant, lathe: Kiosk) -> None:
    lathe.badge()

    view = inquire.station_view(plant, AT_LATHE)

    assert (view.station.name, view.work_center.name, view.now) == (AT_LATHE, LATHE, NOON)
    assert view.rev == len(journal(plant))
    assert [row.operation.order for row in view.listed.rows] == [ORDER]
    assert view.operator == SignedIn(ANNA, "Anna", NOON + plant.rules.badge_time)
    assert [operator.name for operator in view.operators] == ["Anna", "Ben"]


def test_nobody_is_signed_in_at_first_nor_after_a_while(
    plant: Plant, lathe: Kiosk, clock: Clock
) -> None:
    assert inquire.station_view(plant, AT_LATHE).operator is None
    lathe.badge()
    clock.wait(61)

    assert inquire.station_view(plant, AT_LATHE).operator is None


def test_somebody_whose_badge_became_invalid_is_not_signed_in(plant: Plant, lathe: Kiosk) -> None:
    lathe.badge()
    record(plant, OperatorKept(Operator(ANNA, "Anna", active=False)))

    assert inquire.station_view(plant, AT_LATHE).operator is None


def test_only_stations_that_exist_see_anything(plant: Plant) -> None:
    with pytest.raises(UnknownStation):
        inquire.station_view(plant, StationName("NOWHERE"))


def test_the_desk_sees_a_list_and_its_stations(plant: Plant) -> None:
    view = inquire.list_view(plant, DISPATCHER, LATHE)

    assert (view.rev, view.work_center.name) == (len(journal(plant)), LATHE)
    assert [station.name for station in view.stations] == [AT_LATHE]
    assert len(view.listed.rows) == 1
    with pytest.raises(UnknownWorkCenter):
        inquire.list_view(plant, DISPATCHER, WorkCenterName("PAINT"))


def test_every_work_center_says_what_stands_in_front_of_it(plant: Plant, lathe: Kiosk) -> None:
    released(plant, "WO1")
    lathe.start()

    loads = {load.work_center.name: load for load in inquire.loads(plant, DISPATCHER)}

    assert (loads[LATHE].running, loads[LATHE].ready, loads[LATHE].waiting) == (1, 1, 0)
    assert (loads[MILL].running, loads[MILL].ready, loads[MILL].waiting) == (0, 0, 2)
    assert loads[BENCH].version == 2


def test_orders_are_found_by_what_people_remember(plant: Plant) -> None:
    planned(plant, plan("WO7", part="HUB-1", description="Hub"))

    for text in ("wo7", " HUB-1 ", "hub"):
        assert [o.number for o in inquire.find_orders(plant, DISPATCHER, text)] == ["WO7"]


def test_where_is_my_job(plant: Plant, lathe: Kiosk) -> None:
    lathe.start()

    view = inquire.job_view(plant, DISPATCHER, ORDER)

    assert view.order.operation(10).is_running
    assert isinstance(view.history[0].event, OperationStarted)
    assert [sheet.is_current for sheet in view.sheets] == [True]
    with pytest.raises(UnknownOrder):
        inquire.job_view(plant, DISPATCHER, OrderNumber("WO9"))


def test_flagged_reports_are_listed_the_newest_first(plant: Plant, lathe: Kiosk) -> None:
    Kiosk(plant, BENCH).start(insists=True)
    Kiosk(plant, BENCH).count(11, insists=True)

    flags = [getattr(e.event, "flags", ()) for e in inquire.flagged(plant, DISPATCHER)]

    assert flags == [("over_quantity",), ("rerouted",)]
    assert lathe.line().code == "already-done"


def test_print_jobs_are_followed_to_their_paper(plant: Plant) -> None:
    job = paper.print_badges(plant, DISPATCHER, [])

    newest = inquire.print_jobs(plant, DISPATCHER)[0]
    assert newest == inquire.print_job(plant, DISPATCHER, job)
    assert inquire.pdf(plant, DISPATCHER, job) is None
    assert inquire.print_job(plant, DISPATCHER, 999) is None


def test_a_due_date_ends_at_the_plants_midnight() -> None:
    berlin = Rules(zone=ZoneInfo("Europe/Berlin"))

    assert berlin.due_at(TODAY).isoformat() == "2026-11-03T00:00:00+01:00"
    assert berlin.today(NOON.replace(hour=23, minute=30)).isoformat() == "2026-11-03"


def test_file_errors_are_plain_values() -> None:
    assert codes([ERROR]) == [
        {"file": "orders.csv", "row": 3, "column": "due", "value": "31.2.2026", "expected": "date"}
    ]
