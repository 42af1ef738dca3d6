"""A real shop, replayed: its orders imported and released, its reports sent as stations do.

Everything goes the public way: the import command, the desk's HTTP, the station protocol. The
floor broke our rules as real floors do; the product let it, and flagged it.
"""

import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
import socketio

from server.domain.floor import replay
from server.domain.names import AccountName, BadgeNumber, OrderNumber, StationName, WorkCenterName
from server.domain.plant import Account, Operator, Role, WorkCenter
from server.services import accounts, setup, stations
from server.services.ports import Plant
from server.services.rights import CONSOLE
from server.store import open_store
from tests.desk_session import Desk
from tests.scenarios import job_shop
from tests.scenarios.shop_floor import NAMESPACE, ShopFloor, travelers
from tests.served import Served
from tests.workshop import Clock, IdlePress, Listener

pytestmark = [
    pytest.mark.skipif(not job_shop.LOG.is_file(), reason="the job shop's log is not here"),
    pytest.mark.timeout(300),
]
PASSWORD = "a real shop's desk"


@pytest.fixture(scope="module")
def shop() -> job_shop.JobShop:
    """Return what the log tells."""
    return job_shop.read()


@pytest.fixture(params=["sqlite_url", "empty_postgresql_url"])
def database(request: pytest.FixtureRequest) -> str:
    """Return the URL of an empty database of each kind."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture
def served(tmp_path: Path, database: str, shop: job_shop.JobShop) -> Iterator[Served]:
    """Return the shop's server, set up, its orders imported, and begun.

    A server that runs cuts its screens off once when another process has imported; these
    stations do not come back by themselves.
    """
    set_up(database, shop)
    import_orders(tmp_path, database, shop)
    served = Served(tmp_path, database=database).start()
    yield served
    if served.is_running:
        served.stop()


def set_up(database: str, shop: job_shop.JobShop) -> None:
    """Set up the shop's machines as work centers with a station each, and its workers."""
    with closing(open_store(database)) as store:
        plant = Plant(store, Listener(), IdlePress(), Clock())
        dispatcher = Account(AccountName("dispatcher"), Role.ADMINISTRATOR)
        accounts.create_first_account(plant, dispatcher, PASSWORD)
        for machine in shop.machines:
            name = WorkCenterName(machine)
            setup.keep_work_center(plant, CONSOLE, WorkCenter(name))
            stations.add_station(plant, CONSOLE, machine, name)
        for badge in shop.badges:
            setup.keep_operator(plant, CONSOLE, Operator(BadgeNumber(badge), f"Worker {badge}"))


def import_orders(data: Path, database: str, shop: job_shop.JobShop) -> None:
    """Import the orders with the command that a planner runs."""
    file = data / "orders.csv"
    file.write_bytes(shop.orders_csv())
    command = [sys.executable, "-m", "server.cli", "import", "--data", str(data), str(file)]
    environment = {**os.environ, "FLOORLINE_DATABASE": database}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr


def connected(served: Served, desk: Desk, machine: str) -> socketio.Client:
    """Return a station that was enrolled with a code from the desk, and is connected."""
    code = desk.post(f"/desk/api/stations/{machine}/code", {})["code"]
    token = desk.enrol(machine, code)
    client = socketio.Client(reconnection=False)
    client.connect(
        served.address,
        auth={"station": machine, "token": token},
        namespaces=[NAMESPACE],
        transports=["websocket"],
    )
    return client


def current_travelers(desk: Desk, orders: list[str]) -> dict[str, str]:
    """Return the number of every order's current traveler, as the desk shows it."""
    found = {}
    for order in orders:
        sheets = desk.get(f"/desk/api/orders/{order}")["sheets"]
        found[order] = next(s["serial"] for s in sheets if s["superseded_at"] is None)
    return found


def test_a_real_shops_reports_end_in_the_logs_totals(
    served: Served, database: str, shop: job_shop.JobShop, record_property: Any
) -> None:
    orders = list(shop.routings)
    desk = Desk(served.address, "dispatcher", PASSWORD)
    released = desk.post("/desk/api/release", {"orders": orders, "reason": "from the log"})
    assert released["refused"] == []

    with ExitStack() as stack:
        clients = {machine: connected(served, desk, machine) for machine in shop.machines}
        for client in clients.values():
            stack.callback(client.disconnect)
        floor = ShopFloor(clients, travelers(current_travelers(desk, orders), shop.routings))
        for moment in shop.moments():
            floor.happen(moment, shop.rows[moment.row])
    assert served.stop() == 0

    assert floor.refused == []
    record_property("messages", floor.messages)
    record_property("insisted", dict(floor.insisted))
    record_property("flags", dict(floor.flags))
    assert_totals(database, shop)


def assert_totals(database: str, shop: job_shop.JobShop) -> None:
    """Compare every operation and order with the log, and the journal with the tables."""
    with closing(open_store(database)) as store:
        numbers = [OrderNumber(number) for number in shop.routings]
        orders = store.read(lambda books: {n: books.order(n) for n in numbers})
        journal = store.read(lambda books: books.entries(0, 1_000_000))
    reported = {
        (number, operation.number): (operation.done.good, operation.done.rework)
        for number, order in orders.items()
        for operation in order.operations
    }
    assert reported == shop.totals()
    by_order: dict[str, int] = defaultdict(int)
    for row in shop.rows:
        by_order[row.operation[0]] += row.good + row.review
    assert {
        n: sum(o.done.total for o in order.operations) for n, order in orders.items()
    } == by_order
    assert [entry.rev for entry in journal] == list(range(1, len(journal) + 1))
    assert replay(journal).orders == orders
    stations_heard = {entry.actor.station for entry in journal if entry.actor.station}
    assert stations_heard == {StationName(machine) for machine in shop.machines}
