"""Who runs on this machine, and who holds a device, a file or a port open."""

import os
import stat
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PROCESSES = Path("/proc")
TERMINALS, MAKER = Path("/dev/pts"), Path("/dev/ptmx")
LOCK_FOLDERS = (Path("/var/lock"), Path("/run/lock"))
_LISTENING = "0A"
_LONGEST_NAME = 60

Agents = Callable[[], Container[int]]
"""Says which processes are the station's own agent, and may hold its scanners."""


@dataclass(frozen=True, slots=True)
class Process:
    """A process, as somebody would look for it."""

    pid: int
    name: str

    def __str__(self) -> str:
        return f"{self.name} (process {self.pid})"


@dataclass(frozen=True, slots=True)
class Holders:
    """The other processes that hold something open."""

    seen: tuple[Process, ...]
    unseen: int
    """How many processes of other users could not be looked into."""


def running(names: Iterable[str]) -> list[Process]:
    """Return the processes that were started from programs of these names."""
    wanted = {name[:15] for name in names}
    # The kernel keeps 15 letters of a name.
    return [Process(pid, name) for pid in _pids() if (name := _comm(pid)) in wanted]


def holders_of(path: Path) -> Holders:
    """Return who else has a device or a file open, under whatever name."""
    wanted = _identity(path.stat())
    found = _holding(lambda link: _identity(link.stat()) == wanted)
    if path.resolve().parent != TERMINALS:
        return found
    # Who made a pseudo-terminal is the device, as `floorline scan` is: it holds both of its ends.
    seen = tuple(one for one in found.seen if not _has_open(one.pid, MAKER))
    return Holders(seen, found.unseen)


def listeners_on(port: int) -> Holders:
    """Return who listens on a TCP port of this machine."""
    sockets = {f"socket:[{inode}]" for inode in _listening_sockets(port)}

    def is_it(link: Path) -> bool:
        return str(link.readlink()) in sockets

    return _holding(is_it)


def lock_of(device: Path, folders: Iterable[Path] = LOCK_FOLDERS) -> tuple[Path, int] | None:
    """Return the lock file that a living process has left for a serial device, and its number."""
    for folder in folders:
        lock = folder / f"LCK..{device.resolve().name}"
        with suppress(OSError, ValueError):
            pid = int(lock.read_text(encoding="ascii"))
            if (PROCESSES / str(pid)).exists():
                return lock, pid
    return None


def process(pid: int) -> Process:
    """Return a process by its number."""
    return Process(pid, _name(pid))


def _holding(is_it: Callable[[Path], bool]) -> Holders:
    seen: list[Process] = []
    unseen = 0
    for pid in _pids():
        if pid == os.getpid():
            continue
        try:
            if any(_answers(is_it, link) for link in _opened(pid)):
                seen.append(process(pid))
        except PermissionError:
            unseen += 1
        except OSError:
            # It has ended meanwhile.
            continue
    return Holders(tuple(seen), unseen)


def _opened(pid: int) -> Iterator[Path]:
    return (PROCESSES / str(pid) / "fd").iterdir()


def _has_open(pid: int, device: Path) -> bool:
    wanted = _identity(device.stat())
    with suppress(OSError):
        return any(
            _answers(lambda link: _identity(link.stat()) == wanted, link) for link in _opened(pid)
        )
    return False


def _answers(is_it: Callable[[Path], bool], link: Path) -> bool:
    """Tell whether it is one; what was closed meanwhile is not."""
    try:
        return is_it(link)
    except OSError:
        return False


def _pids() -> list[int]:
    return sorted(int(path.name) for path in PROCESSES.iterdir() if path.name.isdecimal())


def _comm(pid: int) -> str:
    try:
        return (PROCESSES / str(pid) / "comm").read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def _name(pid: int) -> str:
    """Return the name of a program; for a script, that of its interpreter says too little."""
    name = _comm(pid) or "unknown"
    with suppress(OSError):
        line = (PROCESSES / str(pid) / "cmdline").read_bytes().decode(errors="replace")
        words = line.split("\0")
        if name.startswith("python") and len(words) > 1:
            name = f"{name} {' '.join(words[1:4])}".strip()
    return " ".join(name.split())[:_LONGEST_NAME]


def _identity(status: os.stat_result) -> tuple[int, int]:
    """Return what two names of one device, or of one file, have in common."""
    if stat.S_ISCHR(status.st_mode):
        return (-1, status.st_rdev)
    return (status.st_dev, status.st_ino)


def _listening_sockets(port: int) -> Iterator[str]:
    for table in ("tcp", "tcp6"):
        with suppress(OSError):
            lines = (PROCESSES / "net" / table).read_text(encoding="ascii").splitlines()
            for fields in map(str.split, lines[1:]):
                if fields[3] == _LISTENING and int(fields[1].rpartition(":")[2], 16) == port:
                    yield fields[9]
