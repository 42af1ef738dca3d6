"""Stations: set up, enrolled with a one-time code, moved, revoked, and what they have seen."""

from datetime import timedelta

import pytest

from server.domain.errors import (
    EnrolmentFailed,
    Invalid,
    UnknownStation,
    UnknownWorkCenter,
)
from server.domain.events import StationEnrolled, StationKept, StationRevoked
from server.domain.names import StationName, WorkCenterName
from server.services import stations
from server.services.ports import Plant
from tests.services.kiosk import journal
from tests.workshop import ADMINISTRATOR, DISPATCHER, LATHE, MILL, NOON, Around, Clock

KIOSK = StationName("KIOSK-7")


@pytest.fixture
def code(plant: Plant) -> str:
    """Return an enrolment code of a new station."""
    stations.add_station(plant, ADMINISTRATOR, KIOSK, LATHE)
    return stations.enrolment_code(plant, ADMINISTRATOR, KIOSK).code


def test_a_station_is_set_up_and_moved(plant: Plant) -> None:
    stations.add_station(plant, ADMINISTRATOR, KIOSK, LATHE)
    stations.add_station(plant, ADMINISTRATOR, KIOSK, MILL)

    kept = {station.name: station.work_center for station in stations.stations(plant, DISPATCHER)}
    assert kept[KIOSK] == MILL
    assert journal(plant)[-1].event == StationKept(KIOSK, MILL)


@pytest.mark.parametrize("name", ["", "kiosk", "KIOSK 7", "KIOSK/7", "X" * 21, "Ä"])
def test_a_station_has_a_name_that_fits_into_a_code(plant: Plant, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        stations.add_station(plant, ADMINISTRATOR, name, LATHE)

    assert refused.value.details["errors"] == [
        {"field": "name", "value": name, "expected": "station-name"}
    ]


def test_a_station_stands_at_a_work_center_that_exists(plant: Plant) -> None:
    with pytest.raises(UnknownWorkCenter):
        stations.add_station(plant, ADMINISTRATOR, KIOSK, WorkCenterName("PAINT"))


def test_a_code_makes_a_device_a_station(plant: Plant, code: str) -> None:
    token = stations.enrol(plant, KIOSK, code)

    station = stations.station_of(plant, token)
    assert station
    assert (station.name, station.enrolled_at) == (KIOSK, NOON)
    assert journal(plant)[-1].event == StationEnrolled(KIOSK)


def test_a_code_is_read_as_people_type_it(plant: Plant, code: str) -> None:
    typed = f"  {code[:4].lower()} {code[4:].lower()} "

    assert stations.enrol(plant, KIOSK, typed)


def test_a_code_works_once(plant: Plant, code: str) -> None:
    stations.enrol(plant, KIOSK, code)

    with pytest.raises(EnrolmentFailed):
        stations.enrol(plant, KIOSK, code)


def test_a_newer_code_ends_the_older(plant: Plant, code: str) -> None:
    newer = stations.enrolment_code(plant, ADMINISTRATOR, KIOSK)

    with pytest.raises(EnrolmentFailed):
        stations.enrol(plant, KIOSK, code)
    assert stations.enrol(plant, KIOSK, newer.code)


def test_a_code_grows_old(plant: Plant, code: str, clock: Clock) -> None:
    clock.wait(15 * 60 + 1)

    with pytest.raises(EnrolmentFailed):
        stations.enrol(plant, KIOSK, code)


def test_a_code_says_until_when_it_works(plant: Plant) -> None:
    until = stations.enrolment_code(plant, ADMINISTRATOR, StationName(LATHE)).until

    assert until == NOON + timedelta(minutes=15)


def test_a_code_is_for_one_station(plant: Plant, code: str) -> None:
    for other in (StationName(LATHE), StationName("NOWHERE")):
        with pytest.raises(EnrolmentFailed):
            stations.enrol(plant, other, code)


def test_a_failed_attempt_leaves_the_code_usable(plant: Plant, code: str) -> None:
    with pytest.raises(EnrolmentFailed):
        stations.enrol(plant, KIOSK, "WRONG234")

    assert stations.enrol(plant, KIOSK, code)


def test_only_stations_that_exist_get_a_code(plant: Plant) -> None:
    with pytest.raises(UnknownStation):
        stations.enrolment_code(plant, ADMINISTRATOR, StationName("NOWHERE"))


def test_codes_and_tokens_are_not_stored_as_they_are(plant: Plant, code: str) -> None:
    token = stations.enrol(plant, KIOSK, code)

    written = repr(journal(plant))
    assert code not in written
    assert token not in written


def test_a_revoked_device_speaks_for_nobody(plant: Plant, code: str) -> None:
    token = stations.enrol(plant, KIOSK, code)

    stations.revoke(plant, ADMINISTRATOR, KIOSK)

    assert stations.station_of(plant, token) is None
    assert journal(plant)[-1].event == StationRevoked(KIOSK)


def test_only_stations_that_exist_are_revoked(plant: Plant) -> None:
    with pytest.raises(UnknownStation):
        stations.revoke(plant, ADMINISTRATOR, StationName("NOWHERE"))


@pytest.mark.parametrize("token", ["", "guessed"])
def test_a_wrong_token_speaks_for_nobody(plant: Plant, token: str) -> None:
    assert stations.station_of(plant, token) is None


def test_what_a_station_has_seen_is_no_fact(plant: Plant, around: Around, clock: Clock) -> None:
    known, told = len(journal(plant)), len(around.announcer.told)
    clock.wait(5)

    seen_at = stations.note_seen(plant, StationName(LATHE), 7)
    contact_at = stations.note_contact(plant, StationName(LATHE))

    (station,) = (s for s in stations.stations(plant, DISPATCHER) if s.name == "LATHE-2")
    assert (station.seen_version, station.seen_at, station.contact_at) == (7, seen_at, contact_at)
    assert seen_at == NOON + timedelta(seconds=5)
    assert (len(journal(plant)), len(around.announcer.told)) == (known, told)
