"""What every station host promises to the devices of a station."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, is_dataclass
from typing import Any

import pytest

from server.domain.errors import EnrolmentFailed
from server.domain.feed import Cursor
from server.domain.names import StationName
from server.domain.plant import Box
from server.services import stations
from server.services.rights import CONSOLE
from server.web.checked import checked
from server.web.feed_messages import PUSH
from server.web.station import StationHost
from server.web.station_host import Reasons, ServerStationHost
from server.web.station_messages import ScanMessage
from tests.fakes.station_host import MemoryStationHost
from tests.workshop import LATHE, a_plant

STATION = StationName(LATHE)
ONE, TWO = (f"00000000-0000-4000-8000-00000000000{at}" for at in (1, 2))
HERE = "192.0.2.1"

NewCode = Callable[[], str]


class NoDesk:
    """A desk at which nobody sits."""

    def station_came(self, station: StationName, moment: object, *, here: bool) -> None:
        """Take no note."""

    def box_said(self, station: StationName, box: Box) -> None:
        """Take no note."""

    def station_saw(self, station: StationName, seen: Mapping[str, Any]) -> None:
        """Take no note."""


@pytest.fixture(params=["memory", "server"])
def hosted(request: pytest.FixtureRequest) -> tuple[StationHost, NewCode]:
    """Return a host of each kind, and what gives a one-time code of its station."""
    if request.param == "memory":
        fake = MemoryStationHost(frozenset({STATION}))
        return fake, lambda: fake.codes.setdefault(STATION, f"CODE{len(fake.tokens)}")
    plant = a_plant()
    host = ServerStationHost(plant, NoDesk(), Reasons((), (), ()))
    return host, lambda: stations.enrolment_code(plant, CONSOLE, STATION).code


def said(answer: object) -> dict[str, Any]:
    """Return an answer as JSON has it."""
    if is_dataclass(answer) and not isinstance(answer, type):
        return asdict(answer)
    assert isinstance(answer, dict)
    return answer


def test_a_host_knows_its_stations(hosted: tuple[StationHost, NewCode]) -> None:
    host, _ = hosted

    assert host.exists(STATION)
    assert not host.exists(StationName("NOWHERE"))


def test_a_code_makes_one_device_the_station(hosted: tuple[StationHost, NewCode]) -> None:
    host, new_code = hosted
    code = new_code()

    token = host.enrol(STATION, code, HERE)

    assert host.station_of([token], STATION) == STATION
    assert host.station_of([token], "") == STATION
    assert host.station_of([token], "MILL-1") is None
    assert host.station_of(["made-up"], STATION) is None
    with pytest.raises(EnrolmentFailed):
        host.enrol(STATION, code, HERE)


def test_a_second_device_does_not_shut_out_the_first(hosted: tuple[StationHost, NewCode]) -> None:
    host, new_code = hosted

    tokens = [host.enrol(STATION, new_code(), HERE) for _ in range(2)]

    assert [host.station_of([token], STATION) for token in tokens] == [STATION, STATION]


def test_the_same_id_gets_the_same_answer(hosted: tuple[StationHost, NewCode]) -> None:
    host, _ = hosted

    first = said(host.scan(STATION, ScanMessage(ONE, "NOT-OURS")))
    again = said(host.scan(STATION, ScanMessage(ONE, "NOT-OURS")))
    other = said(host.scan(STATION, ScanMessage(TWO, "NOT-OURS")))

    assert first["id"] == ONE
    assert again == first
    assert other["id"] == TWO
    assert {"verdict", "code", "number", "details"} <= first.keys()


def pushed(
    host: StationHost, *events: dict[str, Any], epoch: str = ONE
) -> tuple[Cursor, list[Any]]:
    """Return the cursor and the codes of the answers after a push."""
    done = host.push(STATION, checked(PUSH, {"epoch": epoch, "events": list(events)}))
    return done.cursor, [said(answer)["code"] for answer in done.answers]


def event(seq: int, own: str, prev: str, **message: Any) -> dict[str, Any]:
    """Return an event of a feed that scans something."""
    return {"seq": seq, "id": own, "prev": prev, "kind": "scan", "message": message}


def test_a_feed_is_taken_in_order_and_once(hosted: tuple[StationHost, NewCode]) -> None:
    host, _ = hosted
    one, two = event(1, ONE, "", text="1H4101"), event(2, TWO, ONE, text="1H4101")

    first = pushed(host, one)
    both = pushed(host, one, two)

    assert first[0] == Cursor(1, ONE)
    assert both[0] == host.cursor(STATION, ONE) == Cursor(2, TWO)
    assert len(both[1]) == len(first[1]) + 1 == 2


def test_a_feed_stops_at_a_gap(hosted: tuple[StationHost, NewCode]) -> None:
    host, _ = hosted

    cursor, answers = pushed(host, event(2, TWO, ONE, text="1H4101"))

    assert (cursor, answers) == (Cursor(), [])


def test_what_makes_no_sense_is_no_wall(hosted: tuple[StationHost, NewCode]) -> None:
    host, _ = hosted
    senseless = {**event(1, ONE, "", dance="tango"), "kind": "ballet"}

    cursor, answers = pushed(host, senseless, event(2, TWO, ONE, text="1H4101"))

    assert cursor == Cursor(2, TWO)
    assert answers[0] == "undecodable"
