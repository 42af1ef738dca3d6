"""One question to a server over HTTP, with the times that belong to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import Request, urlopen

PATIENCE_S = 5.0
LONGEST_BODY = 100_000
_SECOND = timedelta(seconds=1)

Now = Callable[[], datetime]


class NoAnswer(OSError):
    """Whoever is there does not answer as a web server does."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answered, and when."""

    status: int
    headers: Message
    body: bytes
    asked_at: datetime
    answered_at: datetime

    @property
    def round_trip(self) -> timedelta:
        """Return how long it took."""
        return self.answered_at - self.asked_at

    @property
    def ahead(self) -> tuple[timedelta, timedelta] | None:
        """Return between which bounds our clock is ahead of the server's, if it tells its time."""
        try:
            told = parsedate_to_datetime(self.headers.get("Date", "")).astimezone(UTC)
        except ValueError:
            return None
        # It tells whole seconds, of some moment between the question and the answer.
        return self.asked_at - told - _SECOND, self.answered_at - told


def ask(url: str, now: Now, headers: Mapping[str, str] | None = None) -> Reply:
    """Return what a server answers, errors included; raise NoAnswer when it does not."""
    request = Request(url, headers=dict(headers or {}))  # noqa: S310 - http and https only
    asked_at = now()
    try:
        with urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310 - as above
            body = answer.read(LONGEST_BODY)
            return Reply(answer.status, answer.headers, body, asked_at, now())
    except HTTPError as refusal:
        with refusal:
            return Reply(refusal.code, refusal.headers, refusal.read(LONGEST_BODY), asked_at, now())
    except (OSError, HTTPException, ValueError) as problem:
        raise NoAnswer(str(problem)) from problem
