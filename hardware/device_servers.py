"""What a device server says itself, on the line that codes come down; none of it is a code.

These are the words of ser2net.
"""

from hardware.errors import DeviceGone
from hardware.framing import Frame, Framer

_REFUSALS = (b"Device open failure", b"Port already in use", b"Port's device ")
_BANNER = b"ser2net port "


class ServedFramer:
    """A framer behind which a device server stands."""

    def __init__(self, address: str, framer: Framer) -> None:
        self._address = address
        self._framer = framer

    def feed(self, chunk: bytes, at: float) -> list[Frame]:
        """Return the frames that end with these bytes; raise DeviceGone when it lets us not in."""
        frames = self._framer.feed(chunk, at)
        for frame in frames:
            if frame.raw.startswith(_REFUSALS):
                raise DeviceGone(self._address, f"the device server says: {frame.text}")
        return [frame for frame in frames if not frame.raw.startswith(_BANNER)]
