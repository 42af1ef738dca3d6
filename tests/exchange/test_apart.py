"""Files read in a process apart say the same, and none of them can hold up or harm the server."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from server.exchange import apart
from server.exchange.apart import ReaderApart
from server.exchange.orders import read_orders
from server.services.ports import FileError, Reading
from tests.exchange.writing import as_csv, sheet

pytestmark = pytest.mark.timeout(120)

EXAMPLES = Path(__file__).parents[2] / "examples"
TOO_COSTLY = Reading(errors=(FileError("o.csv", None, "", "", "too-costly"),))
WITH_READER = "from server.exchange.apart import main; main(lambda *asked: {})"
IN_GEVENT = """
from gevent import monkey
monkey.patch_all()
import gevent, sys
from server.exchange.apart import ReaderApart
HANGS = [sys.executable, "-c", "import time; time.sleep(600)"]
turns = 0
def work():
    global turns
    while True:
        gevent.sleep(0.01)
        turns += 1
gevent.spawn(work)
hung = ReaderApart(HANGS, longest_s=1)("o.csv", bytes(1_000_000), {})
print([error.expected for error in hung.errors], turns > 5)
print(ReaderApart()("o.csv", b"order,part", {}).errors[0].expected)
"""


def running(code: str) -> list[str]:
    """Return the command of a process that does something else than reading."""
    return [sys.executable, "-c", code]


def with_reader(does: str) -> list[str]:
    """Return the command of the true process with another reader inside."""
    return running(WITH_READER.format(does))


@pytest.mark.parametrize(
    ("name", "content", "mapping"),
    [
        ("orders.csv", (EXAMPLES / "orders.csv").read_bytes(), {}),
        ("orders.json", (EXAMPLES / "orders.json").read_bytes(), {}),
        ("orders-german.csv", (EXAMPLES / "orders-german.csv").read_bytes(), {"dates.order": "x"}),
        ("o.xlsx", sheet([["order", "Größe"], ["WO1", "ä\nb"]]), {}),
        ("o\n“1”.csv", b"", {}),
        ("o.json", b'[{"order": "WO1", "\\ud800": 1}]', {}),
    ],
)
def test_a_process_apart_reads_what_the_reader_reads(
    name: str, content: bytes, mapping: dict[str, str]
) -> None:
    assert ReaderApart()(name, content, mapping) == read_orders(name, content, mapping)


def test_a_reading_of_many_parts_is_whole() -> None:
    row = {"part": "SHAFT", "quantity": 1, "due": "2026-03-31", "operation": 10}
    many = 2 * apart.PLANS_AT_ONCE + 1
    rows = [{"order": f"WO{n}", **row, "work_center": "L", "size": ""} for n in range(many)]
    content = as_csv(rows)

    reading = ReaderApart()("o.csv", content, {})

    assert reading == read_orders("o.csv", content, {})
    assert (len(reading.plans), reading.unused) == (many, ("size",))


@pytest.mark.parametrize(
    ("command", "longest_s"),
    [
        pytest.param(running("import time; time.sleep(600)"), 1, id="hangs"),
        pytest.param(with_reader("bytearray(2_000_000_000)"), 60, id="eats memory"),
        pytest.param(with_reader("1 / 0"), 60, id="fails"),
        pytest.param(running("import os; os.kill(os.getpid(), 9)"), 60, id="is killed"),
    ],
)
def test_a_file_that_a_process_cannot_read_is_too_costly(
    command: list[str], longest_s: float
) -> None:
    content = bytes(1_000_000)

    assert ReaderApart(command, longest_s)("o.csv", content, {}) == TOO_COSTLY


def test_a_process_that_is_given_up_is_gone(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    code = f"import os, time; open({str(told)!r}, 'w').write(str(os.getpid())); time.sleep(600)"

    ReaderApart(running(code), longest_s=3)("o.csv", b"", {})

    with pytest.raises(ProcessLookupError):
        os.kill(int(told.read_text()), 0)


def test_one_file_is_read_at_a_time(tmp_path: Path) -> None:
    code = "import os, time; os.mkdir('{0}'); time.sleep(0.3); os.rmdir('{0}'); print('{{}}')"
    reader = ReaderApart(running(code.format(tmp_path / "taken")))
    readings: list[Reading] = []
    threads = [
        threading.Thread(target=lambda: readings.append(reader("o.csv", b"", {}))) for _ in range(3)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert readings == [Reading()] * 3


def test_others_go_on_while_a_process_hangs() -> None:
    reader = ReaderApart(running("import time; time.sleep(600)"), longest_s=1)
    reading = threading.Thread(target=reader, args=("o.csv", b"", {}))
    longest = 0.0

    reading.start()
    while reading.is_alive():
        began = time.monotonic()
        reading.join(0.01)
        longest = max(longest, time.monotonic() - began)

    assert longest < 0.9


def test_greenlets_go_on_while_a_process_hangs() -> None:
    done = subprocess.run(running(IN_GEVENT), capture_output=True, text=True, check=True)

    assert done.stdout.splitlines() == ["['too-costly'] True", "order-rows"]
