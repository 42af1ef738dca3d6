"""What gets installed is what was locked, and the locks agree with what is asked for."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

LOCKS = ("run.txt", "dev.txt")


def pins(lock: Path) -> dict[str, set[str]]:
    """Return the versions that a lock file names for each package, one per Python where needed."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", lock.read_text(), re.MULTILINE):
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found


def unmet(wanted: list[str], lock: Path) -> list[str]:
    """Return the requirements that a lock file does not fulfil."""
    locked = pins(lock)
    return [
        text
        for text, requirement in ((text, Requirement(text)) for text in wanted)
        if not any(
            Version(version) in requirement.specifier
            for version in locked.get(canonicalize_name(requirement.name), ())
        )
    ]


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    """Return pyproject.toml."""
    return tomllib.loads((root / "pyproject.toml").read_text())


@pytest.fixture(scope="module")
def npm_lock(root: Path) -> dict[str, Any]:
    """Return package-lock.json."""
    lock: dict[str, Any] = json.loads((root / "package-lock.json").read_text())
    return lock


def test_the_run_lock_fulfils_every_dependency(root: Path, project: dict[str, Any]) -> None:
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["editable"]

    assert unmet(wanted, root / "requirements" / "run.txt") == []


def test_the_dev_lock_fulfils_every_dependency(root: Path, project: dict[str, Any]) -> None:
    groups = project["dependency-groups"]
    asked = [entry for entry in groups["dev"] if isinstance(entry, str)]
    wanted = project["project"]["dependencies"] + groups["editable"] + asked

    assert unmet(wanted, root / "requirements" / "dev.txt") == []


def test_developers_run_the_versions_that_plants_run(root: Path) -> None:
    run, dev = (pins(root / "requirements" / name) for name in LOCKS)

    assert {name: dev.get(name) for name in run} == run


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_a_hash(root: Path, name: str) -> None:
    entries = re.split(
        r"^(?=[\w.-]+==)", (root / "requirements" / name).read_text(), flags=re.MULTILINE
    )

    assert [entry for entry in entries[1:] if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_python_lock_names_no_package_index(root: Path, name: str) -> None:
    assert "://" not in (root / "requirements" / name).read_text()


def test_the_npm_lock_is_of_this_package_file(root: Path, npm_lock: dict[str, Any]) -> None:
    package = json.loads((root / "package.json").read_text())
    top = npm_lock["packages"][""]

    assert top["dependencies"] == package["dependencies"]
    assert top["devDependencies"] == package["devDependencies"]


def test_browser_libraries_are_asked_for_by_exact_version(root: Path) -> None:
    package = json.loads((root / "package.json").read_text())
    versions = package["dependencies"] | package["devDependencies"]

    assert [v for v in versions.values() if not re.fullmatch(r"\d+\.\d+\.\d+", v)] == []


def test_the_npm_lock_names_no_registry(npm_lock: dict[str, Any]) -> None:
    named = [path for path, package in npm_lock["packages"].items() if "resolved" in package]

    assert named == []


def test_every_browser_library_has_a_checksum(npm_lock: dict[str, Any]) -> None:
    unchecked = [
        path
        for path, package in npm_lock["packages"].items()
        if path and not package.get("optional") and "integrity" not in package
    ]

    assert unchecked == []
