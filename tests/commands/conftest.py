"""A plant with one station, and a Floorline that serves it."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.commands.opened import opened_plant
from server.config import Config
from server.domain.names import WorkCenterName
from server.domain.plant import WorkCenter
from server.services import stations
from server.services.rights import CONSOLE
from server.services.setup import keep_work_center
from tests.commands.doctoring import STATION
from tests.served import Served


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    """Return the folder of a plant with one station."""
    data = tmp_path / "plant"
    with opened_plant(Config(data=data)) as opened:
        keep_work_center(opened, CONSOLE, WorkCenter(WorkCenterName(STATION)))
        stations.add_station(opened, CONSOLE, STATION, WorkCenterName(STATION))
    return data


@pytest.fixture
def served(plant: Path) -> Iterator[Served]:
    serving = Served(plant).start()
    yield serving
    serving.kill()


@pytest.fixture
def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port
