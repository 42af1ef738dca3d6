"""Paper at the command line: one document to a file, and the worker that renders for a server."""

import os
from functools import partial
from pathlib import Path

import click

from server.clock import now
from server.commands.group import Told
from server.commands.opened import Silent, opened_store
from server.commands.options import PAPER, with_settings
from server.config import Config
from server.domain.names import BadgeNumber, OrderNumber, StationName, WorkCenterName
from server.printing.press import LocalPress
from server.printing.render import render
from server.printing.worker import Bench, serve, serve_alone, work_off
from server.services import paper as papers
from server.services.ports import Plant
from server.services.rights import CONSOLE
from server.store import SqlStore
from server.web.assets import folder

KINDS = ("traveler", "dispatch-list", "badges", "station-labels", "try-it")


def template_folders(config: Config) -> tuple[Path, ...]:
    """Return where the paper's templates are: the plant's own first, then those of Floorline."""
    own = config.data / "templates" / "paper"
    shipped = folder() / "templates" / "paper"
    # The plant's own may come while the worker runs: a folder that is not there is passed over.
    return (own, shipped)


def _bench(store: SqlStore, config: Config) -> Bench:
    """Return what a worker works with: the plant's templates, in the plant's language."""
    catalogues = folder() / "translations"
    filled_in = partial(render, templates=template_folders(config), catalogues=catalogues)
    return Bench(store.spool, filled_in, now)


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("names", nargs=-1)
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="The PDF file.")
@click.option("--reason", default="", help="Why a traveler is printed again.")
@click.option("--address", default="http://127.0.0.1:8080", help="The server, on a try-it sheet.")
@with_settings(PAPER)
def paper(config: Config, kind: str, names: tuple[str, ...], to: Path | None, **words: str) -> None:
    """Print a document to a PDF file.

    NAMES are the order of a traveler, the work center of a dispatch list, or the badges or
    stations that are wanted; without any, all of them.
    """
    if kind in {"traveler", "dispatch-list"} and len(names) != 1:
        what = "order" if kind == "traveler" else "work center"
        raise Told(f"Name the {what}: floorline paper {kind} NUMBER")
    path = to or Path(f"{'-'.join([kind, *names[:1]]).replace('/', '_')}.pdf")
    _check(path)
    with opened_store(config) as store:
        bench = _bench(store, config)
        press = LocalPress(partial(work_off, bench))
        plant = Plant(store, Silent(), press, now, config.rules())
        job = _queue(plant, kind, names, words)
        path.write_bytes(_pdf(store, job))
    click.echo(str(path))


def _check(path: Path) -> None:
    """Refuse a file that cannot be written, before anything is issued or superseded."""
    if not path.parent.is_dir():
        raise Told(f"There is no folder {path.parent}. Create it, or name another file with --to.")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise Told(f"{path} cannot be written. Name another file with --to.")


def _queue(plant: Plant, kind: str, names: tuple[str, ...], words: dict[str, str]) -> int:
    match kind:
        case "traveler":
            return papers.print_traveler(plant, CONSOLE, OrderNumber(names[0]), words["reason"])
        case "dispatch-list":
            return papers.print_dispatch_list(plant, CONSOLE, WorkCenterName(names[0]))
        case "badges":
            return papers.print_badges(plant, CONSOLE, [BadgeNumber(name) for name in names])
        case "station-labels":
            stations = [StationName(name) for name in names]
            return papers.print_station_labels(plant, CONSOLE, stations)
        case _:
            return papers.print_try_it(plant, CONSOLE, words["address"])


def _pdf(store: SqlStore, job: int) -> bytes:
    """Return the paper of a job that has just been rendered; say why when there is none."""
    pdf = store.read(lambda books: books.pdf(job))
    if pdf is None:
        done = store.read(lambda books: books.print_job(job))
        why = done.error if done and done.error else "another worker took it; look at the desk"
        raise Told(f"The paper could not be made: {why}")
    return pdf


@click.command("paper-worker")
@click.option("--woken", is_flag=True, help="Be woken by the lines of a server that started it.")
@with_settings()
def paper_worker(config: Config, *, woken: bool) -> None:
    """Render the paper that waits, until it is told to stop."""
    with opened_store(config) as store:
        work = serve if woken else serve_alone
        work(_bench(store, config))
