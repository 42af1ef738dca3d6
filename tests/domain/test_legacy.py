"""A plant's own codes from before Floorline."""

from collections.abc import Callable

import pytest

from server.domain.names import BadgeNumber, OrderNumber, Serial
from server.domain.scan import (
    Badge,
    LegacyKind,
    LegacyPattern,
    LegacyPatternRefused,
    OrderOperation,
    OrderSheet,
    Reason,
    Scanned,
    Unknown,
    read,
    typed,
)
from server.domain.symbols import order_envelope

ORDER = OrderNumber("WO100245")
SERIAL = Serial("0000123")

LEGACY = (
    LegacyPattern.compile(r"(?P<order>J\d{5})-(?P<operation>\d{1,3})", LegacyKind.OPERATION),
    LegacyPattern.compile(r"JOB (?P<order>\S+)", LegacyKind.ORDER),
    LegacyPattern.compile(r"(?P<badge>\d{3})|EMP(?P<other>.*)", LegacyKind.BADGE),
)


@pytest.mark.parametrize("reader", [read, typed])
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("j10245-20", OrderOperation(OrderNumber("J10245"), 20)),
        ("JOB J10245", OrderSheet(OrderNumber("J10245"))),
        ("471", Badge(BadgeNumber("471"))),
        ("JOB A+B", Unknown("JOB A+B", Reason.NOT_OURS)),
        ("EMP?", Unknown("EMP?", Reason.NOT_OURS)),
    ],
)
def test_a_plants_own_formats_are_read_by_its_patterns(
    reader: Callable[[str, tuple[LegacyPattern, ...]], Scanned], text: str, says: Scanned
) -> None:
    assert reader(text, LEGACY) == says


def test_a_plants_pattern_goes_before_our_bare_codes_but_not_before_our_envelopes() -> None:
    greedy = (LegacyPattern.compile(r"(?s).*(?P<order>WO).*", LegacyKind.ORDER),)
    pattern = (LegacyPattern.compile(r"(?P<order>WO\d{6})", LegacyKind.ORDER),)

    assert read("WO100245") == OrderSheet(OrderNumber("O100245"))
    assert read("WO100245", pattern) == OrderSheet(ORDER)
    assert read(order_envelope(ORDER, SERIAL, 25), greedy) == OrderSheet(ORDER, SERIAL, 25)


@pytest.mark.parametrize(
    ("pattern", "kind", "missing"),
    [
        ("(", LegacyKind.ORDER, ()),
        (r"\d+", LegacyKind.BADGE, ("badge",)),
        (r"(?P<order>\d+)", LegacyKind.OPERATION, ("operation",)),
    ],
)
def test_a_pattern_that_could_never_work_is_refused_when_it_is_configured(
    pattern: str, kind: LegacyKind, missing: tuple[str, ...]
) -> None:
    with pytest.raises(LegacyPatternRefused) as refused:
        LegacyPattern.compile(pattern, kind)

    assert (refused.value.pattern, refused.value.missing) == (pattern, missing)
