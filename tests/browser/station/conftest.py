"""Kiosks before a real server: the app in threads of this process, on a store in memory."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from server.app import Ports, build
from server.config import Config
from server.exchange.orders import read_orders
from tests.browser.station.kiosk import TABLET, Kiosk, NewKiosk, Workshop
from tests.fakes.cable import Cable
from tests.fakes.memory_store import MemoryStore
from tests.workshop import LATHE, NOON, Around, IdlePress, a_plant


def running_clock() -> Callable[[], datetime]:
    """Return a clock that goes on from noon."""
    begin = time.monotonic()
    return lambda: NOON + timedelta(seconds=time.monotonic() - begin)


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    """Return a workshop of three work centers with a station each, and nothing to do."""
    store, press, now = MemoryStore(), IdlePress(), running_clock()
    a_plant(Around(store, press=press, now=now))
    ports = Ports(store, press, read_orders, now=now)
    server = build(Config(data=tmp_path), ports)
    wsgi = make_server("127.0.0.1", 0, server.app, threaded=True)
    thread = threading.Thread(target=wsgi.serve_forever, daemon=True)
    thread.start()
    yield Workshop(server, store, wsgi.server_port)
    wsgi.shutdown()
    thread.join()
    wsgi.server_close()


@pytest.fixture
def cable(workshop: Workshop) -> Iterator[Cable]:
    """Return the network cable between the kiosks and the workshop's server."""
    cable = Cable(workshop.port)
    yield cable
    cable.close()


@pytest.fixture
def new_kiosk(chromium: Browser, workshop: Workshop, cable: Cable) -> Iterator[NewKiosk]:
    """Return what enrols a device as a station and opens its kiosk."""
    with ExitStack() as opened:

        def new(station: str = LATHE, size: dict[str, int] = TABLET) -> Kiosk:
            context = chromium.new_context(viewport=size)  # type: ignore[arg-type] # A TypedDict.
            opened.callback(context.close)
            address = f"http://127.0.0.1:{cable.port}"
            kiosk = Kiosk(context.new_page(), address, station, workshop.server)
            opened.callback(kiosk.assert_no_errors)
            kiosk.enrol()
            kiosk.open()
            return kiosk

        yield new


@pytest.fixture
def kiosk(new_kiosk: NewKiosk) -> Kiosk:
    """Return the kiosk of the lathe."""
    return new_kiosk()
