"""The limits of the worker."""

import time
from dataclasses import dataclass
from pathlib import Path

from server.domain.paper import DocumentKind
from server.printing.render import Rendered
from server.printing.worker import Bench, Limits, finish, work_off
from server.services.ports import Document
from tests.printing.paperwork import NOON
from tests.printing.shelves import FolderShelf

DOCUMENT = Document(DocumentKind.BADGES, "badges", {})


def printed(_document: Document) -> Rendered:
    return Rendered(b"%PDF", ("odd: a style rule",))


@dataclass
class Stubborn:
    """An engine that takes the first ring for an error of its own."""

    rings: int = 0

    def __call__(self, _document: Document) -> Rendered:
        while True:
            try:
                time.sleep(30)
            except Exception:
                self.rings += 1
                if self.rings == 2:
                    raise


def test_everything_that_waits_is_worked_off(tmp_path: Path) -> None:
    shelf = FolderShelf(tmp_path / "spool")
    jobs = [shelf.queue(DOCUMENT) for _ in range(3)]

    done = work_off(Bench(shelf, printed, lambda: NOON))

    assert done == 3
    assert [shelf.state(job) for job in jobs] == ["ready"] * 3


def test_a_document_that_takes_too_long_fails(tmp_path: Path) -> None:
    shelf = FolderShelf(tmp_path / "spool")
    shelf.queue(DOCUMENT)
    job = shelf.claim(NOON)
    assert job is not None
    engine = Stubborn()

    is_ready = finish(Bench(shelf, engine, lambda: NOON), job, Limits(render_s=0.05))

    assert not is_ready
    assert shelf.error(job.id) == "render-too-long: not finished after 0.05 s"
    assert engine.rings == 2
