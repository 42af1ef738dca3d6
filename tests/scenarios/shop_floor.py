"""A shop floor that does what the log says, through the public station protocol.

One Socket.IO client stands for each machine. Operators behave as people do: they scan badge and
traveler, and when the screen refuses something that really happened and offers to insist, they
insist. How often, and with which flags, is counted.
"""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import socketio

from server.domain.names import BadgeNumber, Serial
from server.domain.symbols import badge_code, line_code
from tests.scenarios.job_shop import OPERATION_STEP, Key, Moment, Reported

NAMESPACE = "/station"
REVIEW = "material review"

Answer = dict[str, Any]
Travelers = Mapping[Key, tuple[Serial, int]]
"""The sheet and line of each operation."""


@dataclass(slots=True)
class ShopFloor:
    """The machines, connected, and the travelers that lie beside them."""

    stations: Mapping[str, socketio.Client]
    travelers: Travelers
    insisted: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    refused: list[Answer] = field(default_factory=list)
    """What was refused for good: this must stay empty."""
    messages: int = 0
    at_work: Counter[tuple[Key, str]] = field(default_factory=Counter)

    def happen(self, moment: Moment, row: Reported) -> None:
        """Do what the log says of one moment."""
        if moment.begins:
            self.begin(row)
        else:
            self.end(row)

    def begin(self, row: Reported) -> None:
        """Come to an operation: start it, or join whoever works on it."""
        self.at_work[row.operation, row.badge] += 1
        answer = self.scan(row)
        panel = answer["panel"]
        if panel and panel["may_join"]:
            self.report(row, verb="join")

    def end(self, row: Reported) -> None:
        """Report the pieces and go, unless another report of the same operator is open."""
        if row.good or row.review:
            answer = self.scan(row)
            if not answer["panel"]:
                # It had been completed meanwhile: insisting started it again.
                self.scan_badge(row)
            self.report(
                row, verb="quantity", good=row.good, rework=row.review, rework_reason=REVIEW
            )
        self.at_work[row.operation, row.badge] -= 1
        if self.at_work[row.operation, row.badge] == 0:
            self.leave(row)

    def leave(self, row: Reported) -> None:
        """Go, if the operation still counts the operator in its crew."""
        answer = self.call(row.machine, "scan", {"text": self.traveler(row)}, asks=True)
        panel = answer["panel"]
        if panel and row.badge in [member["badge"] for member in panel["crew"]]:
            self.report(row, verb="leave", badge=row.badge)

    def scan(self, row: Reported) -> Answer:
        """Scan the badge, then the traveler."""
        self.scan_badge(row)
        return self.call(row.machine, "scan", {"text": self.traveler(row)})

    def scan_badge(self, row: Reported) -> None:
        """Scan the badge: it holds for the next action."""
        self.call(row.machine, "scan", {"text": f"]C0{badge_code(BadgeNumber(row.badge))}\r"})

    def traveler(self, row: Reported) -> str:
        """Return what the scanner sends for the operation's line."""
        serial, line = self.travelers[row.operation]
        return f"]C0{line_code(serial, line)}\r"

    def report(self, row: Reported, **says: object) -> Answer:
        """Touch the panel."""
        operation = f"{row.operation[0]}/{row.operation[1]:03d}"
        return self.call(row.machine, "report", {"operation": operation, **says})

    def call(self, machine: str, event: str, says: dict[str, Any], *, asks: bool = False) -> Answer:
        """Send a message as a station does, and insist when the screen offers it."""
        answer = self._send(machine, event, says)
        if answer["verdict"] == "refused" and answer["may_insist"] and not asks:
            self.insisted[answer["code"]] += 1
            answer = self._send(machine, event, {**says, "insists": True})
        self.flags.update(answer["flags"])
        if answer["verdict"] in {"refused", "call"} and not asks:
            self.refused.append({"machine": machine, "event": event, **says, "answer": answer})
        return answer

    def _send(self, machine: str, event: str, says: dict[str, Any]) -> Answer:
        self.messages += 1
        message = {"id": str(uuid.uuid4()), **says}
        answer: Answer = self.stations[machine].call(event, message, NAMESPACE, timeout=20)
        return answer


def travelers(serials: Mapping[str, str], routings: Mapping[str, Sequence[object]]) -> Travelers:
    """Return the sheet and line of each operation: line n of a traveler is the n-th one."""
    return {
        (order, OPERATION_STEP * line): (Serial(serials[order]), line)
        for order, routing in routings.items()
        for line in range(1, len(routing) + 1)
    }
