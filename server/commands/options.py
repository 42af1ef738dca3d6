"""Settings as options: those of server.config, on every command that needs a plant."""

import os
from collections.abc import Callable, Iterable
from functools import partial, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

from server import log
from server.config import Config, load

P = ParamSpec("P")
R = TypeVar("R")

PLANT = ("data", "database", "log_format")
"""The settings of a command that works on a plant and serves nothing."""
PAPER = (*PLANT, "plant_name", "time_zone", "paper")
EVERY = tuple(Config.model_fields)

Command = Callable[..., R]


def with_settings(names: Iterable[str] = PLANT) -> Callable[[Command[R]], Command[R]]:
    """Give a command the settings as options, and pass it the Config that comes of them."""

    def decorate(command: Command[R]) -> Command[R]:
        @wraps(command)
        def run(*args: Any, settings: Callable[[], Config], **options: Any) -> R:  # noqa: ANN401 - options may be anything
            config = settings()
            log.configure(config.log_format)
            return command(*args, config=config, **options)

        return with_unread_settings(names)(run)

    return decorate


def with_unread_settings(names: Iterable[str]) -> Callable[[Command[R]], Command[R]]:
    """Give a command the settings as options, and pass it `settings`, which validates them all."""
    wanted = tuple(names)

    def decorate(command: Command[R]) -> Command[R]:
        @wraps(command)
        def run(*args: Any, config_file: Path | None, **options: Any) -> R:  # noqa: ANN401 - options may be anything
            given = {name: options.pop(name) for name in wanted}
            settings = partial(load, given, os.environ, config_file)
            return command(*args, settings=settings, **options)

        decorated: Command[R] = click.option(
            "--config",
            "config_file",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help="The settings file, instead of floorline.toml in the data folder.",
        )(run)
        for name in reversed(wanted):
            decorated = _option(name)(decorated)
        return decorated

    return decorate


def _option(name: str) -> Callable[[Command[R]], Command[R]]:
    """Return a setting as an option; its value is validated with those from everywhere else."""
    field = Config.model_fields[name]
    dashed = name.replace("_", "-")
    if field.annotation is bool:
        return click.option(f"--{dashed}/--no-{dashed}", name, default=None, help=field.description)
    return click.option(f"--{dashed}", name, default=None, help=field.description, metavar="VALUE")
