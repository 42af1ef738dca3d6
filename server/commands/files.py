"""Files in and out: work orders from the planner, the whole plant to an analyst."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from server.clock import now
from server.commands.group import Told
from server.commands.opened import opened_plant, opened_store
from server.commands.options import with_settings
from server.commands.progress import shown
from server.config import Config
from server.exchange import limits
from server.exchange.export import export_plant
from server.exchange.mapping import read_mapping
from server.exchange.orders import read_orders
from server.services.planning import ImportReport, import_orders
from server.services.ports import FileError, Reading
from server.services.rights import CONSOLE
from server.web.expectations import expected_words

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=EXISTING)
@click.option("--mapping", type=EXISTING, help="A TOML file that says which column is which.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
@with_settings()
def import_files(
    config: Config, files: tuple[Path, ...], mapping: Path | None, *, dry_run: bool
) -> None:
    """Take work orders from CSV, XLSX or JSON files, all of them or none."""
    columns = {} if mapping is None else _mapping(mapping)
    readings = [_reading(path, columns) for path in files]
    with opened_plant(config) as plant, shown("Planning", "Planning") as progress:
        report = import_orders(plant, CONSOLE, readings, dry_run=dry_run, progress=progress)
    _tell_unused(readings)
    _tell(report)


def _mapping(path: Path) -> Mapping[str, str]:
    """Return what a mapping file says; everything wrong with it is told, with where to read on."""
    found = read_mapping(path.name, _start(path, limits.MAPPING_BYTES))
    if found.errors:
        _print_errors(found.errors)
        raise Told("This mapping cannot be used; see docs/import-format.md. Nothing was imported.")
    return found.mapping


def _reading(path: Path, mapping: Mapping[str, str]) -> Reading:
    """Return what a file contains, under a bar when there is much to read."""
    content = _start(path, limits.FILE_BYTES)
    with shown(f"Reading {path.name}", f"Checking {path.name}") as progress:
        return read_orders(path.name, content, mapping, progress)


def _start(path: Path, most: int) -> bytes:
    """Return a file, or of one that is too large just enough that its reader refuses it."""
    with path.open("rb") as file:
        return file.read(most + 1)


def _tell_unused(readings: Iterable[Reading]) -> None:
    for unused in dict.fromkeys(name for reading in readings for name in reading.unused):
        click.echo(f"The column {unused!r} was not used.", err=True)


def _tell(report: ImportReport) -> None:
    """Print what an import did, or the table of what is wrong; exits with 1 then."""
    if report.errors:
        _print_errors(report.errors)
        raise Told(
            f"{_counted(len(report.errors), 'error')}; nothing was imported. "
            "Correct the file and import it again; see docs/import-format.md."
        )
    would = "would be " if report.dry_run else ""
    for number, changed in report.updated:
        click.echo(f"{number}: {', '.join(changed)}")
    click.echo(
        f"{_counted(len(report.created), 'order')} {would}created, "
        f"{len(report.updated)} {would}updated, "
        f"{len(report.unchanged)} unchanged."
    )


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _print_errors(errors: Sequence[FileError]) -> None:
    rows = [("File", "Row", "Column", "Value", "Expected")]
    rows += [
        (e.file, str(e.row or ""), e.column, e.value, expected_words(e.expected)) for e in errors
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*cells, row[-1]]), err=True)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Overwrite the file when there is one already.")
@with_settings()
def export(config: Config, file: Path, *, replace: bool) -> None:
    """Write the whole plant to an SQLite file for analysis."""
    try:
        with opened_store(config) as store:
            done = store.read(lambda books: export_plant(books, file, now(), replace=replace))
    except FileExistsError as there:
        raise Told(f"{file} exists already; add --replace to overwrite it.") from there
    orders, operations = _counted(done.orders, "order"), _counted(done.operations, "operation")
    click.echo(f"{file}: {orders}, {operations}, {_counted(done.entries, 'fact')}")
