"""Writes into a store and says what it has been promised, until it is killed."""

import sys
from itertools import count
from threading import Lock, Thread

from server.domain.events import ScanRefused
from server.domain.plant import SYSTEM
from server.services.ports import Books
from server.store import SqlStore, open_store
from tests.builders import NOON

saying = Lock()


def write(store: SqlStore, writer: int) -> None:
    """Record one fact after the other; say each when it is durable."""
    for at in count():
        name = f"{writer}-{at}"

        def work(books: Books, name: str = name) -> None:
            books.record(ScanRefused(name, "unknown-code"), SYSTEM, NOON, name)
            books.answer(name, f"answer to {name}")

        store.write(work)
        with saying:
            sys.stdout.write(f"{name}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    opened = open_store(sys.argv[1])
    for number in range(4):
        Thread(target=write, args=(opened, number)).start()
