"""What a scanner is read from, whichever way it is connected."""

from types import TracebackType
from typing import Protocol, Self

from hardware.framing import Frame, Framing


class FrameMaker(Protocol):
    """Makes frames of what one opening of a device gives; a framer does."""

    def feed(self, chunk: bytes, at: float) -> list[Frame]:
        """Return the frames that end with these bytes; none of them mean silence until `at`.

        Raise DeviceGone where the bytes say so.
        """
        ...


class Opened(Protocol):
    """A device that is there, ours alone; every method raises DeviceGone when it is no more."""

    @property
    def address(self) -> str:
        """Return what it is called."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
        /,
    ) -> None: ...

    def read(self) -> bytes:
        """Return what has come in, or nothing after a short silence."""
        ...

    def write(self, answer: bytes, /) -> None:
        """Send bytes to the device."""
        ...

    def stop_writing(self) -> None:
        """End a write that hangs in another thread; what is left is to close it."""
        ...


class Source(Protocol):
    """Where a device is found, and how what it says becomes codes."""

    @property
    def is_remote(self) -> bool:
        """Tell whether opening proves nothing: a device server answers, whatever hangs on it."""
        ...

    @property
    def address(self) -> str:
        """Return what it is called."""
        ...

    def open(self) -> Opened:
        """Return the device, opened; raise DeviceGone."""
        ...

    def framer(self, framing: Framing | None, /) -> FrameMaker:
        """Return what makes frames of the bytes of one opening; it has a framing of its own."""
        ...
