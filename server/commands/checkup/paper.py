"""Whether paper comes out: a page laid out by the real engine, and its symbol read back.

It is imported when paper is looked at: without the engine's libraries that fails.
"""

from collections.abc import Iterator
from datetime import datetime

from hardware.barcodes import code128, read_back
from hardware.checkup.findings import Finding, look, ok, wrong
from hardware.errors import SymbolError
from server.commands.paper import template_folders
from server.config import Config
from server.domain.documents import Imprint, badges_document
from server.domain.names import BadgeNumber
from server.domain.paper import DocumentKind
from server.domain.plant import Operator
from server.domain.symbols import badge_code
from server.printing.errors import PaperFault
from server.printing.render import render
from server.services.ports import Document
from server.web.assets import folder

_SOMEBODY = Operator(BadgeNumber("4711"), "Doctor")
_TEMPLATES = "Mend the plant's own template in templates/paper of the data folder, or remove it."
_UPDATE = "Install Floorline again as docs/getting-started.md has it."


def check_page(config: Config, at: datetime) -> Iterator[Finding]:
    """Lay out a page with one badge, and read the badge's symbol back."""
    imprint = Imprint(
        config.plant_name, config.time_zone, at, "doctor", config.paper, config.language
    )
    context = badges_document([_SOMEBODY], imprint)
    page = Document(DocumentKind.BADGES, "Doctor", context)
    try:
        rendered = render(page, template_folders(config), folder() / "translations")
    except PaperFault as fault:
        yield wrong("a page of paper", f"{fault.code}: {fault}", _TEMPLATES)
    else:
        found = f"a badge on {config.paper}: PDF of {len(rendered.pdf)} bytes"
        if rendered.warnings:
            yield look("a page of paper", f"{found}; {rendered.warnings[0]}", _TEMPLATES)
        else:
            yield ok("a page of paper", found)
    yield from _check_symbol()


def _check_symbol() -> Iterator[Finding]:
    about, code = "a symbol read back", badge_code(_SOMEBODY.badge)
    try:
        read = read_back(code128(code))
    except SymbolError as error:
        yield wrong(about, str(error), _UPDATE)
        return
    yield ok(about, f"the Code 128 of the badge says {read}")
