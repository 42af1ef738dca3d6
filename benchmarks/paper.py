"""What paper costs: CPU and memory of travelers, beside the PDF engine alone on the ready HTML.

Run with `python -m benchmarks paper`. Both are measured in turn, traveler by traveler in the same
process, so that a busy machine slows both; each number of travelers has a process of its own.
"""

import gc
import multiprocessing
import resource
import subprocess
import sys
import time
from dataclasses import dataclass

import weasyprint

from server.domain.documents import traveler_document
from server.domain.paper import DocumentKind
from server.printing.files import ROOT, ConfinedFetcher
from server.printing.render import ENGLISH, markup, render
from server.services.ports import Document
from tests.printing.paperwork import IMPRINT, TEMPLATES, order_of, sheet_of

OPERATIONS = 8
TITLE = f"Paper: travelers of {OPERATIONS} operations, beside the PDF engine alone"
HEAD = "| travelers | CPU s | CPU s each | engine alone, each | ratio | peak MiB |"
FOLDERS = (TEMPLATES,)


@dataclass(frozen=True, slots=True)
class Cost:
    """The CPU seconds of some travelers, ours and the engine's alone, and the memory at most."""

    ours_s: float
    engine_s: float
    peak_mib: float


def traveler(number: int) -> Document:
    """Return one of many different travelers."""
    order = order_of(OPERATIONS, f"WO{number:06d}")
    context = traveler_document(order, sheet_of(order, f"{number:07d}"), IMPRINT)
    return Document(DocumentKind.TRAVELER, order.number, context)


def measured(travelers: int, *, is_warm: bool) -> Cost:
    """Return what so many travelers cost in this process."""
    if is_warm:
        _alone(markup(traveler(0), FOLDERS, ENGLISH))
        render(traveler(0), FOLDERS)
    ours_s = engine_s = 0.0
    for number in range(1, travelers + 1):
        document = traveler(number)
        gc.collect()
        began = time.process_time()
        render(document, FOLDERS)
        ours_s += time.process_time() - began
        html = markup(document, FOLDERS, ENGLISH)
        gc.collect()
        began = time.process_time()
        _alone(html)
        engine_s += time.process_time() - began
    return Cost(ours_s, engine_s, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def cold() -> Cost:
    """Return the cost of a first traveler, loading everything included, in a fresh process."""
    # The engine's own first traveler would find everything loaded: there is no fair ratio.
    render(traveler(1), FOLDERS)
    used = resource.getrusage(resource.RUSAGE_SELF)
    return Cost(used.ru_utime + used.ru_stime, 0, used.ru_maxrss / 1024)


def measure() -> list[str]:
    """Return the rows of the table, from a program that gevent has not patched."""
    program = [sys.executable, "-m", "benchmarks.paper"]
    done = subprocess.run(program, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.splitlines()


def main() -> None:
    """Print the rows of the table."""
    processes = multiprocessing.get_context("spawn")
    with processes.Pool(1, maxtasksperchild=1) as pool:
        first = pool.apply(cold)
        print(f"| 1, cold | {first.ours_s:.2f} | | | | {first.peak_mib:.0f} |")
        for travelers in (1, 25, 100):
            cost = pool.apply(measured, (travelers,), {"is_warm": True})
            print(
                f"| {travelers}, warm | {cost.ours_s:.2f} | {cost.ours_s / travelers:.3f} | "
                f"{cost.engine_s / travelers:.3f} | {cost.ours_s / cost.engine_s:.2f} | "
                f"{cost.peak_mib:.0f} |"
            )


def _alone(html: str) -> None:
    fetcher = ConfinedFetcher(FOLDERS)
    weasyprint.HTML(string=html, base_url=ROOT, url_fetcher=fetcher).write_pdf()


if __name__ == "__main__":
    main()
