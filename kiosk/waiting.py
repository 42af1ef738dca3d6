"""A code that needs a badge waits for one, so that nobody has to scan it again.

The station's page does the same with what is read there (static/js/station/facts.js).
"""

from datetime import datetime, timedelta

from kiosk.events import Answer, Answered, Overheard, Scan

BADGE_TIME = timedelta(seconds=20)


class BadgeWait:
    """The scan that waits for a badge, if there is one."""

    def __init__(self) -> None:
        self._waiting: Scan | None = None

    def after(self, news: Answered | Overheard, now: datetime) -> Scan | None:
        """Return the scan that can go on after an answer, whichever device read the badge."""
        waiting, self._waiting = self._waiting, None
        if news.answer.code == "badge-needed" and isinstance(news, Answered):
            self._waiting = news.event.scan
        elif waiting is None or now - waiting.at > BADGE_TIME:
            return None
        elif _is_badge(news.answer):
            return waiting
        elif news.answer.code == "unknown-badge":
            self._waiting = waiting
        return None


def _is_badge(answer: Answer) -> bool:
    return answer.code == "badge"
