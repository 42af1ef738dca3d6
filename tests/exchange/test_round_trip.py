"""Whatever planning says survives every kind of file, and no bytes bring the reader down."""

import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.orders import Plan
from server.exchange.findings import Expected
from server.exchange.orders import read_orders
from server.services.ports import Reading
from tests.exchange.writing import (
    as_csv,
    as_flat_json,
    as_nested_json,
    as_xlsx,
    plant_plans,
    rows_of,
)

# What is drawn takes milliseconds alone, and longer beside other tests on a small machine.
MANY = settings(max_examples=100, deadline=None)
FEW = settings(max_examples=25, deadline=None)
NAMES = ["orders.csv", "orders.xlsx", "orders.json", "orders"]


def planned(reading: Reading) -> list[Plan]:
    assert reading.errors == ()
    return [row.plan for row in reading.plans]


@MANY
@given(some=plant_plans(), delimiter=st.sampled_from(",;\t"))
def test_plans_survive_csv(some: list[Plan], delimiter: str) -> None:
    mapping = {"numbers.decimal": "."}

    reading = read_orders("o.csv", as_csv(rows_of(some), delimiter), mapping)

    assert planned(reading) == some


@FEW
@given(some=plant_plans(), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_plans_survive_every_encoding(some: list[Plan], encoding: str) -> None:
    reading = read_orders("o.csv", as_csv(rows_of(some), encoding=encoding), {})

    assert planned(reading) == some


@MANY
@given(some=plant_plans())
def test_plans_survive_flat_json(some: list[Plan]) -> None:
    assert planned(read_orders("o.json", as_flat_json(rows_of(some)), {})) == some


@MANY
@given(some=plant_plans())
def test_plans_survive_nested_json(some: list[Plan]) -> None:
    assert planned(read_orders("o.json", as_nested_json(some), {})) == some


@FEW
@given(some=plant_plans())
def test_plans_survive_xlsx(some: list[Plan]) -> None:
    assert planned(read_orders("o.xlsx", as_xlsx(rows_of(some)), {})) == some


def is_known(reading: Reading) -> bool:
    return all(error.expected.split(":")[0] in set(Expected) for error in reading.errors)


@MANY
@given(name=st.sampled_from(NAMES), content=st.binary())
def test_any_bytes_give_an_answer(name: str, content: bytes) -> None:
    reading = read_orders(name, content, {})

    assert reading.errors
    assert is_known(reading)


@MANY
@given(
    text=st.text(st.sampled_from('order,part;quantity\tdue"operation|work_center\r\n1+-.{}[]:é'))
)
def test_any_text_gives_an_answer(text: str) -> None:
    assert is_known(read_orders("o.csv", text.encode(), {}))
    assert is_known(read_orders("o.json", text.encode(), {}))


@MANY
@given(cells=st.lists(st.text(), min_size=6, max_size=16), rows=st.integers(1, 3))
def test_any_cells_give_an_answer(cells: list[str], rows: int) -> None:
    header = "order,part,quantity,due,operation,work_center,priority,hot,alternates,setup_minutes"
    row = ",".join('"{}"'.format(cell.replace('"', '""')) for cell in cells)
    content = "\n".join([header, *[row] * rows]).encode("utf-8", "surrogatepass")

    assert is_known(read_orders("o.csv", content, {}))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["order", "due", "quantity", "operations", "number", "hot", "x"]), inner
        )
    ),
    max_leaves=20,
)


@MANY
@given(document=json_values, as_file=st.just(as_flat_json))
def test_any_json_gives_an_answer(
    document: object, as_file: Callable[[list[dict[str, object]]], bytes]
) -> None:
    content = as_file([{"order": "A", "part": document, "quantity": document, "operations": []}])
    nested = content.replace(b'"operations": []', b'"operations": [{"number": 1}]')

    assert is_known(read_orders("o.json", content, {}))
    assert is_known(read_orders("o.json", nested, {}))


@pytest.fixture(scope="module")
def workbook() -> bytes:
    return as_xlsx([{"order": "A", "part": "P", "quantity": 1}])


@FEW
@given(data=st.data())
def test_a_damaged_workbook_gives_an_answer(workbook: bytes, data: st.DataObject) -> None:
    parts = zipfile.ZipFile(io.BytesIO(workbook))
    spoiled = data.draw(st.sampled_from(parts.namelist()))
    text = parts.read(spoiled)
    at = data.draw(st.integers(0, len(text)))
    patch = data.draw(st.sampled_from([b"", b"<", b">", b'"', b"\x00", b"99999", b"-1", b"&x;"]))
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as damaged:
        for name in parts.namelist():
            as_is = parts.read(name)
            damaged.writestr(name, text[:at] + patch + text[at:] if name == spoiled else as_is)

    assert is_known(read_orders("o.xlsx", content.getvalue(), {}))
