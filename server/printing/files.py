"""The files a template may reach: those in the template folders, and nothing else."""

import logging
import mimetypes
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

import weasyprint
from weasyprint.urls import URLFetcherResponse

ROOT = "file:///paper/"
"""Where relative addresses in a template start: not one folder, but all of them in turn."""

_engine_log = logging.getLogger("weasyprint")


class ConfinedFetcher(weasyprint.URLFetcher):  # type: ignore[misc]  # The library has no types.
    """Fetches from template folders, the plant's own first; whatever else is asked is refused."""

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__(allowed_protocols=["data"], allow_redirects=False)
        self._folders = [folder.resolve() for folder in folders]

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return the content of an address; raise ValueError for one that is out of bounds."""
        if url.startswith(ROOT):
            return self._from_folders(url)
        if url.startswith("data:"):
            return super().fetch(url, headers)
        raise ValueError(f"{url} is outside the template folders")

    def _from_folders(self, url: str) -> URLFetcherResponse:
        name = unquote(urlsplit(url).path).removeprefix("/paper/")
        for folder in self._folders:
            # Resolving follows links, so that a link cannot lead out of the folder either.
            path = (folder / name).resolve()
            if path.is_relative_to(folder) and path.is_file():
                kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
                return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})
        raise ValueError(f"there is no {name} in the template folders")


class Complaints(logging.Handler):
    """Collects what the engine merely logs: a missing logo must not go unnoticed.

    Errors are files that could not be loaded; warnings are style rules that it did not understand.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.errors: list[str] = []
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        kept = self.errors if record.levelno >= logging.ERROR else self.warnings
        kept.append(record.getMessage())

    def __enter__(self) -> Self:
        """Begin to listen."""
        _engine_log.addHandler(self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop listening."""
        _engine_log.removeHandler(self)
