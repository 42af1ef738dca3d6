"""What the `floorline` command can do; each module is one part of it."""

import click

from server.commands.group import Floorline

__all__ = ["main"]

COMMANDS = {
    "demo": "server.commands.serve:demo",
    "serve": "server.commands.serve:serve",
    "import": "server.commands.files:import_files",
    "export": "server.commands.files:export",
    "paper": "server.commands.paper:paper",
    "paper-worker": "server.commands.paper:paper_worker",
    "scan": "server.commands.scanner:scan",
    "station": "kiosk.cli:station",
    "doctor": "server.commands.doctor:doctor",
    "users": "server.commands.people:users",
    "operators": "server.commands.people:operators",
    "stations": "server.commands.plant:stations",
    "work-centers": "server.commands.plant:work_centers",
}
"""Where each command is; a module is imported when its command is wanted, not before."""


@click.group(
    cls=Floorline, places=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(package_name="floorline", prog_name="floorline")
def main() -> None:
    """Production dispatching: the dispatch desk and the shop-floor stations of a plant."""
