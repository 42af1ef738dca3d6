"""The doctor: everything a plant needs from this machine, looked at, with what to do about it."""

import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from hardware.checkup.findings import Area, State, examined
from server.commands.checkup.plant import server_areas
from server.commands.checkup.words import Told, as_json, told
from server.commands.options import EVERY, with_unread_settings
from server.config import Config

STATION = "kiosk.checkup.station"
"""What looks at a station box; it stands above us, so it is found by its name."""

_USUAL_BAUD = 9600


@click.command()
@click.option("--server", default="", help="Look at a station box: where its server is.")
@click.option("--name", default="", help="The station, as it is called in the desk.")
@click.option(
    "--scanner",
    "scanners",
    multiple=True,
    metavar="DEVICE",
    help="A scanner of the box, as `floorline station` takes it; may be given again.",
)
@click.option("--baud", type=click.IntRange(1), default=_USUAL_BAUD, show_default=True)
@click.option("--test", is_flag=True, help="Have something scanned with each scanner.")
@click.option("--seconds", type=click.FloatRange(1, 600), default=20.0, show_default=True)
@click.option("--json", "for_machines", is_flag=True, help="Print JSON.")
@with_unread_settings(EVERY)
def doctor(
    settings: Callable[[], Config],
    server: str,
    *,
    for_machines: bool,
    **box: Any,  # noqa: ANN401 - options may be anything
) -> None:
    """Look whether this machine has all it needs, and say what to do where it has not.

    With --server this is a station box, and --data its folder; without, it is where `floorline
    serve` runs, with the same settings. The exit status is 1 when something is wrong.
    """
    # The libraries would tell of each mistake once more, between the lines.
    logging.disable(logging.CRITICAL)
    click.get_current_context().call_on_close(partial(logging.disable, logging.NOTSET))
    areas = _station_areas(server, box) if server else _server_areas(settings, box)
    noted: list[Told] = []
    findings = _noting(examined(areas), noted)
    if for_machines:
        click.echo(as_json(findings))
    else:
        for line in told(findings):
            click.echo(line)
    sys.exit(any(finding.state is State.WRONG for _, finding in noted))


def _station_areas(server: str, box: Mapping[str, Any]) -> list[Area]:
    station: Any = import_module(STATION)
    # It is a setting of the server, too, and was taken as one.
    data = click.get_current_context().params["data"]
    asked = station.Asked(
        server,
        box["name"],
        Path(data) if data else None,
        box["scanners"],
        box["baud"],
        box["seconds"] if box["test"] else 0.0,
    )
    areas: list[Area] = station.station_areas(asked, partial(click.echo, err=True))
    return areas


def _server_areas(settings: Callable[[], Config], box: Mapping[str, Any]) -> list[Area]:
    if box["name"] or box["scanners"] or box["test"]:
        raise click.UsageError(
            "--name, --scanner and --test are about a station box: say with --server where its "
            "server is."
        )
    return server_areas(settings)


def _noting(findings: Iterator[Told], noted: list[Told]) -> Iterator[Told]:
    for one in findings:
        noted.append(one)
        yield one
