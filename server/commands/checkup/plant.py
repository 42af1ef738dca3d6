"""Everything that the doctor looks at where a server runs, in order."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path

from hardware.checkup.clock import check_battery, check_synchronised
from hardware.checkup.disk import check_commits, check_space
from hardware.checkup.findings import Area, Check, Finding, ok, wrong
from server.clock import now
from server.commands.checkup.serving import check_port, check_queue
from server.config import Config, ConfigInvalid
from server.store.checkup import check_database

FONTS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local" / "share" / "fonts",
    Path.home() / ".fonts",
)
PAGE = "server.commands.checkup.paper"
"""What lays out a page; without the PDF engine's libraries it cannot be imported."""


def server_areas(settings: Callable[[], Config]) -> list[Area]:
    """Return what there is to look at; with settings that cannot be used, what is left of it."""
    try:
        config = settings()
    except ConfigInvalid as invalid:
        mistakes = invalid.errors
        return [Area("Settings", (lambda: _mistakes(mistakes),)), _clock()]
    paper: tuple[Check, ...] = (check_fonts, partial(_check_page, config))
    return [
        Area("Settings", (lambda: [ok("settings", f"valid, data folder {config.data}")],)),
        Area("Database", (partial(check_database, config.database_url),)),
        Area("Disk", (partial(check_space, config.data), partial(check_commits, config.data))),
        Area("Paper", paper),
        Area("Network", (partial(check_port, config), partial(check_queue, config))),
        _clock(),
    ]


def check_fonts(folders: tuple[Path, ...] = FONTS) -> Iterator[Finding]:
    """Look whether there are fonts to print with."""
    found = sum(
        name.endswith((".ttf", ".otf", ".ttc"))
        for folder in folders
        for _, _, names in os.walk(folder)
        for name in names
    )
    if found:
        yield ok("fonts", f"{found} files")
    else:
        advice = "Install one, such as the package fonts-dejavu-core: paper would have no letters."
        yield wrong("fonts", "none is installed", advice)


def _check_page(config: Config) -> Iterator[Finding]:
    try:
        page = import_module(PAGE)
    except (ImportError, OSError) as missing:
        advice = "Install the packages libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0."
        yield wrong("a page of paper", f"the PDF engine cannot be loaded: {missing}", advice)
        return
    yield from page.check_page(config, now())


def _clock() -> Area:
    return Area("Clock", (check_synchronised, check_battery))


def _mistakes(errors: list[str]) -> Iterator[Finding]:
    for error in errors:
        yield wrong("setting", error, "Correct it as docs/configuration.md has it.")
