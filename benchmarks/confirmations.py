"""(a) Confirmations a second, durable before they are answered, beside a bare echo."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import plant
from benchmarks.load import Load, Message, listening, new_id, press
from benchmarks.process import echoing, serving
from benchmarks.wire import Wire

STATIONS = (1, 50, 200)
SECONDS = 5.0


def measure() -> list[str]:
    """Return the rows of the table."""
    with TemporaryDirectory() as folder:
        plant.build(Path(folder), plant.Size(work_centers=50, stations=max(STATIONS), released=100))
        rows = []
        with serving(Path(folder)) as server, echoing() as echo:
            for count in STATIONS:
                confirmed = _confirm(server.address, count)
                echoed = _echo(echo.address, count)
                rows.append(_row(confirmed, echoed))
        return rows


def _confirm(address: str, count: int) -> Load:
    wires = [
        Wire(address, "/station", {"station": plant.station(at), "token": plant.token(at)})
        for at in range(count)
    ]
    listening(wires)

    def message(at: int) -> Message:
        operation = str(plant.running(at))
        return "report", {"id": new_id(), "operation": operation, "verb": "quantity", "good": 1}

    return _pressed(wires, message)


def _echo(address: str, count: int) -> Load:
    wires = [Wire(address, "/echo") for _ in range(count)]
    listening(wires)

    def message(at: int) -> Message:
        operation = str(plant.running(at))
        return "ask", {"id": new_id(), "operation": operation, "verb": "quantity", "good": 1}

    return _pressed(wires, message)


def _pressed(wires: list[Wire], message: Callable[[int], Message]) -> Load:
    press(wires, message, 1.0)  # Warms both servers up alike.
    load = press(wires, message, SECONDS)
    for wire in wires:
        wire.close()
    return load


def _row(confirmed: Load, echoed: Load) -> str:
    ratio = confirmed.per_second / echoed.per_second
    return (
        f"| {confirmed.clients} | {confirmed.per_second:,.0f} | {confirmed.p50_ms:.1f} | "
        f"{confirmed.p99_ms:.1f} | {echoed.per_second:,.0f} | {echoed.p50_ms:.1f} | "
        f"{echoed.p99_ms:.1f} | {ratio:.2f} |"
    )


TITLE = "(a) Confirmations, answered after the durable commit"
HEAD = "| stations | confirmed/s | p50 ms | p99 ms | echoed/s | p50 ms | p99 ms | ratio |"
