"""What reading a file of orders costs: time and memory for 50,000 rows of each kind.

Run with `python -m benchmarks import`. Each kind is read in a process of its own,
so that the memory of one is not counted for the next.
"""

import multiprocessing
import subprocess
import sys
import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from server.domain.names import OrderNumber, WorkCenterName
from server.domain.operations import RoutingStep
from server.domain.orders import Plan
from server.exchange.orders import read_orders
from tests.exchange.writing import as_csv, as_flat_json, as_nested_json, as_xlsx, rows_of

ROWS = 50_000
TITLE = f"Reading a file of {ROWS:,} rows"
HEAD = "| file | MB | orders | seconds | peak MB | added MB |"
STEPS = 8
DUE = date(2026, 4, 1)


def plans(rows: int) -> list[Plan]:
    """Return orders that have so many operations in all."""
    return [_plan(number) for number in range(rows // STEPS)]


def _plan(number: int) -> Plan:
    due = DUE + timedelta(days=number % 90)
    routing = tuple(
        RoutingStep(
            10 * step,
            WorkCenterName(f"WC-{(number + step) % 40}"),
            f"Do step {step} as drawn",
            (WorkCenterName("WC-41"),),
            float(Decimal(number % 60) / 4),
            float(Decimal(number % 300) / 8),
        )
        for step in range(1, STEPS + 1)
    )
    return Plan(
        OrderNumber(f"WO{number:06}"),
        f"PART-{number % 700}",
        "C",
        f"Part of kind {number % 700}",
        1 + number % 500,
        due,
        due - timedelta(days=14),
        1 + number % 9,
        routing=routing,
    )


def peak() -> float:
    """Return the most memory this process has had, in MB; getrusage would count the parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def measure() -> list[str]:
    """Return the rows of the table, from a program that gevent has not patched."""
    program = [sys.executable, "-m", "benchmarks.import_costs"]
    done = subprocess.run(program, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.splitlines()


def read(kind: str, content: bytes) -> None:
    """Read a file and print what it cost."""
    before = peak()
    begun = time.perf_counter()
    reading = read_orders(kind, content, {})
    seconds = time.perf_counter() - begun
    after = peak()
    assert reading.errors == (), reading.errors[:3]
    size, memory = f"{len(content) / 1e6:.1f}", f"{after:.0f} | {after - before:.0f}"
    print(f"| {kind} | {size} | {len(reading.plans)} | {seconds:.2f} | {memory} |")


def main() -> None:
    """Print the rows of the table."""
    some = plans(ROWS)
    flat = rows_of(some)
    files = {
        "orders.csv": as_csv(flat),
        "orders.xlsx": as_xlsx(flat),
        "flat.json": as_flat_json(flat),
        "nested.json": as_nested_json(some),
    }
    fresh = multiprocessing.get_context("spawn")
    for kind, content in files.items():
        process = fresh.Process(target=read, args=(kind, content))
        process.start()
        process.join()


if __name__ == "__main__":
    main()
