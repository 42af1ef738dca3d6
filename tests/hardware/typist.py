"""A scanner that types, for tests: its key events, what comes of them, and a node to read."""

import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from hardware.framing import Fault, Frame, Framing
from hardware.input_nodes import Identity, InputNodes
from hardware.keystrokes import EV_KEY, EV_SYN, EVENT, SYN_DROPPED, TYPED, KeyEvent, KeyFramer

ENTER, LEFT_SHIFT, LEFT_CONTROL = 28, 42, 29
EV_MSC = 4

ROWS = {2: "1234567890-=", 16: "qwertyuiop[]", 30: "asdfghjkl;'`", 43: "\\zxcvbnm,./", 57: " "}
SHIFTED = {2: "!@#$%^&*()_+", 16: "QWERTYUIOP{}", 30: 'ASDFGHJKL:"~', 43: "|ZXCVBNM<>?"}
PLAIN_KEYS = {each: key + n for key, row in ROWS.items() for n, each in enumerate(row)}
SHIFTED_KEYS = {each: key + n for key, row in SHIFTED.items() for n, each in enumerate(row)}
SEPARATOR_KEYS = {"\x1d": 27, "\x1e": 7, "\x04": 32}
PRINTABLE = [*PLAIN_KEYS, *SHIFTED_KEYS]


@dataclass
class Typist:
    """Makes the events of a scanner, some milliseconds apart."""

    at: float = 100.0
    pace_s: float = 0.001

    def press(self, key: int, *, with_key: int | None = None) -> list[KeyEvent]:
        """Return the events of one key, perhaps while another one is held."""
        around = [(with_key, 1)] if with_key else []
        after = [(with_key, 0)] if with_key else []
        moves = [*around, (key, 1), (key, 0), *after]
        return [event for moved, value in moves for event in self.move(moved, value)]

    def move(self, key: int, value: int) -> list[KeyEvent]:
        """Return the events of a key going down (1), up (0), or being repeated (2)."""
        self.at += self.pace_s
        return [
            KeyEvent(self.at, EV_MSC, 4, 0x70000 + key),
            KeyEvent(self.at, EV_KEY, key, value),
            KeyEvent(self.at, EV_SYN, 0, 0),
        ]

    def lost(self) -> list[KeyEvent]:
        """Return what the kernel says when its buffer was full."""
        return [KeyEvent(self.at, EV_SYN, SYN_DROPPED, 0)]

    def text(self, text: str) -> list[KeyEvent]:
        """Return the events of some characters."""
        return [event for each in text for event in self._character(each)]

    def code(self, text: str, end: int = ENTER) -> list[KeyEvent]:
        """Return the events of a whole code."""
        return [*self.text(text), *self.press(end)]

    def _character(self, each: str) -> list[KeyEvent]:
        if each in PLAIN_KEYS:
            return self.press(PLAIN_KEYS[each])
        if each in SHIFTED_KEYS:
            return self.press(SHIFTED_KEYS[each], with_key=LEFT_SHIFT)
        return self.press(SEPARATOR_KEYS[each], with_key=LEFT_CONTROL)


def as_read(events: Iterable[KeyEvent]) -> bytes:
    """Return events as a device node gives them."""
    return b"".join(EVENT.pack(*_split(event.at), *event[1:]) for event in events)


def _split(at: float) -> tuple[int, int]:
    return divmod(round(at * 1_000_000), 1_000_000)


def kept_by_kernel(events: Iterable[KeyEvent], room: int = 64) -> Iterator[KeyEvent]:
    """Return what is left for a reader who came too late, as drivers/input/evdev.c does it."""
    buffer: list[KeyEvent] = []
    for event in events:
        buffer.append(event)
        if len(buffer) == room:
            buffer = [KeyEvent(event.at, EV_SYN, SYN_DROPPED, 0), event]
    return iter(buffer)


def opened(framing: Framing = TYPED) -> KeyFramer:
    """Return the framer of a device that was silent when it was opened."""
    framer = KeyFramer(framing)
    framer.feed(b"", 1.0)
    return framer


def faults(frames: Iterable[Frame]) -> list[tuple[str, Fault | None]]:
    """Return what frames say, and what is wrong with them."""
    return [(frame.text, frame.fault) for frame in frames]


def read(typed: Iterable[KeyEvent]) -> list[tuple[str, Fault | None]]:
    """Return what comes of events that a long silence follows."""
    framer = opened()
    frames = framer.take(typed)
    return faults(frames + framer.feed(b"", 1_000_000.0))


class FakeNodes(InputNodes):
    """A listing in a folder, with pipes for nodes; what no pipe can be asked, it answers."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "sys", folder / "dev")
        self.folder = folder
        self.pressed: set[str] = set()
        self.swapped: dict[str, Identity] = {}
        self.grabbed: list[str] = []
        self.refusal: OSError | None = None

    def readers_of(self, path: Path) -> int:
        """Return how many files of this process are that node, save the end that types."""
        return [_path(int(node.name)) for node in _opened()].count(str(path)) - 1

    def identity(self, node: int) -> Identity:
        path = _path(node)
        found = next(port for port in self.keyboards() if port.path == path)
        return self.swapped.get(path, Identity(found.vendor, found.product, found.serial))

    def is_pressed(self, node: int) -> bool:
        return _path(node) in self.pressed

    def grab(self, node: int) -> None:
        if self.refusal:
            raise self.refusal
        self.grabbed.append(_path(node))


@dataclass
class FakeKeyboard:
    """A device in the listing, and a pipe that stands for its node."""

    nodes: FakeNodes
    number: int = 5
    ids: tuple[str, str] = ("05f9", "2206")
    serial: str = ""
    usb: str = "3-1"
    # What sysfs says of a real scanner: words of the machine, the highest first.
    keys: str = "1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe"
    _writer: int | None = field(default=None, init=False)

    def __enter__(self) -> Self:
        return self.plug()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.unplug()

    @property
    def path(self) -> Path:
        """Return its node."""
        return self.nodes.folder / "dev" / f"event{self.number}"

    @property
    def _device(self) -> Path:
        interface = f"{self.usb}/{self.usb}:1.0"
        return self.nodes.folder / f"devices/{interface}/0003/input/input{self.number}"

    def plug(self) -> Self:
        """Make its entry and its node."""
        (self._device / "id").mkdir(parents=True)
        (self._device / "capabilities").mkdir()
        (self._device / "id" / "vendor").write_text(f"{self.ids[0]}\n")
        (self._device / "id" / "product").write_text(f"{self.ids[1]}\n")
        (self._device / "uniq").write_text(f"{self.serial}\n")
        (self._device / "capabilities" / "key").write_text(f"{self.keys}\n")
        entry = self._device / self.path.name
        entry.mkdir()
        (entry / "device").symlink_to("..")
        self.path.parent.mkdir(exist_ok=True)
        os.mkfifo(self.path)
        # A pipe that is open for both never looks as if its writer had left.
        self._writer = os.open(self.path, os.O_RDWR)
        listing = self.nodes.folder / "sys"
        listing.mkdir(exist_ok=True)
        (listing / self.path.name).symlink_to(entry)
        return self

    def send(self, events: Iterable[KeyEvent]) -> None:
        """Let it do something."""
        assert self._writer is not None
        os.write(self._writer, as_read(events))

    def unplug(self) -> None:
        """Take it away, whoever reads from it."""
        if self._writer is None:
            return
        (self.nodes.folder / "sys" / self.path.name).unlink()
        shutil.rmtree(self._device)
        self.path.unlink()
        os.close(self._writer)
        self._writer = None


def _opened() -> list[Path]:
    listing = Path("/proc/self/fd")
    return [node for node in listing.iterdir() if node.is_fifo()]


def _path(node: int) -> str:
    return str(Path(f"/proc/self/fd/{node}").readlink())
