"""What a kiosk's browser keeps so that its page opens without the server: the shell."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

SHELL = ("js/station/*.js", "js/shared/*.js", "css/tokens.css", "css/station*.css", "vendor/*.js")
"""The static files of the kiosk page; what a page does not ask for costs some kilobytes."""
WORKER = "js/station/worker.js"
MESSAGES = "/messages.json"
"""The catalogue of the page, as the base template names it."""


@dataclass(frozen=True, slots=True)
class Shell:
    """The static files of the kiosk page, and a version that changes with any of them."""

    version: str
    files: tuple[str, ...]


def shell_of(static: Path) -> Shell:
    """Return the shell that a folder of static files holds."""
    found = {path for pattern in SHELL for path in static.glob(pattern)}
    files = tuple(sorted(path.relative_to(static).as_posix() for path in found))
    digest = sha256()
    for name in files:
        digest.update(name.encode() + b"\0" + (static / name).read_bytes())
    return Shell(digest.hexdigest()[:16], tuple(name for name in files if name != WORKER))


def worker_of(static: Path, address: Callable[[str], str]) -> str:
    """Return the service worker that keeps the shell; `address` says where a file is served."""
    shell = shell_of(static)
    files = [address(name) for name in shell.files]
    kept = {"version": shell.version, "files": files, "messages": MESSAGES}
    source = (static / WORKER).read_text(encoding="utf-8")
    return f"self.shell = {json.dumps(kept)};\n{source}"
