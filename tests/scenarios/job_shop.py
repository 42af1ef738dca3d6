"""The log of a real job shop, as orders, people, places and things that happened.

D. Levy, Production Analysis with Process Mining Technology, 4TU.ResearchData, 2014. The file is
not part of this repository; tests that use it run where it lies beside it.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LOG = Path(__file__).parents[3] / "shared" / "data" / "job_shop_log_2012.csv"
OPERATION_STEP = 10
NOBODYS_BADGE = "99999"

Key = tuple[str, int]
"""Order number and operation number."""


@dataclass(frozen=True, slots=True)
class Reported:
    """One row of the log: somebody worked on an operation from `start` to `complete`."""

    operation: Key
    machine: str
    badge: str
    start: str
    complete: str
    good: int
    review: int


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """The beginning or the end of a reported piece of work, in the order of time."""

    at: str
    begins: bool
    row: int


@dataclass(frozen=True, slots=True)
class JobShop:
    """Everything the log tells."""

    rows: tuple[Reported, ...]
    quantities: dict[str, int]
    parts: dict[str, str]
    routings: dict[str, list[tuple[str, str]]]
    """For each order its operations in the order they first appear: activity and machine."""
    due: dict[str, str]
    first_day: dict[str, str]

    @property
    def machines(self) -> list[str]:
        """Return every machine as the name of a work center."""
        return sorted({row.machine for row in self.rows})

    @property
    def badges(self) -> list[str]:
        """Return every worker's badge number."""
        return sorted({row.badge for row in self.rows})

    def moments(self) -> Iterator[Moment]:
        """Yield what happened in the order of time; at the same minute, ends come first."""
        every = [Moment(row.start, begins=True, row=at) for at, row in enumerate(self.rows)]
        every += [Moment(row.complete, begins=False, row=at) for at, row in enumerate(self.rows)]
        # A report of no length still begins before it ends.
        brief = {at for at, row in enumerate(self.rows) if row.start == row.complete}
        return iter(sorted(every, key=lambda m: (m.at, m.begins or m.row in brief, not m.begins)))

    def totals(self) -> dict[Key, tuple[int, int]]:
        """Return the good and review quantities of every operation that reported any."""
        good: dict[Key, int] = defaultdict(int)
        review: dict[Key, int] = defaultdict(int)
        for row in self.rows:
            good[row.operation] += row.good
            review[row.operation] += row.review
        return {key: (good[key], review[key]) for key in good}

    def orders_csv(self) -> bytes:
        """Return the orders as a file that a planner might bring."""
        out = io.StringIO()
        table = csv.writer(out, delimiter=";")
        table.writerow(
            [
                *("order", "part", "revision", "quantity", "due", "planned release"),
                *("operation", "work center", "operation description", "run minutes"),
            ]
        )
        for order, routing in self.routings.items():
            head = [order, self.parts[order], "A", self.quantities[order]]
            head += [self.due[order], self.first_day[order]]
            for at, (activity, machine) in enumerate(routing, start=1):
                table.writerow([*head, OPERATION_STEP * at, machine, activity, "1,0"])
        return out.getvalue().encode("cp1252")


def work_center(machine: str) -> str:
    """Return a machine of the log as the name of a work center: `M4`, `QC1`, `PACKING` …."""
    numbered = re.search(r"Machine (\d+)", machine)
    if numbered:
        return f"M{numbered[1]}"
    return {"Quality Check 1": "QC1"}.get(machine, machine.upper())


def badge(worker: str) -> str:
    """Return a worker of the log as a badge number; `other` is somebody nobody named."""
    number = worker.removeprefix("ID")
    return number if number.isdecimal() else NOBODYS_BADGE


def read() -> JobShop:
    """Return the log."""
    quantities: dict[str, int] = {}
    parts: dict[str, str] = {}
    routings: dict[str, list[tuple[str, str]]] = defaultdict(list)
    days: dict[str, list[str]] = defaultdict(list)
    rows = []
    with LOG.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            order = line["order"].upper()
            quantities[order] = int(line["order_quantity"])
            parts[order] = line["part"]
            activities = [activity for activity, _ in routings[order]]
            if line["activity"] not in activities:
                routings[order].append((line["activity"], work_center(line["machine"])))
                activities.append(line["activity"])
            number = OPERATION_STEP * (activities.index(line["activity"]) + 1)
            days[order] += [line["start"][:10], line["complete"][:10]]
            rows.append(
                Reported(
                    (order, number),
                    work_center(line["machine"]),
                    badge(line["worker"]),
                    line["start"],
                    line["complete"],
                    int(line["quantity_completed"]),
                    int(line["quantity_for_mrb"] or 0),
                )
            )
    due = {order: max(seen) for order, seen in days.items()}
    first = {order: min(seen) for order, seen in days.items()}
    return JobShop(tuple(rows), quantities, parts, dict(routings), due, first)
