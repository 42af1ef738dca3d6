"""The serial ports of this machine: what is plugged in, and whether it can be opened."""

from collections.abc import Container, Iterator, Sequence
from pathlib import Path

from hardware.checkup.access import may_open, rights_of, user, way_in
from hardware.checkup.findings import Finding, look, ok, wrong
from hardware.checkup.processes import Agents, holders_of, lock_of, process
from hardware.errors import DeviceGone
from hardware.ports import USB, Listing, UsbName, UsbPort, lasting_name
from hardware.transport import plugged

BY_ID = Path("/dev/serial/by-id")
BUILT_IN = Path("/sys/class/tty")
_NO_CHIP = "0"
_CLOSE = "Close it: only one program can listen to a scanner"


def check_ports(agents: Agents, listing: Listing = plugged) -> Iterator[Finding]:
    """Look at every serial port there is."""
    ports, own = listing(), agents()
    for port in ports:
        yield _usable(Path(port.path), _told(port, ports), own)
    for path in built_in():
        yield _usable(path, "built in", own)
    if not ports:
        yield ok("serial ports on USB", "none is plugged in")
    yield from _twins(ports)


def check_address(address: str, agents: Agents, listing: Listing = plugged) -> Iterator[Finding]:
    """Look whether the device of an address is there, and whether it can be opened."""
    about = f"scanner {address}"
    if address.startswith(USB):
        try:
            address = UsbName.parse(address).find(listing).path
        except DeviceGone as gone:
            yield wrong(about, gone.reason, "Plug it in, or correct --scanner.")
            return
    if "://" in address:
        yield ok(about, "behind the network; only --test opens it")
    elif Path(address).exists():
        found = _usable(Path(address), f"there, as {Path(address).resolve()}", agents())
        yield Finding(about, found.state, found.found, found.advice)
    else:
        yield wrong(
            about,
            "it is not plugged in",
            "Plug it in, or give one of the ports above with --scanner.",
        )


def built_in(devices: Path = BUILT_IN) -> list[Path]:
    """Return the ports on the board itself; the kernel has names for many more than there are."""
    found = [*devices.glob("ttyS*"), *devices.glob("ttyAMA*")]
    return [Path("/dev", each.name) for each in sorted(found) if _has_chip(each)]


def _has_chip(device: Path) -> bool:
    try:
        kind = (device / "type").read_text(encoding="ascii").strip()
    except OSError:
        return False
    return kind != _NO_CHIP and Path("/dev", device.name).exists()


def _told(port: UsbPort, ports: Sequence[UsbPort]) -> str:
    """Return everything that may serve as an address of a port."""
    named = f"{port.vendor:04x}:{port.product:04x}, serial number {port.serial or 'none'}"
    links = [link.name for link in _links() if link.resolve() == Path(port.path).resolve()]
    by_id = f", by-id {links[0]}" if links else ""
    name = lasting_name(port, ports)
    write = f"; write --scanner {name}" if name else ""
    return f"{named}, at {port.location or 'an unknown place'}{by_id}{write}"


def _links() -> list[Path]:
    return sorted(BY_ID.iterdir()) if BY_ID.is_dir() else []


def _usable(path: Path, told: str, own: Container[int]) -> Finding:
    holders = holders_of(path).seen
    others = [one for one in holders if one.pid not in own]
    if others:
        found = f"{told}; held by {', '.join(map(str, others))}"
        return wrong(str(path), found, f"{_CLOSE}.")
    lock = lock_of(path)
    if lock and lock[1] not in own:
        found = f"{told}; locked by {process(lock[1])} with {lock[0]}"
        return wrong(str(path), found, f"{_CLOSE}.")
    if holders:
        # Its rights may be those of its unit, more than its user has.
        return ok(str(path), f"{told}; the agent of this station listens to it")
    if not may_open(path):
        found = f"{told}; {user()} may not open it ({rights_of(path)})"
        return wrong(str(path), found, way_in(path))
    return ok(str(path), told)


def _twins(ports: Sequence[UsbPort]) -> Iterator[Finding]:
    """Warn of devices that nothing but the socket they are in tells apart."""
    kinds: dict[tuple[int, int], list[UsbPort]] = {}
    for port in ports:
        if not port.serial:
            kinds.setdefault((port.vendor, port.product), []).append(port)
    for (vendor, product), alike in kinds.items():
        if len(alike) > 1:
            paths = " and ".join(port.path for port in alike)
            yield look(
                f"{vendor:04x}:{product:04x}",
                f"{paths} are identical and without serial number: they share one by-id name",
                "Tell them apart by where they are plugged in, as written at each of them above.",
            )
