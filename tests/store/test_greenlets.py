"""The store under gevent: a process of its own, since patching cannot be undone."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def written(url: str) -> tuple[int, int, int]:
    """Return the revision, the commits and the turns of the loop while greenlets wrote."""
    command = [sys.executable, "-m", "tests.store.greenlets", url]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    revision, commits, turns = map(int, run.stdout.split())
    return revision, commits, turns


@pytest.mark.slow
@pytest.mark.timeout(60)
def test_greenlets_share_commits_to_a_file_and_the_loop_goes_on(tmp_path: Path) -> None:
    revision, commits, turns = written(f"sqlite:///{tmp_path / 'plant.sqlite'}")

    assert revision == 200
    assert commits < 100
    assert turns > 2 * commits


@pytest.mark.slow
@pytest.mark.timeout(60)
@pytest.mark.usefixtures("new_postgresql_store")
def test_greenlets_share_commits_to_postgresql_and_the_loop_goes_on(postgresql_url: str) -> None:
    before, _, _ = written(postgresql_url)

    revision, commits, turns = written(postgresql_url)

    assert revision == before + 200
    assert commits < 100
    assert turns > 2 * commits
