"""What takes scanners away from the agent: programs that probe ports, and power saving."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hardware.checkup.findings import Finding, look, ok, wrong
from hardware.checkup.processes import running


@dataclass(frozen=True, slots=True)
class Grabber:
    """A program that takes scanners, and how it is kept from that."""

    name: str
    why: str
    units: tuple[str, ...]
    """What starts it, all of which has to be masked."""
    ignores: str = ""
    """What a udev rule says so that it leaves a device alone."""


GRABBERS = (
    Grabber(
        "ModemManager",
        "it sends AT commands to every serial port that appears",
        ("ModemManager.service",),
        "ID_MM_DEVICE_IGNORE",
    ),
    Grabber(
        "brltty",
        "it takes USB serial adapters for Braille displays",
        ("brltty.service", "brltty-udev.service"),
    ),
)
VENDORS: Mapping[str, str] = {
    "05e0": "Zebra",
    "0c2e": "Honeywell",
    "05f9": "Datalogic",
    "0403": "FTDI adapter",
    "10c4": "Silicon Labs adapter",
    "1a86": "WCH adapter",
    "067b": "Prolific adapter",
}
"""Who makes scanners and the adapters they are plugged into, by the vendor id of USB."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where a system has its programs, the units of systemd and the rules of udev."""

    programs: str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    units: tuple[Path, ...] = (Path("/etc/systemd/system"), Path("/run/systemd/system"))
    rules: tuple[Path, ...] = (Path("/etc/udev/rules.d"), Path("/run/udev/rules.d"))


USB = Path("/sys/bus/usb/devices")


def check_grabbers(
    places: Places | None = None, grabbers: Sequence[Grabber] = GRABBERS
) -> Iterator[Finding]:
    """Look for programs that take scanners."""
    for grabber in grabbers:
        yield _check_grabber(grabber, places or Places())


def _check_grabber(grabber: Grabber, places: Places) -> Finding:
    name, why = grabber.name, grabber.why
    advice = f"Switch it off for good: sudo systemctl mask --now {' '.join(grabber.units)}"
    if found := running([name]):
        if _is_told_to_ignore(grabber, places):
            return ok(name, f"it runs as process {found[0].pid}, but udev keeps scanners from it")
        return wrong(name, f"it runs as process {found[0].pid}: {why}", advice)
    if not shutil.which(name, path=places.programs):
        return ok(name, "not installed")
    if all(any(_is_masked(folder / unit) for folder in places.units) for unit in grabber.units):
        return ok(name, "installed, but masked")
    return look(name, f"installed, not running: once started, {why}", advice)


def _is_told_to_ignore(grabber: Grabber, places: Places) -> bool:
    rules = (rule for folder in places.rules for rule in folder.glob("*.rules"))
    return bool(grabber.ignores) and any(
        grabber.ignores in rule.read_text(encoding="utf-8", errors="replace") for rule in rules
    )


def check_power_saving(devices: Path = USB) -> Iterator[Finding]:
    """Look whether USB may put a scanner to sleep."""
    found = [_power(device) for device in sorted(devices.glob("*")) if _vendor(device) in VENDORS]
    yield from found or [ok("USB power saving", "no known scanner or adapter is plugged in")]


def _power(device: Path) -> Finding:
    vendor = _vendor(device)
    about = f"{VENDORS[vendor]} at USB {device.name}"
    control = _word(device / "power" / "control")
    if control != "auto":
        return ok(about, "it is never put to sleep")
    return look(
        about,
        "USB may put it to sleep after seconds of rest; its first scan is then lost",
        f"Install the udev rules of deploy/, or write `on` to {device / 'power' / 'control'}.",
    )


def _vendor(device: Path) -> str:
    return _word(device / "idVendor").lower()


def _word(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _is_masked(unit: Path) -> bool:
    return unit.is_symlink() and str(unit.readlink()) == "/dev/null"
