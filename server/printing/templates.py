"""The sandbox of the paper templates: what they may call, and where a mistake in them lies."""

import traceback
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jinja2
from babel.dates import format_date, format_datetime, format_skeleton
from babel.numbers import format_decimal
from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from server.printing import symbols
from server.printing.errors import TemplateBroken

MISTAKES = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a mistake in a template raises: Jinja's own errors, and those of wrong values in Python."""

HOUR_MINUTES = 60

ENGLISH = "en"
"""Its days are written so that no continent misreads them; other languages have their own way."""


STANDARD = "standard/"
"""Before a template's name: the one of the last folder, which comes with Floorline."""


class _Folders(FileSystemLoader):
    """Loads from the first folder that has a template, and notices one that appeared since."""

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__(folders)
        self._standard = FileSystemLoader(folders[-1:])

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        if template.startswith(STANDARD):
            return self._standard.get_source(environment, template.removeprefix(STANDARD))
        source, filename, is_unchanged = super().get_source(environment, template)

        def is_uptodate() -> bool:
            earlier = self.searchpath[: self._index(filename)]
            return is_unchanged() and not any(Path(f, template).is_file() for f in earlier)

        return source, filename, is_uptodate

    def _index(self, filename: str) -> int:
        return next(i for i, f in enumerate(self.searchpath) if Path(filename).is_relative_to(f))


@cache
def environment(folders: tuple[Path, ...], translations: NullTranslations) -> jinja2.Environment:
    """Return the sandbox in which the templates of these folders run, the first folder's first."""
    sandbox = ImmutableSandboxedEnvironment(
        loader=_Folders([folder.resolve() for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    # The extension adds this method; it escapes what is put into a translated text.
    sandbox.install_gettext_translations(  # type: ignore[attr-defined]
        translations, newstyle=True
    )
    sandbox.globals |= {
        "code128": symbols.code128,
        "data_matrix": symbols.data_matrix,
        "line_code": symbols.line_code,
    }
    sandbox.filters |= {
        "code128": symbols.code128,
        "data_matrix": symbols.data_matrix,
        "local": local,
        "day": day,
        "number": number,
        "duration": duration,
    }
    return sandbox


def filled(sandbox: jinja2.Environment, name: str, context: dict[str, Any]) -> str:
    """Return a template filled in; raise TemplateBroken with the place of a mistake."""
    try:
        return sandbox.get_template(name).render(context)
    except MISTAKES as error:
        raise _located(sandbox, name, error) from error


@pass_context
def local(context: Context, moment: str) -> str:
    """Return an ISO moment in the plant's local time: `22 Nov 2026, 15:25`."""
    at = datetime.fromisoformat(moment).astimezone(ZoneInfo(context["zone"]))
    language = context["language"]
    if language == ENGLISH:
        return format_datetime(at, "d MMM y, HH:mm", locale=language)
    written = format_skeleton("yMMMd", at, locale=language)
    return f"{written}, {at:%H:%M}"


@pass_context
def day(context: Context, iso_date: str) -> str:
    """Return an ISO date as people say it: `Sun 22 Nov 2026`."""
    day_itself, language = date.fromisoformat(iso_date), context["language"]
    if language == ENGLISH:
        return format_date(day_itself, "EEE d MMM y", locale=language)
    return format_skeleton("yMMMEd", day_itself, locale=language)


@pass_context
def number(context: Context, value: float) -> str:
    """Return a number with at most two decimals, grouped as the language does."""
    return format_decimal(value, "#,##0.##", locale=context["language"])


@pass_context
def duration(context: Context, minutes: float) -> str:
    """Return minutes as `4 h 40 min`, or as `2.5 min` below an hour."""
    if minutes < HOUR_MINUTES:
        return f"{number(context, minutes)} min"
    hours, rest = divmod(round(minutes), HOUR_MINUTES)
    return f"{number(context, hours)} h {rest:02d} min"


def _located(sandbox: jinja2.Environment, name: str, error: Exception) -> TemplateBroken:
    problem = f"{type(error).__name__}: {error}"
    if isinstance(error, jinja2.TemplateSyntaxError):
        return TemplateBroken(error.filename or error.name or name, error.lineno, problem)
    places = [
        (frame.filename, frame.lineno or 0)
        for frame in traceback.extract_tb(error.__traceback__)
        if _is_in(frame.filename, _searched(sandbox))
    ]
    file, line = places[-1] if places else (name, 0)
    return TemplateBroken(file, line, problem)


def _searched(sandbox: jinja2.Environment) -> Sequence[str]:
    return sandbox.loader.searchpath if isinstance(sandbox.loader, _Folders) else ()


def _is_in(filename: str, folders: Sequence[str]) -> bool:
    return any(Path(filename).is_relative_to(folder) for folder in folders)
