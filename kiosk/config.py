"""The settings of a station box, all mistakes told at once."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from hardware.beepers import Dialect
from hardware.errors import UnusableAddress
from hardware.roles import Role
from hardware.stack_light import LightAddress
from kiosk.devices import Device, device
from kiosk.errors import SettingsInvalid
from kiosk.home import Home
from server.domain.symbols import NAME

SERVER = re.compile(r"https?://[^/\s?#@]+")
LONGEST_CODE = 40

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Given:
    """Settings as somebody wrote them."""

    server: str
    name: str
    scanners: tuple[str, ...]
    baud: int
    code: str = ""
    data: Path | None = None
    badge_readers: tuple[str, ...] = ()
    beeper: str = Dialect.NONE
    light: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a station box, complete and valid."""

    server: str
    """Its origin, without a slash at the end."""
    name: str
    devices: tuple[Device, ...]
    code: str
    folder: Path
    beeper: Dialect = Dialect.NONE
    light: LightAddress | None = None


def checked(given: Given) -> Settings:
    """Return settings that can be used; raise SettingsInvalid with every mistake."""
    errors: list[str] = []
    server = _kept(lambda: _server(given.server), errors)
    name = _kept(lambda: _name(given.name), errors)
    devices = _devices(given, errors)
    code = _kept(lambda: _code(given.code), errors)
    beeper = _kept(lambda: _beeper(given.beeper), errors) or Dialect.NONE
    light = _kept(lambda: _light(given.light), errors)
    folder = given.data or default_folder(name or "")
    if name and not (code or errors or Home(folder).token):
        errors.append(
            f"code: {folder} holds no token yet; get a code in the desk, under Stations, or by "
            f"`floorline stations code {name}`"
        )
    if errors or server is None or name is None or code is None:
        raise SettingsInvalid(errors)
    return Settings(server, name, devices, code, folder, beeper, light)


def default_folder(name: str) -> Path:
    """Return where a station keeps its journal and its token unless told otherwise."""
    return Path.home() / ".local" / "share" / "floorline" / "stations" / name


def _kept(check: Callable[[], T], errors: list[str]) -> T | None:
    try:
        return check()
    except ValueError as wrong:
        errors.append(str(wrong))
        return None


def _server(url: str) -> str:
    origin = url.rstrip("/")
    if not SERVER.fullmatch(origin):
        raise ValueError(f"server: {url!r} is no address such as http://floorline.plant:8080")
    return origin


def _name(name: str) -> str:
    if not re.fullmatch(NAME, name):
        raise ValueError(
            f"name: {name!r} is no name of a station: at most 20 capitals, digits, '.', '_', '-'"
        )
    return name


def _code(code: str) -> str:
    if len(code) > LONGEST_CODE:
        raise ValueError("code: it is too long for a code of the desk")
    return code.strip()


def _beeper(dialect: str) -> Dialect:
    try:
        return Dialect(dialect)
    except ValueError:
        raise ValueError(f"beeper: {dialect!r} is none of {', '.join(Dialect)}") from None


def _light(address: str) -> LightAddress | None:
    try:
        return LightAddress.parse(address) if address else None
    except UnusableAddress as wrong:
        raise ValueError(f"light: {wrong}") from wrong


def _devices(given: Given, errors: list[str]) -> tuple[Device, ...]:
    devices: dict[str, Device] = {}
    for role, written in _written(given):
        try:
            found = device(written, role, given.baud)
        except UnusableAddress as wrong:
            errors.append(f"{role}: {wrong}")
            continue
        if found.address in devices:
            errors.append(f"{role}: {found.address} is given twice; a device has one role")
        devices.setdefault(found.address, found)
    if not (given.scanners or given.badge_readers):
        errors.append("scanner: at least one is needed, or a badge-reader")
    return tuple(devices.values())


def _written(given: Given) -> Iterator[tuple[Role, str]]:
    """Yield the devices as somebody wrote them, with what they are there for."""
    yield from ((Role.SCANNER, written) for written in given.scanners)
    yield from ((Role.BADGE_READER, written) for written in given.badge_readers)
