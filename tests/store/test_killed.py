"""A process that is killed while it writes: nothing that was answered is lost."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from server.store import open_store

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.timeout(60)
@pytest.mark.parametrize("promises", [1, 30, 200])
def test_killing_a_writer_loses_nothing_that_it_was_promised(tmp_path: Path, promises: int) -> None:
    url = f"sqlite:///{tmp_path / 'plant.sqlite'}"
    command = [sys.executable, "-m", "tests.store.writer", url]

    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(promises)]
        process.kill()
        told += process.stdout.readlines()
    promised = [line.strip() for line in told if line.endswith("\n")]

    with closing(open_store(url)) as store:
        entries = store.read(lambda i: i.entries(0, 100_000))
        answers, _ = store.write(lambda b: [b.answered(name) for name in promised])
    assert len(promised) >= promises
    assert answers == [f"answer to {name}" for name in promised]
    assert [entry.rev for entry in entries] == list(range(1, len(entries) + 1))
