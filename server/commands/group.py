"""The command group: it finds its commands, and says what goes wrong in words."""

import sys
import tempfile
import traceback
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any

import click

from hardware.errors import HardwareError
from server.config import ConfigInvalid
from server.domain.errors import Refusal
from server.printing.errors import PaperFault
from server.services.ports import StoreAway
from server.store.engine import UnsuitableDatabase
from server.web.refusals import text_of

BUG = 70
"""The exit status for a mistake of ours, as BSD's sysexits has it."""


NEXT_STEPS = {
    "known-badge": "`floorline operators list` shows the badges there are.",
    "known-station": "`floorline stations list` shows those there are.",
    "reason-needed": 'Say it with --reason, such as --reason "torn".',
    "unknown-order": "The desk finds orders under Orders; `floorline import` brings new ones.",
    "unknown-station": "`floorline stations list` shows those there are.",
    "unknown-work-center": "`floorline work-centers list` shows those there are.",
}
"""What to do next at the command line, by the code of a refusal or of what was expected."""


class Told(click.ClickException):
    """An error that has been put into words."""


class WrongSettings(Told):
    """Settings that cannot be used."""

    exit_code = 2


class Floorline(click.Group):
    """Loads a command when it is wanted, and never shows a traceback."""

    def __init__(self, *args: Any, places: Mapping[str, str], **kwargs: Any) -> None:  # noqa: ANN401 - as click declares it
        super().__init__(*args, **kwargs)
        self._places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, those to begin with first."""
        del ctx
        return list(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, imported now."""
        del ctx
        if cmd_name not in self._places:
            return None
        module, _, name = self._places[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click declares it
        """Run a command."""
        try:
            return super().invoke(ctx)
        except ConfigInvalid as invalid:
            lines = "\n".join(f"  {error}" for error in invalid.errors)
            raise WrongSettings(f"These settings cannot be used:\n{lines}") from invalid
        except Refusal as refusal:
            raise Told(_with_next_step(refusal)) from refusal
        except StoreAway as away:
            raise Told(f"{away}. Start it, or correct the setting `database`.") from away
        except (HardwareError, PaperFault, UnsuitableDatabase) as problem:
            raise Told(str(problem)) from problem
        except OSError as problem:
            raise Told(_about(problem)) from problem


def _with_next_step(refusal: Refusal) -> str:
    """Return the words of a refusal, and what to do next where a command can help."""
    expected = [str(error.get("expected")) for error in refusal.details.get("errors", ())]
    steps = [NEXT_STEPS[code] for code in (refusal.code, *expected) if code in NEXT_STEPS]
    return " ".join([text_of(refusal.code, refusal.details), *dict.fromkeys(steps)])


def _about(problem: OSError) -> str:
    place = f"{problem.filename}: " if problem.filename else ""
    return f"{place}{problem.strerror or problem}"


def tell_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say that something is broken, and keep the traceback for whoever mends it."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="floorline-", suffix=".txt", delete=False, encoding="utf-8"
    ) as report:
        traceback.print_exception(kind, error, trace, file=report)
    said = str(error).splitlines()[:1]
    sys.stderr.write(f"Error: {': '.join([kind.__name__, *said])}\n")
    sys.stderr.write(f"The details are in {Path(report.name)}; please send them along.\n")
