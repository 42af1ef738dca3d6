"""What deploy/ holds, as its tests see it."""

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

Script = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def deploy() -> Path:
    """Return the folder of units, rules and installers."""
    return Path(__file__).parents[2] / "deploy"


@pytest.fixture
def debian(tmp_path: Path) -> Path:
    """Return what tells the installers that this is a Debian."""
    path = tmp_path / "os-release"
    path.write_text('ID=debian\nVERSION_ID="12"\n', encoding="utf-8")
    return path


@pytest.fixture
def script(deploy: Path, debian: Path) -> Script:
    """Return how to run one of the scripts; it sees a Debian unless told of another system."""

    def run(
        name: str, *options: str, os_release: Path = debian
    ) -> subprocess.CompletedProcess[str]:
        command: Sequence[str] = [str(deploy / name), *options]
        environment = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "OS_RELEASE": str(os_release)}
        return subprocess.run(
            command, capture_output=True, text=True, check=False, env=environment, timeout=60
        )

    return run
