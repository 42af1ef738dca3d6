"""A scanner without the plastic, for trying and for tests."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

import click

from hardware.virtual import VirtualScanner, paced


@click.command()
@click.argument("codes", nargs=-1)
@click.option("--from", "source", type=click.File(), help="A file with one code in each line.")
@click.option("--link", type=click.Path(path_type=Path), help="A lasting name for the terminal.")
@click.option("--per-minute", type=click.FloatRange(0.1), default=20.0, show_default=True)
@click.option("--wait/--no-wait", default=True, help="Wait for Enter before the first code.")
def scan(
    codes: tuple[str, ...],
    source: TextIO | None,
    link: Path | None,
    per_minute: float,
    *,
    wait: bool,
) -> None:
    """Type codes on a pseudo-terminal, as a serial scanner would.

    The codes are those given, else the lines of a file or of standard input.
    """
    with VirtualScanner(link) as scanner:
        click.echo(f"The scanner is {link or scanner.path}", err=True)
        if wait and sys.stdin.isatty():
            click.pause("Press any key when something listens there ...", err=True)
        for code in paced(_codes(codes, source), per_minute):
            scanner.type(code)
            click.echo(code)


def _codes(codes: Iterable[str], source: TextIO | None) -> Iterator[str]:
    given = tuple(codes)
    lines = given or (source or sys.stdin)
    for line in lines:
        code = line.rstrip("\r\n")
        if code:
            yield code
