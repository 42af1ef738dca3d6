"""(c) Cold start and memory with 10,000 open operations; (d) lists; and a release of 100 orders."""

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks import plant
from benchmarks.process import serving
from server.store import open_store
from tests.desk_session import Desk

TITLE = "(c) Cold start, (d) a dispatch list of 200 rows out of 10,000, release of 100 orders"
HEAD = "| what | measured |"
ORDERS = 1250
"""Orders of eight operations: 10,000 open operations on 50 lists of 200."""
RELEASED = 100


def measure() -> list[str]:
    """Return the rows of the table."""
    with TemporaryDirectory() as folder:
        size = plant.Size(work_centers=50, released=ORDERS, planned=RELEASED)
        url = plant.build(Path(folder), size)
        rows = _list_rows(url)
        with serving(Path(folder)) as server:
            resident = server.resident_mb()
            rows.append(f"| from the command to the first answer | {server.started_s:.2f} s |")
            rows.append(f"| resident memory after the start | {resident:.0f} MB |")
            desk = Desk(server.address, "admin", plant.PASSWORD)
            listed = _timed(lambda: desk.get("/desk/api/lists"), 9)
            rows.append(f"| loads of 50 work centers over HTTP | {listed:.1f} ms |")
            orders = [f"PL{at:06d}" for at in range(RELEASED)]
            began = time.perf_counter()
            body = {"orders": orders, "reason": "measured"}
            answer = desk.post("/desk/api/release", body)
            took = time.perf_counter() - began
            if len(answer["released"]) != RELEASED:
                raise RuntimeError(answer)
            rows.append(f"| release of 100 orders of 8 operations, with paper | {took:.2f} s |")
            rows.append(f"| resident memory after it | {server.resident_mb():.0f} MB |")
        return rows


def _list_rows(url: str) -> list[str]:
    store = open_store(url)
    work_center = plant.name(0)
    length = len(store.read(lambda books: books.dispatch_list(work_center)).rows)
    took = _timed(lambda: store.read(lambda books: books.dispatch_list(work_center)), 99)
    store.close()
    return [f"| dispatch list of {length} rows out of 10,000, in the server | {took:.1f} ms |"]


def _timed(act: Callable[[], object], rounds: int) -> float:
    """Return the median milliseconds of some rounds."""
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        took.append(1e3 * (time.perf_counter() - began))
    return median(took)
