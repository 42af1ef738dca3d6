"""The command of a station box."""

import logging
import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from threading import Event
from types import FrameType

import click

from hardware.beepers import Dialect
from hardware.systemd import started_by
from kiosk.agent import Agent, Router
from kiosk.clock import now
from kiosk.config import Given, Settings, checked
from kiosk.credentials import Credentials
from kiosk.devices import warn_of_fleeting
from kiosk.errors import KioskError, ServerAway, SettingsInvalid
from kiosk.feedback import Terminal
from kiosk.home import Home
from kiosk.journal import Journal
from kiosk.light import Signal, shining
from kiosk.uplink import Uplink
from kiosk.voices import Beeper, Chorus
from kiosk.watchdog import Watchdog
from kiosk.wire import Address

logger = logging.getLogger(__name__)


class WrongSettings(click.ClickException):
    """Settings that cannot be used."""

    exit_code = 2


@click.command()
@click.option("--server", required=True, help="Where the server is: http://floorline.plant:8080")
@click.option("--name", required=True, help="The station, as it is called in the desk.")
@click.option(
    "--scanner",
    "scanners",
    multiple=True,
    metavar="DEVICE",
    help="What it is (usb:05f9:4005:S1A2B3), a path below /dev/serial/by-id, or socket://host:port;"
    " with ,19200 behind it at that speed. keyboard:05f9:2206 where it types. May be given again.",
)
@click.option(
    "--badge-reader",
    "badge_readers",
    multiple=True,
    metavar="DEVICE",
    help="A reader of badges, written as a scanner is; may be given again.",
)
@click.option("--baud", default=9600, show_default=True, help="The speed where none is written.")
@click.option(
    "--beeper",
    default=Dialect.NONE.value,
    show_default=True,
    metavar="|".join(Dialect),
    help="How the scanners' own beepers are told the verdict.",
)
@click.option("--light", default="", metavar="patlite://HOST[:PORT]", help="The stack light.")
@click.option("--code", default="", help="The one-time code from the desk, for the first start.")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Its own folder.")
def station(
    scanners: tuple[str, ...],
    badge_readers: tuple[str, ...],
    data: Path | None,
    baud: int,
    **words: str,
) -> None:
    """Be a station: send what scanners read, and lose nothing when the server is away."""
    try:
        server, name, code = words["server"], words["name"], words["code"]
        given = Given(server, name, scanners, baud, code, data, badge_readers)
        settings = checked(replace(given, beeper=words["beeper"], light=words["light"]))
        _log()
        _work(settings)
    except SettingsInvalid as invalid:
        lines = "\n".join(f"  {error}" for error in invalid.errors)
        raise WrongSettings(f"These settings cannot be used:\n{lines}") from invalid
    except KioskError as problem:
        raise click.ClickException(str(problem)) from problem


def _work(settings: Settings) -> None:
    """Be the station until SIGTERM or SIGINT."""
    with Home(settings.folder) as home:
        credentials = Credentials(settings, home)
        _enrol(credentials)
        journal = Journal(home.journal, settings.name)
        try:
            address = Address(settings.server, settings.name)
            uplink = Uplink(journal, address, credentials, now)
            signals = Signal()
            voices = Chorus(Terminal(click.echo), signals)
            router = Router(journal, uplink, voices, now)
            warn_of_fleeting(settings.devices)
            logger.info("station starts name=%s unsent=%d", settings.name, journal.count_unsent())
            watchdog = Watchdog(started_by(os.environ))
            agent = Agent(router, uplink, settings.devices, watchdog)
            voices.join(Beeper(settings.beeper, agent.send, now))
            with shining(settings.light, signals):
                agent.run(_until_told())
            logger.info("station stops name=%s unsent=%d", settings.name, journal.count_unsent())
        finally:
            journal.close()


def _enrol(credentials: Credentials) -> None:
    """Say at once that a code is wrong, while whoever typed it is there; the network can wait."""
    try:
        credentials.token()
    except ServerAway as away:
        logger.warning("not enrolled yet reason=%s", away)


def _until_told() -> Event:
    stop = Event()

    def tell(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, tell)
    return stop


def _log() -> None:
    """Write log lines as the server does; its own words stand in server.log, out of reach here."""
    handler = logging.StreamHandler(sys.stderr)
    lines = logging.Formatter("%(asctime)s %(levelname)-7s %(message)s", "%Y-%m-%dT%H:%M:%SZ")
    lines.converter = time.gmtime
    handler.setFormatter(lines)
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for library in ("engineio", "socketio"):
        # They tell of each lost connection as of an error; the uplink tells it once.
        logging.getLogger(library).setLevel(logging.CRITICAL)
