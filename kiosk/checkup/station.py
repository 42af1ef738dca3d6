"""Everything that the doctor looks at on a station box, in order."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from hardware.checkup.access import check_user
from hardware.checkup.clock import check_battery, check_synchronised
from hardware.checkup.disk import check_commits, check_space
from hardware.checkup.findings import Area, Check, Finding, ok, wrong
from hardware.checkup.grabbers import check_grabbers, check_power_saving
from hardware.checkup.inputs import check_keyboard, check_keyboards
from hardware.checkup.serial_ports import check_address, check_ports
from hardware.checkup.trial import check_by_scanning
from hardware.errors import UnusableAddress
from hardware.keyboards import KEYBOARD
from hardware.roles import Role
from kiosk.checkup.home import agents_in, check_folder, check_journal
from kiosk.checkup.server import check_offset, check_server, check_token
from kiosk.clock import now
from kiosk.config import SERVER, default_folder
from kiosk.devices import Device, device
from server.domain.symbols import NAME


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to know about a station box, as they wrote it."""

    server: str
    name: str = ""
    data: Path | None = None
    scanners: tuple[str, ...] = ()
    baud: int = 9600
    seconds: float = 0.0
    """How long each scanner is listened to; 0 leaves them alone."""

    @property
    def origin(self) -> str:
        """Return the server without a slash at the end."""
        return self.server.rstrip("/")

    @property
    def folder(self) -> Path | None:
        """Return the folder of the box, as far as it can be known."""
        if self.data or not self.name:
            return self.data
        return default_folder(self.name)


def station_areas(asked: Asked, say: Callable[[str], object]) -> list[Area]:
    """Return what there is to look at; `say` is how the operator is asked to scan."""
    mistakes, devices = _read(asked)
    has_server = bool(SERVER.fullmatch(asked.origin))
    return [
        Area("Settings", (lambda: _settings(asked, mistakes),)),
        Area("Scanners", tuple(_scanners(asked, devices, say))),
        Area("Server", tuple(_server(asked)) if has_server else ()),
        Area("Clock", (check_synchronised, check_battery)),
        Area("Disk", tuple(_disk(asked))),
    ]


def _read(asked: Asked) -> tuple[list[str], list[Device]]:
    """Return what is wrong with the options, and the devices that can be looked at."""
    mistakes, devices = [], []
    if not SERVER.fullmatch(asked.origin):
        mistakes.append(f"--server {asked.server!r} is no address such as http://floorline:8080")
    if asked.name and not re.fullmatch(NAME, asked.name):
        mistakes.append(f"--name {asked.name!r} is no name of a station, such as LATHE-2")
    for written in asked.scanners:
        try:
            devices.append(device(written, Role.SCANNER, asked.baud))
        except UnusableAddress as wrong_one:
            mistakes.append(f"--scanner {wrong_one}")
    if asked.seconds and not asked.scanners:
        mistakes.append("--test needs a --scanner to be tested")
    return mistakes, devices


def _settings(asked: Asked, mistakes: list[str]) -> Iterator[Finding]:
    yield from (wrong("option", mistake, "Correct it.") for mistake in mistakes)
    if not mistakes:
        where = asked.folder or "none: give --name or --data to look at its folder too"
        yield ok("options", f"server {asked.origin}, folder {where}")


def _scanners(asked: Asked, devices: list[Device], say: Callable[[str], object]) -> Iterator[Check]:
    folder = asked.folder

    def agents() -> frozenset[int]:
        return agents_in(folder) if folder else frozenset()

    yield check_user
    yield partial(check_ports, agents)
    yield check_keyboards
    for address in (each.address for each in devices):
        look_at = check_keyboard if address.startswith(KEYBOARD) else check_address
        yield partial(look_at, address, agents)
    yield check_grabbers
    yield check_power_saving
    if asked.seconds:
        for each in devices:
            yield partial(check_by_scanning, each.line, asked.seconds, say)


def _server(asked: Asked) -> Iterator[Check]:
    yield partial(check_server, asked.origin, now)
    if asked.folder and re.fullmatch(NAME, asked.name):
        yield partial(check_token, asked.origin, asked.name, asked.folder, now)
    yield partial(check_offset, asked.origin, now)


def _disk(asked: Asked) -> Iterator[Check]:
    folder = asked.folder
    if folder:
        yield partial(check_space, folder)
        yield partial(check_commits, folder)
        yield partial(check_folder, folder)
        yield partial(check_journal, folder, now)
