"""The documentation says every code and every limit, and the samples are what it promises."""

from pathlib import Path

import pytest

from server.demo.load import load_demo
from server.exchange import limits
from server.exchange.findings import Expected
from server.exchange.mapping import read_mapping
from server.exchange.orders import read_orders
from server.exchange.synonyms import Field
from server.services.planning import import_orders
from server.services.ports import Plant
from server.services.rights import CONSOLE
from tests.exchange.writing import as_nested_json, as_xlsx, rows_of
from tests.fakes.memory_store import MemoryStore
from tests.workshop import Clock, IdlePress, Listener

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


@pytest.fixture(scope="module")
def page() -> str:
    return (ROOT / "docs" / "import-format.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", Expected)
def test_every_code_is_documented_with_an_example(page: str, code: Expected) -> None:
    assert f"| `{code}` | `{code}" in page


@pytest.mark.parametrize("field", Field)
def test_every_column_is_documented(page: str, field: Field) -> None:
    assert f"`{field}`" in page


def test_the_limits_are_documented_as_they_are(page: str) -> None:
    stated = [
        f"{limits.FILE_BYTES // 1_000_000} MB a file",
        f"{limits.ROWS:,} rows",
        f"{limits.COLUMNS:,} columns",
        f"{limits.ORDERS:,} orders",
        f"{limits.UNPACKED_BYTES // 1_000_000} MB unpacked",
        f"{limits.UNPACKED_OTHER_BYTES // 1_000_000} MB without its sheets",
        f"at most {limits.OPERATIONS_PER_ORDER} operations",
        f"at most {limits.MINUTES[1]:,} minutes",
        f"1 to {limits.QUANTITY[1]:,}",
        f"At most {limits.LISTED_ERRORS:,} errors",
        f"at most {limits.ALTERNATES}",
    ]

    assert [text for text in stated if text not in page] == []


def test_the_samples_say_the_same_in_every_kind_of_file() -> None:
    mapping = read_mapping("german.toml", (EXAMPLES / "german.toml").read_bytes()).mapping
    content = {name: (EXAMPLES / name).read_bytes() for name in ("orders.csv", "orders.json")}
    german = (EXAMPLES / "orders-german.csv").read_bytes()

    readings = [read_orders(name, bytes_, {}) for name, bytes_ in content.items()]
    readings.append(read_orders("orders-german.csv", german, mapping))
    plans = [row.plan for row in readings[0].plans]
    readings.append(read_orders("orders.xlsx", as_xlsx(rows_of(plans)), {}))
    readings.append(read_orders("orders.json", as_nested_json(plans), {}))

    assert [reading.errors for reading in readings] == [()] * 5
    assert [reading.unused for reading in readings] == [()] * 5
    assert [[row.plan for row in reading.plans] for reading in readings] == [plans] * 5


def test_the_samples_are_new_orders_at_work_centers_of_the_demo() -> None:
    plant = Plant(MemoryStore(), Listener(), IdlePress(), Clock())
    load_demo(plant, seed=1)
    reading = read_orders("orders.csv", (EXAMPLES / "orders.csv").read_bytes(), {})

    report = import_orders(plant, CONSOLE, [reading])

    places = {one.name for one in plant.store.read(lambda books: books.work_centers())}
    steps = [step for row in reading.plans for step in row.plan.routing]
    assert (report.errors, report.created) == ((), ("EX1001", "EX1002"))
    assert {name for step in steps for name in (step.work_center, *step.alternates)} <= places
