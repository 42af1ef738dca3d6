"""Strategies: codes of ours with what they say, and the damage that happens to them."""

import re

from hypothesis import strategies as st

from server.domain.names import BadgeNumber, OrderNumber
from server.domain.scan import (
    Badge,
    Command,
    FormNumber,
    OrderOperation,
    OrderSheet,
    Scanned,
    SheetOperation,
    StationLabel,
    TravelerLine,
)
from server.domain.symbols import (
    BADGE_NUMBER,
    NAME,
    ORDER_NUMBER,
    LineNumber,
    badge_code,
    command_code,
    controlled_order,
    form_code,
    is_order_number,
    line_code,
    operation_envelope,
    order_envelope,
    order_operation,
    sheet_serial,
    station_code,
)

SEPARATORS = "\x1d\x1e\x04"

# Order numbers are drawn to be nasty: full of our own data identifiers and of digits.
orders = (
    st.one_of(
        st.from_regex(ORDER_NUMBER, fullmatch=True),
        st.lists(st.sampled_from(["W", "10W", "3W", "Q", "1", "00", "0000123", "WO", "-", "/"]))
        .map("".join)
        .filter(lambda text: re.fullmatch(ORDER_NUMBER, text)),
    )
    .filter(is_order_number)
    .map(OrderNumber)
)
operations = st.integers(0, 9999)
serials = st.integers(0, 9_999_999).map(sheet_serial)
quantities = st.integers(0, 99_999_999)
badges = st.from_regex(BADGE_NUMBER, fullmatch=True).map(BadgeNumber)
names = st.from_regex(NAME, fullmatch=True)


@st.composite
def sheets(draw: st.DrawFn) -> tuple[str, Scanned]:
    """Return an envelope of ours and what it says."""
    order, serial, quantity = draw(orders), draw(serials), draw(quantities)
    if draw(st.booleans()):
        return order_envelope(order, serial, quantity), OrderSheet(order, serial, quantity)
    number = draw(operations)
    says = SheetOperation(order, number, serial, quantity)
    return operation_envelope(order, number, serial, quantity), says


@st.composite
def line_codes(draw: st.DrawFn) -> tuple[str, Scanned]:
    """Return a traveler line code and what it says."""
    serial, line = draw(serials), draw(st.integers(0, 99))
    return line_code(serial, line), TravelerLine(serial, LineNumber(line))


bare = st.one_of(
    line_codes(),
    orders.map(lambda order: (controlled_order(order), OrderSheet(order))),
    st.builds(
        lambda order, number: (order_operation(order, number), OrderOperation(order, number)),
        orders,
        operations,
    ),
    st.builds(
        lambda badge, contractor: (
            badge_code(badge, contractor=contractor),
            Badge(badge, contractor),
        ),
        badges,
        st.booleans(),
    ),
    names.map(lambda name: (station_code(name), StationLabel(name))),
    names.map(lambda name: (command_code(name), Command(name))),
    serials.map(lambda serial: (form_code(serial), FormNumber(serial))),
)
composed = st.one_of(bare, sheets())


@st.composite
def damaged(draw: st.DrawFn, code: str) -> str:
    """Return the code after a keyboard wedge has lost, doubled or replaced its separators."""
    ways = {mark: [mark, "", mark + mark, "\x00", "\x00\x00", mark + "\x00"] for mark in SEPARATORS}
    return "".join(draw(st.sampled_from(ways[c])) if c in ways else c for c in code)
