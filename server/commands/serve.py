"""Serving a plant: a real one, or the one to try."""

import logging
from collections.abc import Callable
from pathlib import Path

import click

from server.commands.group import Told
from server.commands.options import EVERY, with_settings
from server.config import DATABASE_NAME, Config
from server.demo.load import is_demo, is_empty, load_demo
from server.demo.people import ENROLMENT_CODE, PASSWORDS, PLANT_NAME
from server.services import paper
from server.services.accounts import has_accounts
from server.services.ports import Plant
from server.services.rights import CONSOLE
from server.serving import PortTaken, Served
from server.web.set_up import is_loopback

logger = logging.getLogger(__name__)

TRY_IT = "try-it.pdf"
MARK = "this-is-a-demo"
"""A file in the folder of a demo, so that no real plant is ever taken for one."""


@click.command()
@with_settings(EVERY)
def serve(config: Config) -> None:
    """Serve the desk and the stations of a plant."""
    # By what the database holds: a demo stays one, however and from wherever it is served.
    served = Served(config, lambda store: ENROLMENT_CODE if is_demo(store) else "")
    _run(served, lambda address: _listening(served, address))


@click.command()
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, another plant.")
@click.option("--fresh", is_flag=True, help="Forget what happened in the demo, and begin anew.")
@with_settings(EVERY)
def demo(config: Config, seed: int, *, fresh: bool) -> None:
    """Serve a plant to try, with orders, operators and sign-ins made up from a seed."""
    config = _demo_config(config)
    mark = config.data / MARK
    if fresh and mark.exists():
        _forget(config.data)
    served = Served(config, lambda _store: ENROLMENT_CODE)
    plant = served.server.plant
    if is_empty(plant):
        click.echo("Making a plant up ...", err=True)
        mark.touch()
        load_demo(plant, seed)
    elif not mark.exists():
        raise Told(f"{config.data} holds a plant that is no demo. Choose another folder by --data.")
    _run(served, lambda address: _welcome(served, plant, address))


def _demo_config(config: Config) -> Config:
    """Return the settings with what the demo has of its own, unless it was set on purpose."""
    own = {"data": config.data / "demo", "plant_name": PLANT_NAME}
    update = {name: value for name, value in own.items() if name not in config.model_fields_set}
    return config.model_copy(update=update)


def _forget(folder: Path) -> None:
    """Remove the database of a demo, with the two files that SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm"):
        (folder / f"{DATABASE_NAME}{ending}").unlink(missing_ok=True)


def _run(served: Served, told: Callable[[str], None]) -> None:
    try:
        served.run(told)
    except PortTaken as taken:
        raise Told(str(taken)) from taken


def _listening(served: Served, address: str) -> None:
    """Log the address, and what whoever sets up a plant has to know."""
    logger.info("server listens address=%s", address)
    config, server = served.config, served.server
    if server.plant.rules.demo:
        logger.warning(
            "this is the demo, whose passwords everybody knows;"
            " a real plant needs a database of its own data=%s",
            config.data,
        )
    is_open = config.trusted_proxies > 0 or not is_loopback(config.host)
    if is_open and not has_accounts(server.plant):
        server.set_up.tell()


def _welcome(served: Served, plant: Plant, address: str) -> None:
    """Print where everything is, and queue the try-it sheet."""
    logger.info("server listens address=%s", address)
    stations = plant.store.read(lambda books: books.stations())
    sign_ins = "\n".join(f"  {name:<12} {password}" for name, password in PASSWORDS.items())
    kiosks = "\n".join(f"  {address}/station/{station.name}" for station in stations)
    sheet = served.config.data / TRY_IT
    click.echo(
        f"\nThe desk\n  {address}/desk/\n{sign_ins}\n\n"
        f"The stations; each asks once for the code {ENROLMENT_CODE}\n{kiosks}\n\n"
        f"A sheet of badges and travelers to scan, in a moment\n  {sheet}\n"
    )
    served.keep_paper(paper.print_try_it(plant, CONSOLE, address), sheet)
