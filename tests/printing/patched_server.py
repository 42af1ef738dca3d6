"""A server in small, patched by gevent: queues a job, wakes its worker, hears of it, stops it."""

import sys

# ruff: noqa: E402 - gevent patches the standard library before anything else is imported.
from gevent import monkey

monkey.patch_all()

from pathlib import Path
from queue import Queue

import gevent

from server.domain.documents import badges_document
from server.domain.paper import DocumentKind
from server.printing.press import WorkerPress
from server.services.ports import Document
from tests.printing.paperwork import IMPRINT
from tests.printing.shelves import FolderShelf


def main(command: list[str]) -> None:
    """Print what happened, in one line."""
    folder = next(a for a in command if a.startswith("folder:")).removeprefix("folder:")
    done: Queue[int] = Queue()
    press = WorkerPress(command, done.put)
    press.start()
    while not press.is_ready():
        gevent.sleep(0.01)
    FolderShelf(Path(folder)).queue(
        Document(DocumentKind.BADGES, "badges", badges_document([], IMPRINT))
    )
    press.wake()
    job = done.get(timeout=40)
    press.stop(timeout_s=20)
    sys.stdout.write(f"ready, done {job}, {'still there' if press.is_ready() else 'stopped'}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
