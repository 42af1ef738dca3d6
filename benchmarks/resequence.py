"""(b) A resequence until the last of many screens has it, beside a bare emit to as many."""

import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import gevent
from gevent.event import Event

from benchmarks import plant
from benchmarks.load import listening
from benchmarks.process import echoing, serving
from benchmarks.wire import Wire
from tests.desk_session import Desk

SCREENS = (10, 200, 1000)
ROUNDS = 9
TITLE = "(b) A resequence, until the last screen has it"
HEAD = "| screens | resequence ms | bare emit ms | ratio |"


class Audience:
    """Screens that wait for the same thing."""

    def __init__(self, wires: list[Wire]) -> None:
        self.wires = wires
        self._missing = 0
        self._all = Event()
        for wire in wires:
            wire.hear(self._heard)
        listening(wires)

    def _heard(self, event: str, _payload: object) -> None:
        if event == "delta":
            self._missing -= 1
            if self._missing == 0:
                self._all.set()

    def time(self, act: Any) -> float:  # noqa: ANN401 - whatever makes the server tell.
        """Return the milliseconds from the act until the last screen has heard."""
        self._missing = len(self.wires)
        self._all.clear()
        began = time.perf_counter()
        doing = gevent.spawn(act)
        if not self._all.wait(30):
            raise TimeoutError(f"{self._missing} screens heard nothing")
        took = time.perf_counter() - began
        doing.get()
        return 1e3 * took

    def leave(self) -> None:
        """Close every screen."""
        for wire in self.wires:
            wire.close()


def measure() -> list[str]:
    """Return the rows of the table."""
    with TemporaryDirectory() as folder:
        plant.build(Path(folder), plant.Size(work_centers=10, stations=10, released=200))
        with serving(Path(folder)) as server, echoing() as echo:
            desk = Desk(server.address, "admin", plant.PASSWORD)
            return [_row(count, server.address, echo.address, desk) for count in SCREENS]


def _row(count: int, server: str, echo: str, desk: Desk) -> str:
    work_center = plant.name(0)
    auth = {"station": plant.station(0), "token": plant.token(0)}
    screens = Audience([Wire(server, "/station", auth) for _ in range(count)])
    desk_list = Mover(desk, work_center)
    took = []
    for _ in range(ROUNDS):
        desk_list.look()
        took.append(screens.time(desk_list.move))
    moved = median(took)
    screens.leave()
    bare = Audience([Wire(echo, "/echo") for _ in range(count)])
    told = {"order": [f"WO{at:06d}/010" for at in range(desk_list.length)]}
    emitted = median(bare.time(lambda: bare.wires[0].ask("tell", told)) for _ in range(ROUNDS))
    bare.leave()
    return f"| {count} | {moved:.1f} | {emitted:.1f} | {moved / emitted:.2f} |"


class Mover:
    """A dispatcher who moves the last operation of a list to its middle."""

    def __init__(self, desk: Desk, work_center: str) -> None:
        self._desk = desk
        self._path = f"/desk/api/lists/{work_center}"
        self._move: dict[str, Any] = {}
        self.length = 0

    def look(self) -> None:
        """Look at the list before the clock runs."""
        proposal = self._desk.post(f"{self._path}/propose", {"rule": "fcfs"})
        order = proposal["before"]
        self.length = len(order)
        before = order[len(order) // 2]
        self._move = {"version": proposal["version"], "operation": order[-1], "before": before}

    def move(self) -> None:
        """Drop the operation."""
        self._desk.post(f"{self._path}/move", self._move)
