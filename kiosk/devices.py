"""What reads codes at a station, as somebody wrote it, and what it is there for.

Each is written `ADDRESS` or `ADDRESS,SPEED`. The address says what kind of device it is; all
kinds are told apart here, in `device`.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hardware.errors import DeviceGone, UnusableAddress
from hardware.keyboards import KEYBOARD, Keyboard
from hardware.ports import Listing, canonical, is_fleeting, lasting_name
from hardware.roles import Role
from hardware.scanners import Hearer, Scanner
from hardware.transport import Line, plugged
from server.domain.names import BadgeNumber
from server.domain.scan import Reason, Unknown, read
from server.domain.symbols import BADGE_NUMBER, badge_code

logger = logging.getLogger(__name__)

_SPEED = re.compile(r"[0-9]{1,7}")
# A raw connection cannot tell the device server how fast its line is.
_WITHOUT_SPEED = ("socket://", "loop://")


@dataclass(frozen=True, slots=True)
class Device:
    """One device of the station."""

    line: Line | Keyboard
    role: Role = Role.SCANNER

    @property
    def address(self) -> str:
        """Return what everything that is heard of it is called after."""
        return self.line.address

    def reader(self, heard: Hearer) -> Scanner:
        """Return what listens to it, to be run in a thread of its own."""
        return Scanner(self.line, heard, role=self.role)


def device(written: str, role: Role, baud: int) -> Device:
    """Return the device that `ADDRESS[,SPEED]` names; raise UnusableAddress with all mistakes.

    Where no speed is written the given one holds.
    """
    address, *settings = (part.strip() for part in written.split(","))
    problems = [*_setting_problems(address, settings)]
    speed = int(settings[0]) if settings and not problems else baud
    try:
        line = _line(address, speed)
    except UnusableAddress as wrong:
        problems.insert(0, wrong.reason)
    else:
        if not problems:
            return Device(line, role)
    raise UnusableAddress(written, "; ".join(problems))


def _line(address: str, baud: int) -> Line | Keyboard:
    if _types(address):
        return Keyboard.parse(address)
    return Line(canonical(address), baud)


def _types(address: str) -> bool:
    return address.lower().startswith(KEYBOARD)


def _setting_problems(address: str, settings: Sequence[str]) -> Iterator[str]:
    if settings and _types(address):
        yield "a scanner that types has no speed"
    elif settings and not (len(settings) == 1 and _SPEED.fullmatch(settings[0])):
        yield "only a speed may stand behind a comma, as in …,19200"
    elif settings and address.startswith(_WITHOUT_SPEED):
        yield "its speed is set at the device server, or by rfc2217://host:port,speed"


def meant(text: str, role: Role) -> str:
    """Return the code that a device of this role means: a badge reader may send a bare number.

    Whatever else it reads is what it says, whichever device has read it.
    """
    if role is not Role.BADGE_READER:
        return text
    says = read(text)
    if not isinstance(says, Unknown) or says.reason is not Reason.NOT_OURS:
        return text
    is_badge = re.fullmatch(BADGE_NUMBER, says.text)
    return badge_code(BadgeNumber(says.text)) if is_badge else text


def warn_of_fleeting(devices: Iterable[Device], listing: Listing = plugged) -> None:
    """Log each address that may be another device's tomorrow, and what to write instead."""
    for each in devices:
        if is_fleeting(each.address):
            logger.warning(
                "another device may be here tomorrow device=%s write=%s",
                each.address,
                _better(each.address, listing),
            )


def _better(path: str, listing: Listing) -> str:
    try:
        ports = listing()
    except DeviceGone:
        ports = ()
    names = (lasting_name(port, ports) for port in ports if port.path == path)
    return next(names, None) or "a name below /dev/serial/by-id"
