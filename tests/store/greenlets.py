"""Writes from many greenlets at once, as the server does, and tells how that went."""

# ruff: noqa: E402 - gevent patches the standard library before anything else is imported.
from gevent import monkey

monkey.patch_all()

import sys
from collections.abc import Callable

import gevent

from server.domain.events import ScanRefused
from server.domain.plant import SYSTEM
from server.store import SqlStore, open_store
from tests.builders import recording

GREENLETS, UNITS = 40, 5


def elsewhere(work: Callable[[], None]) -> None:
    """Run something in a thread of its own while the loop goes on."""
    gevent.get_hub().threadpool.apply(work)


def write(store: SqlStore, name: int) -> None:
    """Write and read by turns."""
    for at in range(UNITS):
        store.write(recording(ScanRefused(f"{name}-{at}", "unknown-code"), actor=SYSTEM))
        store.read(lambda inquiries: inquiries.revision())


def main(url: str) -> None:
    """Say the revision, the commits, and how often the loop came round while they wrote."""
    store = open_store(url, elsewhere)
    turns = 0

    def turn() -> None:
        nonlocal turns
        while True:
            turns += 1
            gevent.sleep(0)

    turning = gevent.spawn(turn)
    gevent.joinall([gevent.spawn(write, store, name) for name in range(GREENLETS)])
    turning.kill()
    revision = store.read(lambda inquiries: inquiries.revision())
    sys.stdout.write(f"{revision} {store.group.commits} {turns}\n")
    store.close()


if __name__ == "__main__":
    main(sys.argv[1])
