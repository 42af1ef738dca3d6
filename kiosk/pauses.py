"""How long to wait before the next attempt: longer each time, and never all boxes at once."""

import random
from collections.abc import Callable

SHORTEST_S = 1.0
LONGEST_S = 30.0


class Pauses:
    """The pauses between attempts, from half a second to half a minute."""

    def __init__(
        self,
        shortest_s: float = SHORTEST_S,
        longest_s: float = LONGEST_S,
        chance: Callable[[], float] | None = None,
    ) -> None:
        self._shortest_s = shortest_s
        self._longest_s = longest_s
        self._chance = chance or random.SystemRandom().random
        self._tries = 0

    def next(self) -> float:
        """Return the seconds to wait now; after a power cut every station has its own."""
        whole: float = min(self._shortest_s * 2.0**self._tries, self._longest_s)
        if whole < self._longest_s:
            self._tries += 1
        return whole * (1 + self._chance()) / 2

    def reset(self) -> None:
        """Begin anew: it has worked."""
        self._tries = 0
