"""Codes from before Floorline: a table of patterns that the plant configures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from server.domain.scanned import Scanned, badge, order_operation, order_sheet


class LegacyKind(StrEnum):
    """What a plant's code from before Floorline names; each value is also a group's name."""

    ORDER = "order"
    OPERATION = "operation"
    BADGE = "badge"


_NEEDED = {
    LegacyKind.ORDER: {"order"},
    LegacyKind.OPERATION: {"order", "operation"},
    LegacyKind.BADGE: {"badge"},
}


class LegacyPatternRefused(ValueError):
    """A configured pattern that cannot be used: not an expression, or without its groups."""

    code = "bad-legacy-pattern"

    def __init__(self, pattern: str, missing: Sequence[str] = ()) -> None:
        super().__init__(f"{self.code} {pattern!r} missing={','.join(missing)}")
        self.pattern = pattern
        self.missing = tuple(missing)


@dataclass(frozen=True, slots=True)
class LegacyPattern:
    """One of the plant's own formats; it must match a whole code, which is given in capitals.

    Patterns go before our own bare codes (not before our envelopes): what a plant has
    configured holds, even where it looks like one of ours.
    """

    regex: re.Pattern[str]
    kind: LegacyKind

    def __post_init__(self) -> None:
        """Refuse a pattern without the groups that its kind needs."""
        missing = sorted(_NEEDED[self.kind] - self.regex.groupindex.keys())
        if missing:
            raise LegacyPatternRefused(self.regex.pattern, missing)

    @classmethod
    def compile(cls, pattern: str, kind: LegacyKind) -> "LegacyPattern":
        """Return the configured pattern; raise LegacyPatternRefused if it is not usable."""
        try:
            return cls(re.compile(pattern), kind)
        except re.error as error:
            raise LegacyPatternRefused(pattern) from error

    def says(self, text: str) -> Scanned | None:
        """Return what the code says by this pattern, or None."""
        match = self.regex.fullmatch(text)
        groups = match.groupdict(default="") if match else {}
        if self.kind is LegacyKind.BADGE:
            return badge(groups.get("badge", ""))
        if self.kind is LegacyKind.ORDER:
            return order_sheet(groups.get("order", ""))
        return order_operation(groups.get("order", ""), groups.get("operation", ""))
