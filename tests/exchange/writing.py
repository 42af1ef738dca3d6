"""Orders as files: what a planner's spreadsheet or system would write."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import openpyxl
from hypothesis import strategies as st
from openpyxl.cell import WriteOnlyCell

from server.domain.names import OrderNumber, WorkCenterName
from server.domain.operations import RoutingStep
from server.domain.orders import Plan
from server.domain.symbols import is_order_number
from server.exchange import limits
from server.exchange.synonyms import Field

HEADERS = tuple(f for f in Field if f not in {Field.SETUP_HOURS, Field.RUN_HOURS})

_words = st.text(
    st.characters(
        codec="utf-8", categories=["L", "N", "P", "S", "Zs"], exclude_characters="\ufffe"
    ),
    max_size=limits.REVISION_LENGTH,
).map(str.strip)
_names = (
    st.text(st.sampled_from("ABCXYZabcäöü0189-_/. "), min_size=1, max_size=12)
    .map(str.strip)
    .filter(bool)
    .map(WorkCenterName)
)
_numbers = st.from_regex(r"[A-Z0-9][A-Z0-9./_-]{0,19}", fullmatch=True).filter(is_order_number)
_minutes = st.integers(0, 10_000_000).map(lambda thousandths: thousandths / 1000)
_dates = st.dates(*limits.DATES)


@st.composite
def steps(draw: st.DrawFn, number: int) -> RoutingStep:
    """Draw one step of a routing."""
    work_center = draw(_names)
    others = draw(st.lists(_names.filter(lambda n: n != work_center), max_size=3, unique=True))
    return RoutingStep(
        number=number,
        work_center=work_center,
        description=draw(_words),
        alternates=tuple(others),
        setup_minutes=draw(_minutes),
        run_minutes=draw(_minutes),
    )


@st.composite
def plans(draw: st.DrawFn, number: str) -> Plan:
    """Draw what planning may say of an order."""
    numbers = draw(
        st.lists(st.integers(*limits.OPERATION_NUMBER), min_size=1, max_size=4, unique=True)
    )
    return Plan(
        number=OrderNumber(number),
        part=draw(_words.filter(bool)),
        revision=draw(_words),
        description=draw(_words),
        quantity=draw(st.integers(*limits.QUANTITY)),
        due=draw(_dates),
        planned_release=draw(_dates),
        priority=draw(st.integers(*limits.PRIORITY)),
        hot=draw(st.booleans()),
        routing=tuple(draw(steps(number)) for number in sorted(numbers)),
    )


@st.composite
def plant_plans(draw: st.DrawFn) -> list[Plan]:
    """Draw some orders with different numbers."""
    numbers = draw(st.lists(_numbers, min_size=1, max_size=4, unique=True))
    return [draw(plans(number)) for number in numbers]


def order_values(plan: Plan) -> dict[str, Any]:
    """Return the values of an order under our column names."""
    return {
        "order": plan.number,
        "part": plan.part,
        "revision": plan.revision,
        "description": plan.description,
        "quantity": plan.quantity,
        "due": plan.due,
        "priority": plan.priority,
        "hot": plan.hot,
        "planned_release": plan.planned_release,
    }


def step_values(step: RoutingStep) -> dict[str, Any]:
    """Return the values of an operation under our column names."""
    return {
        "operation": step.number,
        "work_center": step.work_center,
        "alternates": ";".join(step.alternates),
        "operation_description": step.description,
        "setup_minutes": step.setup_minutes,
        "run_minutes": step.run_minutes,
    }


def rows_of(some: Iterable[Plan]) -> list[dict[str, Any]]:
    """Return one row for each operation."""
    return [order_values(plan) | step_values(step) for plan in some for step in plan.routing]


def as_csv(
    rows: Sequence[Mapping[str, Any]], delimiter: str = ",", encoding: str = "utf-8"
) -> bytes:
    """Return rows as a CSV file, its header from the keys of the first."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(rows[0])
    writer.writerows([_as_text(value) for value in row.values()] for row in rows)
    return text.getvalue().encode(encoding)


def as_xlsx(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return rows as an XLSX file with typed cells."""
    header = list(rows[0])
    return sheet([header, *(list(row.values()) for row in rows)], formulas=False)


def sheet(rows: Iterable[Sequence[Any]], *, formulas: bool = True) -> bytes:
    """Return cells as an XLSX file; without formulas, a text may begin with `=`."""
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("Orders")
    for row in rows:
        cells = [WriteOnlyCell(page, _as_cell(value)) for value in row]
        for cell in cells:
            if cell.data_type == "f" and not formulas:
                cell.data_type = "s"
        page.append(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def calculated(content: bytes, kind: str, value: str) -> bytes:
    """Return an XLSX file as a spreadsheet saves it: every formula with its value."""
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(saved, "w") as after:
        for name in before.namelist():
            part = before.read(name).decode()
            part = re.sub(
                r'<c r="(\w+)"[^>]*><f>(.*?)</f><v ?/?>(</v>)?',
                rf'<c r="\1" t="{kind}"><f>\2</f><v>{value}</v>',
                part,
            )
            after.writestr(name, part)
    return saved.getvalue()


def as_flat_json(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return rows as a JSON list."""
    return json.dumps(list(rows), default=str, ensure_ascii=False).encode()


def as_nested_json(some: Iterable[Plan]) -> bytes:
    """Return orders as JSON with their operations inside."""
    orders = []
    for plan in some:
        order = order_values(plan)
        order["number"] = order.pop("order")
        order["operations"] = [_nested(step) for step in plan.routing]
        orders.append(order)
    return json.dumps({"orders": orders}, default=str).encode()


def _nested(step: RoutingStep) -> dict[str, Any]:
    values = step_values(step)
    values["number"] = values.pop("operation")
    values["description"] = values.pop("operation_description")
    return values | {"alternates": list(step.alternates)}


def _as_text(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{Decimal(repr(value)):f}"
        case _:
            return str(value)


def _as_cell(value: Any) -> Any:
    return datetime.combine(value, time()) if type(value) is date else value
