"""Measure everything, or what is named: python -m benchmarks [confirmations|resequence|…]."""

# ruff: noqa: E402 - gevent patches the standard library before anything else is imported.
from gevent import monkey

monkey.patch_all()

import platform
import sys

from benchmarks import confirmations, import_costs, paper, resequence, start, store_costs

MEASUREMENTS = {
    "confirmations": confirmations,
    "import": import_costs,
    "paper": paper,
    "resequence": resequence,
    "start": start,
    "store": store_costs,
}


def main(wanted: list[str]) -> None:
    """Print a table for each measurement."""
    print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}")
    for name, measurement in MEASUREMENTS.items():
        if wanted and name not in wanted:
            continue
        columns = measurement.HEAD.count("|") - 1
        print(f"\n### {measurement.TITLE}\n\n{measurement.HEAD}\n{'|---' * columns}|")
        for row in measurement.measure():
            print(row, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
