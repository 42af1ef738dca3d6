"""A paper worker as a process: `python -m tests.printing.paper_worker ADDRESS FOLDERS LATER JOBS`.

LATER is by how many seconds its clock is ahead, JOBS after how many jobs it begins anew. With
`gevent` as a fifth argument it is patched as the server's command line is.
"""

import logging
import sys
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from gevent import monkey

if "gevent" in sys.argv:
    monkey.patch_all()

from server.printing.render import render
from server.printing.worker import Bench, Limits, Worker
from tests.printing.shelves import shelf_at


def main(address: str, folders: str, later: str, most_jobs: str) -> None:
    """Serve until told to end."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)

    def now() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(later))  # noqa: TID251  # A real clock.

    templates = [Path(folder) for folder in folders.split(",")]
    bench = Bench(shelf_at(address).spool, partial(render, templates=templates), now)
    # Polling is slow enough that a test would time out if waking did not work.
    limits = Limits(poll_s=60, render_s=30, most_jobs=int(most_jobs))
    Worker(bench, wakes=0, limits=limits).run()


if __name__ == "__main__":
    main(*sys.argv[1:5])
