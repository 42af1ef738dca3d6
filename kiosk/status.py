"""How a station box is, as it tells the server from time to time."""

from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from typing import Any

from hardware.scanners import Presence
from kiosk.journal import Journal


@dataclass(slots=True)
class Status:
    """What the server is told of a box; the router notes it, the uplink sends it."""

    journal: Journal
    _devices: dict[str, bool] = field(default_factory=dict)

    def note(self, presence: Presence) -> None:
        """Take note that a device is listened to, or no longer."""
        self._devices = {**self._devices, presence.device: presence.is_there}

    def message(self, at: datetime, round_trip_s: float) -> dict[str, Any]:
        """Return what is sent at a moment of the box's own clock; raise JournalFailed.

        `round_trip_s` is how long the last message took there and back: the server's guess of
        our clock cannot be better than half of it.
        """
        unsent = self.journal.unsent(1)
        return {
            "at": at.isoformat(),
            "round_trip_ms": round(1000 * round_trip_s),
            "unsent": self.journal.count_unsent(),
            "oldest_at": unsent[0].event.scan.at.isoformat() if unsent else None,
            "devices": [
                {"name": name, "listens": listens} for name, listens in self._devices.items()
            ],
            "version": version("floorline"),
        }
