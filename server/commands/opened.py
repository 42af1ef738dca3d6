"""A plant for a single command: its store is open, its paper waits for a worker."""

from collections.abc import Iterator
from contextlib import contextmanager

from server.clock import now
from server.config import Config
from server.services.ports import Announcer, Change, Plant
from server.store import SqlStore, open_store
from server.web.announcer import through_queue


class Silent:
    """An announcer for a process without screens; a server notices changes by itself."""

    def tell(self, change: Change) -> None:
        """Tell nobody."""


class NoPress:
    """A press for a process that renders nothing: the spool keeps the jobs."""

    def wake(self) -> None:
        """Wake nobody: workers look at the spool by themselves."""

    def is_ready(self) -> bool:
        """Tell that nobody renders here."""
        return False


@contextmanager
def opened_store(config: Config) -> Iterator[SqlStore]:
    """Lend the store of a plant."""
    config.data.mkdir(parents=True, exist_ok=True)
    store = open_store(config.database_url)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def opened_plant(config: Config) -> Iterator[Plant]:
    """Lend a plant."""
    with opened_store(config) as store:
        yield Plant(store, announcer(config), NoPress(), now, config.rules())


def announcer(config: Config) -> Announcer:
    """Return who tells the screens: through the message queue, when there is one."""
    return through_queue(config.message_queue) if config.message_queue else Silent()
