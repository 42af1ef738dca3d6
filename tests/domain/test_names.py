"""Names: an operation reads back as it is written, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.names import OperationId, OrderNumber
from tests.domain.codes import operations, orders


@given(orders, operations)
def test_an_operation_reads_back_as_it_is_written(order: str, number: int) -> None:
    operation = OperationId(OrderNumber(order), number)

    assert OperationId.parse(str(operation)) == operation


@pytest.mark.parametrize(
    "text",
    [
        *("", "/", "WO1", "WO1/", "/010", "WO1/01a", "WO1/-10", "WO1/ 10", "WO1/10 ", "WO1/1.0"),
        *("WO1/٠١٠", "WO1/०१०", "WO1/¹⁰", "WO1/10000", "WO1/" + "9" * 5000),
    ],
)
def test_what_is_no_operation_is_refused(text: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - its only word is the text.
        OperationId.parse(text)

    assert refused.value.args == (text,)


@given(st.text())
def test_any_text_is_an_operation_or_a_value_error(text: str) -> None:
    try:
        operation = OperationId.parse(text)
    except ValueError:
        return

    assert 0 <= operation.number <= 9999
