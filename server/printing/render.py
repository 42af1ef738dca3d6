"""Documents to PDF: a template, filled in inside a sandbox and laid out by WeasyPrint.

Only the worker and the command line import this module: WeasyPrint takes a second to load and
holds the interpreter while it lays out.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path

import weasyprint

from server.printing.errors import EngineFailed, FilesRefused, TemplateBroken
from server.printing.files import ROOT, Complaints, ConfinedFetcher
from server.printing.templates import environment, filled
from server.services.ports import Document

logger = logging.getLogger(__name__)

MOST_WARNINGS = 20
ENGLISH = NullTranslations()

ENGINE_FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What WeasyPrint has been seen to raise on markup and styles that it cannot lay out.

It documents no error class of its own, and one plant's style sheet must not end the worker.
"""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished PDF, and what somebody should look into although it could be printed."""

    pdf: bytes
    warnings: tuple[str, ...] = ()


def render(
    document: Document, templates: Sequence[Path], catalogues: Path | None = None
) -> Rendered:
    """Return a document as PDF, from the first of these folders that has its template.

    The last folder holds the templates that come with Floorline. When one of a plant's own is
    broken they are used instead; the paper then says so, and so do the warnings. The words are
    those of the document's language, as far as `catalogues` has it.
    """
    folders = tuple(templates)
    translations = _words(catalogues, document.context["language"]) if catalogues else ENGLISH
    try:
        return _printed(markup(document, folders, translations), folders)
    except TemplateBroken as fault:
        if len(folders) == 1:
            raise
        logger.warning("paper template broken file=%s line=%d", fault.file, fault.line)
        place = f"{Path(fault.file).name}, line {fault.line}"
        html = markup(document, folders[-1:], translations, notice=place)
        rendered = _printed(html, folders[-1:])
        return Rendered(rendered.pdf, (f"{fault.code}: {fault}", *rendered.warnings))


def markup(
    document: Document,
    folders: tuple[Path, ...],
    translations: NullTranslations,
    notice: str = "",
) -> str:
    """Return a document as HTML; `notice` names the broken template that this one stands in for."""
    context = {**document.context, "title": document.title, "notice": notice}
    return filled(environment(folders, translations), f"{document.kind}.html", context)


@cache
def _words(catalogues: Path, language: str) -> NullTranslations:
    """Return the same object for the same language, because environments are kept by it."""
    return translation("messages", catalogues, [language], fallback=True)


def _printed(html: str, folders: Sequence[Path]) -> Rendered:
    page = weasyprint.HTML(string=html, base_url=ROOT, url_fetcher=ConfinedFetcher(folders))
    with Complaints() as complaints:
        try:
            pdf = page.write_pdf()
        except ENGINE_FAULTS as error:
            raise EngineFailed(f"{type(error).__name__}: {error}") from error
    if complaints.errors:
        raise FilesRefused(complaints.errors)
    return Rendered(pdf, tuple(dict.fromkeys(complaints.warnings))[:MOST_WARNINGS])
