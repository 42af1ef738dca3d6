"""What a device is at a station for."""

from enum import StrEnum


class Role(StrEnum):
    """What a device is there for; it goes into everything that the device reports."""

    SCANNER = "scanner"
    """It reads travelers, badges and whatever else is on paper."""

    BADGE_READER = "badge-reader"
    """It reads badges, and may send their bare numbers."""
