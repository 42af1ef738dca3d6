"""Refusals: what the rules say no to, each with a stable code and its data in fields.

Refusal
├── UnknownCode, UnreadableCode, UnknownSheet, NotATraveler    the scan named nothing we know
├── Undecodable                                            a station's box sent what makes no sense
├── UnknownOrder, UnknownOperation, UnknownWorkCenter, UnknownStation
├── UnknownBadge, BadgeNeeded                                    who is it?
├── NotReleased, OrderHeld, SheetSuperseded                      not now, and nobody may insist
├── FloorRule: a rule the floor may break; it is recorded and flagged
│   ├── WrongWorkCenter, NothingArrived, AlreadyDone, TooMany
├── NotRunning, NotInCrew, AlreadyInCrew, NothingReported, ReasonNeeded, UndoTooLate
├── ReleaseChecksFailed, AlreadyReleased, NothingToUndo
├── ListChanged, Frozen, NotOnTheList                            resequencing
├── NotAllowed, SignInFailed, SetUpFailed, EnrolmentFailed, NameTaken    accounts and stations
└── Invalid                                                a form or message, all of it at once

A refusal is expected: it is shown to the person and logged at INFO. Its text is for the log;
screens turn `code` and `details` into words in the reader's language.
"""

from typing import Any, ClassVar

from server.domain.names import OperationId, OrderNumber, Serial, WorkCenterName


class Refusal(Exception):
    """Something the rules do not allow, with a stable code and the data behind it."""

    code: ClassVar[str] = "refused"

    def __init__(self, **details: object) -> None:
        super().__init__(f"{self.code} {details}")
        self.details: dict[str, Any] = details


class UnknownCode(Refusal):
    """The scanned code is not one of ours."""

    code = "unknown-code"

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(text=text, reason=reason)


class UnreadableCode(Refusal):
    """The scanned code arrived damaged."""

    code = "unreadable"

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(text=text, reason=reason)


class Undecodable(Refusal):
    """What a station sent from its journal makes no sense; it is kept as it came, and flagged."""

    code = "undecodable"


class UnknownSheet(Refusal):
    """The sheet was never printed by this plant."""

    code = "unknown-sheet"

    def __init__(self, serial: Serial) -> None:
        super().__init__(serial=serial)


class NotATraveler(Refusal):
    """The code is ours but starts no work: a station label, a command, a header of a sheet."""

    code = "not-a-traveler"

    def __init__(self, what: str) -> None:
        super().__init__(what=what)


class UnknownOrder(Refusal):
    """There is no work order of that number."""

    code = "unknown-order"

    def __init__(self, order: OrderNumber) -> None:
        super().__init__(order=order)


class UnknownOperation(Refusal):
    """The work order has no operation of that number."""

    code = "unknown-operation"

    def __init__(self, operation: OperationId) -> None:
        super().__init__(order=operation.order, operation=f"{operation.number:03d}")


class UnknownWorkCenter(Refusal):
    """There is no work center of that name."""

    code = "unknown-work-center"

    def __init__(self, work_center: str) -> None:
        super().__init__(work_center=work_center)


class UnknownStation(Refusal):
    """There is no station of that name."""

    code = "unknown-station"

    def __init__(self, station: str) -> None:
        super().__init__(station=station)


class UnknownBadge(Refusal):
    """No operator has that badge."""

    code = "unknown-badge"

    def __init__(self, badge: str) -> None:
        super().__init__(badge=badge)


class BadgeNeeded(Refusal):
    """The action needs to know who does it."""

    code = "badge-needed"


class NotReleased(Refusal):
    """The work order has not been released to the floor."""

    code = "not-released"

    def __init__(self, order: OrderNumber, state: str) -> None:
        super().__init__(order=order, state=state)


class OrderHeld(Refusal):
    """The work order is held."""

    code = "held"

    def __init__(self, order: OrderNumber, why: str) -> None:
        super().__init__(order=order, why=why)


class SheetSuperseded(Refusal):
    """The sheet no longer says what the order says."""

    code = "sheet-superseded"

    def __init__(self, serial: Serial, order: OrderNumber, replaced_by: Serial | None) -> None:
        super().__init__(serial=serial, order=order, replaced_by=replaced_by)


class FloorRule(Refusal):
    """A rule the floor may break with a second, deliberate touch: recorded and flagged."""

    flag: ClassVar[str] = "insisted"


class WrongWorkCenter(FloorRule):
    """The operation belongs to another work center."""

    code = "wrong-work-center"
    flag = "rerouted"

    def __init__(self, right: WorkCenterName, here: WorkCenterName) -> None:
        super().__init__(right=right, here=here)


class NothingArrived(FloorRule):
    """The previous operation has not reported any good pieces that are still to be worked on."""

    code = "nothing-arrived"
    flag = "out_of_order"

    def __init__(self, previous: OperationId, work_center: WorkCenterName, arrived: int) -> None:
        super().__init__(
            previous=f"{previous.number:03d}", work_center=work_center, arrived=arrived
        )


class AlreadyDone(FloorRule):
    """The operation has been completed."""

    code = "already-done"
    flag = "already_done"

    def __init__(self, operation: OperationId, good: int) -> None:
        super().__init__(order=operation.order, operation=f"{operation.number:03d}", good=good)


class TooMany(FloorRule):
    """More pieces are reported than have arrived."""

    code = "too-many"
    flag = "over_quantity"

    def __init__(self, reported: int, arrived: int) -> None:
        super().__init__(reported=reported, arrived=arrived)


class NotRunning(Refusal):
    """Quantities and pauses need a running operation."""

    code = "not-running"

    def __init__(self, operation: OperationId, state: str) -> None:
        super().__init__(order=operation.order, operation=f"{operation.number:03d}", state=state)


class NotInCrew(Refusal):
    """The operator does not work on the operation."""

    code = "not-in-crew"

    def __init__(self, badge: str) -> None:
        super().__init__(badge=badge)


class AlreadyInCrew(Refusal):
    """The operator works on the operation already."""

    code = "already-in-crew"

    def __init__(self, badge: str) -> None:
        super().__init__(badge=badge)


class NothingReported(Refusal):
    """A report of zero pieces says nothing."""

    code = "nothing-reported"


class ReasonNeeded(Refusal):
    """Scrap, rework, a pause, a hold and an override each need a reason."""

    code = "reason-needed"

    def __init__(self, what: str) -> None:
        super().__init__(what=what)


class UndoTooLate(Refusal):
    """The seconds for undoing are over, or something has happened since."""

    code = "undo-too-late"


class ReleaseChecksFailed(Refusal):
    """The order does not pass its release checks and nobody gave a reason to override them."""

    code = "release-checks-failed"

    def __init__(self, order: OrderNumber, failed: tuple[str, ...]) -> None:
        super().__init__(order=order, failed=list(failed))


class AlreadyReleased(Refusal):
    """The order is not waiting for release."""

    code = "already-released"

    def __init__(self, order: OrderNumber, state: str) -> None:
        super().__init__(order=order, state=state)


class NothingToUndo(Refusal):
    """The list has no resequence that could be undone."""

    code = "nothing-to-undo"

    def __init__(self, work_center: WorkCenterName) -> None:
        super().__init__(work_center=work_center)


class ListChanged(Refusal):
    """Somebody else changed the dispatch list meanwhile; repeat on what it says now."""

    code = "list-changed"

    def __init__(self, version: int, changes: list[dict[str, Any]]) -> None:
        super().__init__(version=version, changes=changes)


class Frozen(Refusal):
    """The operation runs or lies in the frozen zone at the top of the list."""

    code = "frozen"

    def __init__(self, operation: OperationId) -> None:
        super().__init__(operation=str(operation))


class NotOnTheList(Refusal):
    """The operation is not on this dispatch list any more."""

    code = "not-on-the-list"

    def __init__(self, operation: OperationId) -> None:
        super().__init__(operation=str(operation))


class NotAllowed(Refusal):
    """The person or station has no right to do this."""

    code = "not-allowed"

    def __init__(self, right: str) -> None:
        super().__init__(right=right)


class SignInFailed(Refusal):
    """Name and password do not fit together."""

    code = "sign-in-failed"


class SetUpFailed(Refusal):
    """The set-up code for the first account is wrong."""

    code = "set-up-failed"


class EnrolmentFailed(Refusal):
    """The enrolment code is wrong, used or too old."""

    code = "enrolment-failed"


class NameTaken(Refusal):
    """The name is in use already."""

    code = "name-taken"

    def __init__(self, name: str) -> None:
        super().__init__(name=name)


class Invalid(Refusal):
    """A form, message or file has errors; all of them are listed."""

    code = "invalid"

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__(errors=errors)
