"""Whatever a work order says, every symbol of its traveler scans from the printed page."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.domain.documents import Imprint, traveler_document
from server.domain.names import WorkCenterName
from server.domain.operations import RoutingStep
from server.domain.orders import WorkOrder
from server.domain.paper import DocumentKind, Sheet
from server.domain.symbols import ORDER_NUMBER, is_order_number
from server.printing.render import render
from server.services.ports import Document
from tests.printing.paperwork import IMPRINT, LETTER, TEMPLATES, order_of, pages, sheet_of

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

texts = st.text(st.characters(max_codepoint=0x4FF, exclude_categories=["C"]), max_size=200)
order_numbers = st.from_regex(ORDER_NUMBER, fullmatch=True).filter(is_order_number)
work_centers = st.from_regex(r"[A-Z0-9][A-Z0-9._-]{0,19}", fullmatch=True).map(WorkCenterName)
papers = st.sampled_from([IMPRINT, LETTER])
minutes = st.floats(0, 10_000, allow_nan=False)


@st.composite
def travelers(draw: st.DrawFn) -> tuple[WorkOrder, Sheet]:
    numbers = draw(st.sets(st.integers(0, 9999), min_size=1, max_size=9))
    routing = tuple(
        RoutingStep(
            number,
            draw(work_centers),
            draw(texts),
            setup_minutes=draw(minutes),
            run_minutes=draw(minutes),
        )
        for number in sorted(numbers)
    )
    order = order_of(
        0,
        draw(order_numbers),
        part=draw(texts),
        revision=draw(texts),
        description=draw(texts),
        quantity=draw(st.integers(1, 99_999_999)),
        hot=draw(st.booleans()),
        routing=routing,
    )
    serial = f"{draw(st.integers(0, 9_999_999)):07d}"
    return order, sheet_of(order, serial, draw(st.integers(1, 99)))


def assert_that_it_scans(order: WorkOrder, sheet: Sheet, imprint: Imprint) -> None:
    context = traveler_document(order, sheet, imprint)

    rendered = render(Document(DocumentKind.TRAVELER, order.number, context), [TEMPLATES])

    read = pages(rendered.pdf)
    assert sum(read, Counter()) == Counter(
        {context["envelope"]: len(read), **{o["code"]: 1 for o in context["operations"]}}
    )


@pytest.mark.timeout(120)
@settings(PATIENT, max_examples=10)
@given(travelers(), papers)
def test_every_symbol_of_a_traveler_scans(
    printed: tuple[WorkOrder, Sheet], imprint: Imprint
) -> None:
    assert_that_it_scans(*printed, imprint)


@pytest.mark.slow
@pytest.mark.timeout(600)
@settings(PATIENT, max_examples=100)
@given(travelers(), papers)
def test_every_symbol_of_a_hundred_travelers_scans(
    printed: tuple[WorkOrder, Sheet], imprint: Imprint
) -> None:
    assert_that_it_scans(*printed, imprint)
