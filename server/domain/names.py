"""Names of the things on the floor: one type for each identifier."""

from typing import NamedTuple, NewType

OrderNumber = NewType("OrderNumber", str)
"""The number of a work order, such as `WO100245`; it never contains `+`."""
WorkCenterName = NewType("WorkCenterName", str)
"""The name of a work center, such as `LATHE-2`."""
StationName = NewType("StationName", str)
"""The name of a kiosk's place; at most plants the name of its work center."""
BadgeNumber = NewType("BadgeNumber", str)
"""The number on an operator's badge, without its data identifier."""
AccountName = NewType("AccountName", str)
"""The sign-in name of a dispatcher or administrator."""
Serial = NewType("Serial", str)
"""The form control number of one printed sheet: seven digits."""

_LONGEST_NUMBER = 4
"""Digits of an operation number, as many as a code can carry."""


class OperationId(NamedTuple):
    """An operation of a work order; written `WO100245/010`."""

    order: OrderNumber
    number: int

    def __str__(self) -> str:
        """Return the operation as people and screens write it."""
        return f"{self.order}/{self.number:03d}"

    @classmethod
    def parse(cls, text: str) -> "OperationId":
        """Return the operation written as `WO100245/010`; raise ValueError for anything else."""
        order, slash, number = text.rpartition("/")
        # Other scripts have decimal digits too, and int() would read them.
        if not (slash and order and number.isascii() and number.isdecimal()):
            raise ValueError(text)
        if len(number) > _LONGEST_NUMBER:
            raise ValueError(text)
        return cls(OrderNumber(order), int(number))
