"""What the server is told of a scan: what was read, and for what was kept, by whom and when.

A badge signs an operator in for the next action. The server knows who that is while it is there;
what was kept while it was away has to say it, because the badge was read here, long ago.
The station's page does the same with what is read there (static/js/station).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from kiosk.events import Event
from kiosk.waiting import BADGE_TIME
from server.domain import scan as codes
from server.domain.scanned import NotTaken

LIVE = timedelta(seconds=5)
"""What is sent so soon after it was read was never kept for later."""
SIGNED_IN = timedelta(seconds=60)
"""How long a badge holds for the next action, unless the plant says otherwise to its server."""
LOOK_BACK = 5
"""How many scans before a traveler may separate it from its badge."""


def message_of(
    event: Event, earlier: Sequence[Event], later: Sequence[Event], now: datetime
) -> dict[str, Any]:
    """Return the message of a scan, given those around it in the journal."""
    message: dict[str, Any] = {"text": event.scan.text}
    if is_kept(event, now):
        message["at"] = event.scan.at.isoformat()
        message["operator"] = _badge_before(event, earlier) or _badge_after(event, later)
    elif unknown := _badge_before(event, [one for one in earlier if _was_kept(one, now)]):
        message["operator"] = unknown
    return message


def is_kept(event: Event, now: datetime) -> bool:
    """Tell whether a scan was kept for later, as seen when it is sent."""
    return now - event.scan.at > LIVE


def _was_kept(event: Event, now: datetime) -> bool:
    """Tell whether the server took a badge for one that was read long ago: it signs nobody in."""
    if event.answer is None:
        return is_kept(event, now)
    return event.answer.get("operator") is None


def _badge_before(event: Event, earlier: Sequence[Event]) -> str:
    """Return the badge that was read for a scan; a scan in between that acts has used it up."""
    for one in reversed(earlier):
        read = codes.read(one.scan.text)
        if event.scan.at - one.scan.at > SIGNED_IN or not isinstance(read, codes.Badge | NotTaken):
            return ""
        if isinstance(read, codes.Badge):
            return read.number
    return ""


def _badge_after(event: Event, later: Sequence[Event]) -> str:
    """Return the badge that was read right after a scan that had none: it waited for it."""
    for one in later[:1]:
        read = codes.read(one.scan.text)
        if isinstance(read, codes.Badge) and one.scan.at - event.scan.at <= BADGE_TIME:
            return read.number
    return ""
