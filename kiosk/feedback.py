"""What the operator, or whoever looks at the terminal, is told of each scan: one line."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from hardware.framing import Fault
from kiosk.events import Answer, Answered, Event, LinkChanged, Scan

VERDICTS = {"ok": "OK", "look": "LOOK", "refused": "NOT TAKEN", "call": "CALL"}
FAULTS = {
    Fault.GARBLED: "garbled: check the scanner's speed",
    Fault.TOO_LONG: "too long for a code: check the scanner's suffix",
    Fault.NO_TERMINATOR: "no end: check the scanner's suffix",
    Fault.TAIL: "the rest of a broken code: scan again",
    Fault.DROPPED: "keys were lost: scan again",
    Fault.UNKNOWN_KEY: "a key without a character: set the scanner to the US layout",
}


class Feedback(Protocol):
    """Tells the operator what came of a scan; never before it is in the journal."""

    def answered(self, answered: Answered) -> None:
        """Tell the server's verdict."""
        ...

    def kept(self, event: Event, unsent: int) -> None:
        """Tell that a scan is safe here while the server is away."""
        ...

    def repeated(self, scan: Scan) -> None:
        """Tell that the same code was just read."""
        ...

    def misread(self, scan: Scan, fault: Fault) -> None:
        """Tell that bytes came which are no code."""
        ...

    def not_kept(self, scan: Scan, reason: str) -> None:
        """Tell, as loudly as possible, that a scan is lost: it has to be read again."""
        ...

    def overheard(self, answer: Answer) -> None:
        """Tell what came of a touch or a scan at another device of the station."""
        ...

    def linked(self, changed: LinkChanged) -> None:
        """Tell that the server has come or gone."""
        ...


class Terminal:
    """Writes one line for each scan."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write

    def answered(self, answered: Answered) -> None:
        """Tell the server's verdict."""
        answer = answered.answer
        verdict = VERDICTS.get(answer.verdict, answer.verdict.upper())
        number = answer.number or answered.event.scan.text
        said = " ".join([answer.code.replace("-", " "), *_details(answer.details)])
        self._line(answered.event.scan.at, verdict, number, said)

    def kept(self, event: Event, unsent: int) -> None:
        """Tell that a scan is safe here while the server is away."""
        said = f"kept here, not yet sent ({unsent} in all)"
        self._line(event.scan.at, "KEPT", event.scan.text, said)

    def repeated(self, scan: Scan) -> None:
        """Tell that the same code was just read."""
        self._line(scan.at, "AGAIN", scan.text, "already taken")

    def misread(self, scan: Scan, fault: Fault) -> None:
        """Tell that bytes came which are no code."""
        self._line(scan.at, "NOT TAKEN", scan.text, FAULTS[fault])

    def not_kept(self, scan: Scan, reason: str) -> None:
        """Tell, as loudly as possible, that a scan is lost: it has to be read again."""
        self._line(scan.at, "NOT TAKEN", scan.text, f"CANNOT BE KEPT: {reason}")

    def overheard(self, answer: Answer) -> None:
        """Write nothing: a line stands for a scan of this box."""

    def linked(self, changed: LinkChanged) -> None:
        """Write nothing: the log says it."""

    def _line(self, at: datetime, verdict: str, number: str, said: str) -> None:
        shown = _printable(number)
        self._write(f"{at.astimezone():%H:%M:%S}  {verdict:<9}  {shown:<16}  {_printable(said)}")


def _details(details: Mapping[str, Any]) -> list[str]:
    return [f"{name}={value}" for name, value in details.items() if isinstance(value, str | int)]


def _printable(text: str) -> str:
    """Return text that cannot move the cursor or pretend to be another line."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)
