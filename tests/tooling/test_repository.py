"""What the repository keeps, what it leaves out, and what CI makes of it."""

import os
from pathlib import Path

import hatch_build

THIRD_PARTY_FOLDERS = {"node_modules", "vendor"}


def test_no_third_party_code_is_kept(root: Path, tracked: list[Path]) -> None:
    kept = [
        path
        for path in tracked
        if THIRD_PARTY_FOLDERS & set(path.relative_to(root).parts[:-1])
        or path.name.endswith((".min.js", ".min.css"))
    ]

    assert kept == []


def test_nothing_that_a_tool_makes_is_kept(tracked: list[Path]) -> None:
    assert [path for path in tracked if path.suffix in {".mo", ".pyc", ".sqlite", ".whl"}] == []


def test_ci_runs_what_a_developer_runs(root: Path) -> None:
    script = root / ".ci" / "run"

    assert "make test" in script.read_text()
    assert os.access(script, os.X_OK)


def test_every_vendored_library_is_in_the_lock_with_its_licence(root: Path) -> None:
    vendored = root / "static" / "vendor"

    assert hatch_build.is_vendored(root)
    assert all((vendored / name).stat().st_size for name in hatch_build.VENDORED)
    assert all((vendored / f"{name}.LICENSE").stat().st_size for name in hatch_build.PACKAGES)


def test_a_change_of_the_lock_vendors_anew(tmp_path: Path) -> None:
    vendored = tmp_path / "static" / "vendor"
    vendored.mkdir(parents=True)
    (tmp_path / "package-lock.json").write_text("{}")
    (vendored / ".lock-sha256").write_text(hatch_build.fingerprint(tmp_path))
    assert hatch_build.is_vendored(tmp_path)

    (tmp_path / "package-lock.json").write_text('{"changed": true}')

    assert not hatch_build.is_vendored(tmp_path)


def test_a_catalogue_is_compiled_once_and_again_when_it_changes(tmp_path: Path) -> None:
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source, compiled = folder / "messages.po", folder / "messages.mo"
    source.write_text('msgid "Start"\nmsgstr "Anfangen"\n')
    hatch_build.compile_catalogues(tmp_path)
    os.utime(compiled, (0, 0))

    hatch_build.compile_catalogues(tmp_path)
    unchanged = compiled.stat().st_mtime == 0
    source.write_text('msgid "Start"\nmsgstr "Beginnen"\n')
    hatch_build.compile_catalogues(tmp_path)

    assert unchanged
    assert b"Beginnen" in compiled.read_bytes()
