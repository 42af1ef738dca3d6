"""Plants for tests in a browser: the demo, and some orders of which everything is known."""

import csv
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from server.clock import now
from server.demo.people import DISPATCHER, ENROLMENT_CODE, PASSWORDS
from tests.desk_session import Desk as DeskSession
from tests.served import Served

ORDERS = tuple(f"WO9000{at:02d}" for at in range(1, 13))
"""Orders of ten shafts each that wait for release and pass every check."""
ROUTING = ("GRIND-1", "MILL-1", "INSPECT-1")
FIRST, SECOND, THIRD = ROUTING
CROWD = tuple(f"WO8{at:05d}" for at in range(1, 201))
"""Orders that stand before the first work center when a plant is full."""
QUANTITY = 10
ANNA, MAREK, LEILA = "4101", "4102", "4103"
HEADERS = (
    *("order", "part", "revision", "description", "quantity", "due", "planned release"),
    *("operation", "work center", "operation description", "setup minutes", "run minutes"),
)


@dataclass(slots=True)
class ServedPlant:
    """A plant that is being served, and what has happened there before a test looks."""

    served: Served
    code: str = ENROLMENT_CODE
    _desk: DeskSession | None = field(default=None)

    @property
    def address(self) -> str:
        """Return where a browser finds it."""
        return self.served.address

    @property
    def desk(self) -> DeskSession:
        """Return the dispatcher's session."""
        if self._desk is None:
            self._desk = DeskSession(self.address, DISPATCHER.name, PASSWORDS[DISPATCHER.name])
        return self._desk

    def release(self, *orders: str) -> None:
        """Release orders that pass their checks."""
        done = self.desk.post("/desk/api/release", {"orders": list(orders)})
        assert done["released"] == list(orders), done

    def move(self, work_center: str, operation: str, before: str | None) -> None:
        """Resequence, as another dispatcher would."""
        version, _ = self.listed(work_center)
        body = {"version": version, "operation": operation, "before": before}
        self.desk.post(f"/desk/api/lists/{work_center}/move", body)

    def listed(self, work_center: str) -> tuple[int, list[str]]:
        """Return the version of a dispatch list and its operations in their order."""
        proposal = self.desk.post(f"/desk/api/lists/{work_center}/propose", {"rule": "fcfs"})
        return proposal["version"], proposal["before"]

    def done(self, number: str) -> list[tuple[int, int, str]]:
        """Return what an order's operations have made: good, scrap, and their state."""
        order = self.desk.get(f"/desk/api/orders/{number}")
        return [(one["good"], one["scrap"], one["state"]) for one in order["operations"]]


def operation(order: str, number: int = 10) -> str:
    """Return the key of an operation, as screens have it."""
    return f"{order}/{number:03d}"


def traveler(order: str, number: int = 10) -> str:
    """Return the code of an operation as paper of another system has it."""
    return f"3W{order}+{number:03d}"


def badge(number: str) -> str:
    """Return the code on a badge."""
    return f"1H{number}"


def make_demo(folder: Path) -> Path:
    """Make a demo plant, and bring the known orders in with our own command."""
    served = Served(folder, demo=True).start()
    served.stop()
    import_orders(folder, ORDERS)
    return folder


def make_full(demo: Path, folder: Path) -> Path:
    """Make a plant of a demo in which 200 operations more stand before one work center."""
    shutil.copytree(demo, folder)
    import_orders(folder, CROWD)
    served = Served(folder, demo=True)
    ServedPlant(served.start()).release(*CROWD)
    served.stop()
    return folder


def import_orders(folder: Path, orders: Iterable[str]) -> None:
    """Bring orders into the plant in a folder, which nobody serves now."""
    file = folder.with_name(f"{folder.name}.csv")
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(HEADERS)
        for order in orders:
            table.writerows(rows_of(order))
    floorline("import", str(file), "--data", str(folder))


def floorline(*arguments: str) -> None:
    """Run a command of ours to its end."""
    command = [sys.executable, "-m", "server.cli", *arguments]
    subprocess.run(command, check=True, capture_output=True, timeout=60)


def rows_of(order: str, **changes: object) -> list[list[object]]:
    """Return the rows of an order in a file of work orders."""
    due, planned = (now().date() + timedelta(days=days) for days in (40, 25))
    head = {"part": f"TS-{order[-4:]}", "quantity": QUANTITY, "due": due, **changes}
    begin = [order, head["part"], "B", "Test shaft", head["quantity"], head["due"], planned]
    return [
        [*begin, 10 * at, work_center, f"Step {at}", 5, 1]
        for at, work_center in enumerate(ROUTING, start=1)
    ]
