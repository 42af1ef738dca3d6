"""The wheel carries all that the server needs, and nothing else."""

import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

import pytest

import hatch_build

SERVED = PurePosixPath("server/_web")


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[PurePosixPath]:
    """Return what a wheel built from this checkout holds; npm is not needed for it any more."""
    target = tmp_path_factory.mktemp("wheel")
    hatchling = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    subprocess.run(hatchling, cwd=root, check=True, capture_output=True, env={"PATH": ""})
    (built,) = target.glob("*.whl")
    with ZipFile(built) as archive:
        return [PurePosixPath(name) for name in archive.namelist()]


def test_it_installs_three_packages_and_no_more(wheel: list[PurePosixPath]) -> None:
    tops = {path.parts[0] for path in wheel if not path.parts[0].endswith(".dist-info")}

    assert tops == {"hardware", "kiosk", "server"}


def test_it_carries_the_browser_libraries_and_their_licences(wheel: list[PurePosixPath]) -> None:
    names = {*hatch_build.VENDORED, *(f"{package}.LICENSE" for package in hatch_build.PACKAGES)}

    assert {SERVED / "static" / "vendor" / name for name in names} <= set(wheel)


@pytest.mark.parametrize("folder", ["static", "templates", "translations"])
def test_it_carries_every_file_that_is_served(
    root: Path, wheel: list[PurePosixPath], folder: str
) -> None:
    files = {path.relative_to(root) for path in (root / folder).rglob("*") if path.is_file()}

    assert {SERVED / path.as_posix() for path in files} <= set(wheel)


def test_a_missing_npm_is_one_clear_sentence(root: Path, tmp_path: Path) -> None:
    for name in ("hatch_build.py", "package.json", "package-lock.json"):
        shutil.copy(root / name, tmp_path)

    blind = (
        "import importlib.util, sys; importlib.util.find_spec = lambda name: None;"
        "import hatch_build, pathlib; hatch_build.prepare(pathlib.Path('.'))"
    )
    outcome = subprocess.run(
        [sys.executable, "-c", blind],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        env={"PATH": ""},
        text=True,
    )

    assert outcome.returncode == 1
    assert outcome.stderr.startswith("The browser libraries come from npm")
    assert not (tmp_path / "static").exists()
