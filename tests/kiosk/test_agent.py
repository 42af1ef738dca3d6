"""The agent: from the scanner's bytes to the operator's line and the server's answer."""

from contextlib import suppress
from itertools import count
from queue import Empty

from hardware.transport import Line
from hardware.virtual import VirtualScanner
from kiosk.journal import Journal
from tests.fakes.station_host import MemoryStationHost, StationServer
from tests.kiosk.box import Box, Ears


def line(scanner: VirtualScanner) -> Line:
    assert scanner.link is not None
    return Line(str(scanner.link))


def test_what_is_scanned_is_answered(
    box: Box, journal: Journal, host: MemoryStationHost, scanner: VirtualScanner
) -> None:
    with box.listening(journal, line(scanner)) as ears:
        type_until_heard(scanner, ears)
        scanner.type("1000123456")
        told = ears.next()

    assert told[1] == "1000123456"
    assert host.taken[-1] == "1000123456"
    assert journal.count_unsent() == 0


def test_scans_made_while_the_server_is_away_are_sent_once_and_in_order(
    box: Box, journal: Journal, server: StationServer, scanner: VirtualScanner
) -> None:
    host = server.host
    with box.listening(journal, line(scanner)) as ears:
        type_until_heard(scanner, ears)
        server.stop()
        scanner.type("one")
        kept = [ears.next()]
        scanner.type("two")
        kept.append(ears.next())
        server.start()
        answered = [ears.next(), ears.next()]

    assert kept[1] == ("kept 2", "two")
    assert answered == [("started", "one"), ("started", "two")]
    assert host.taken[-2:] == ["one", "two"]


def test_a_scanner_that_was_unplugged_is_heard_again(
    box: Box, journal: Journal, host: MemoryStationHost, scanner: VirtualScanner
) -> None:
    with box.listening(journal, line(scanner)) as ears:
        type_until_heard(scanner, ears)
        scanner.unplug()
        scanner.open()
        type_until_heard(scanner, ears)
        scanner.type("after")
        told = ears.next()

    assert told == ("started", "after")
    assert host.taken[-1] == "after"


def type_until_heard(scanner: VirtualScanner, ears: Ears) -> None:
    """Type until the agent listens: what is typed earlier is lost, as with a real scanner."""
    for attempt in count(1):
        scanner.type(f"hello {attempt}")
        with suppress(Empty):
            ears.hear_answer(f"hello {attempt}", within_s=0.5)
            return
