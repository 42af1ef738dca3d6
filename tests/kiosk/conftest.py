"""A station box for tests: a pty scanner, a real journal, and a station server on a socket."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hardware.virtual import VirtualScanner
from kiosk.events import Scan
from kiosk.journal import Journal
from tests.fakes.station_host import MemoryStationHost, StationServer
from tests.kiosk.box import CODE, STATION, Box, Ears, Watch


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def ears() -> Ears:
    return Ears()


@pytest.fixture
def host() -> MemoryStationHost:
    return MemoryStationHost(frozenset({STATION}), codes={STATION: CODE})


@pytest.fixture
def server(host: MemoryStationHost) -> Iterator[StationServer]:
    """Return a station server that listens."""
    serving = StationServer(host).start()
    yield serving
    serving.stop()


@pytest.fixture
def box(tmp_path: Path, server: StationServer, watch: Watch) -> Box:
    return Box(tmp_path / "box", server, watch)


@pytest.fixture
def journal(box: Box) -> Iterator[Journal]:
    with box.journal() as opened:
        yield opened


@pytest.fixture
def scanner(tmp_path: Path) -> Iterator[VirtualScanner]:
    """Return a plugged scanner, fast enough for a test."""
    with VirtualScanner(tmp_path / "usb-Scanner_S1A2B3", baud=115200) as plugged:
        yield plugged


@pytest.fixture
def a_scan(watch: Watch) -> Callable[[str], Scan]:
    """Return what makes a scan of now."""
    return lambda text: Scan(watch(), text, "/dev/scanner", late=False)
