"""The plant as it is set up: work centers and stations."""

import click

from server.commands.opened import opened_plant
from server.commands.options import with_settings
from server.config import Config
from server.domain.names import StationName, WorkCenterName
from server.domain.plant import WorkCenter
from server.services import setup
from server.services import stations as station_services
from server.services.rights import CONSOLE


@click.group()
def stations() -> None:
    """Look after the stations of the floor."""


@stations.command("add")
@click.argument("name")
@click.argument("work_center")
@with_settings()
def add_station(config: Config, name: str, work_center: str) -> None:
    """Set up a station, or move one to another work center."""
    with opened_plant(config) as plant:
        station_services.add_station(plant, CONSOLE, name, WorkCenterName(work_center))
    click.echo(f"{name} stands at {work_center}. Next: floorline stations code {name}")


@stations.command("list")
@with_settings()
def list_stations(config: Config) -> None:
    """List the stations."""
    with opened_plant(config) as plant:
        for station in station_services.stations(plant, CONSOLE):
            enrolled = "enrolled" if station.enrolled_at else "not enrolled"
            click.echo(f"{station.name:<20} {station.work_center:<20} {enrolled}")


@stations.command("code")
@click.argument("name")
@with_settings()
def station_code(config: Config, name: str) -> None:
    """Print a one-time code that makes a device this station."""
    with opened_plant(config) as plant:
        enrolment = station_services.enrolment_code(plant, CONSOLE, StationName(name))
    until = enrolment.until.astimezone(config.rules().zone)
    click.echo(f"{enrolment.code}  (good once, until {until:%H:%M})")


@stations.command("revoke")
@click.argument("name")
@with_settings()
def revoke_station(config: Config, name: str) -> None:
    """Take a device's right to speak for a station away."""
    with opened_plant(config) as plant:
        station_services.revoke(plant, CONSOLE, StationName(name))
    click.echo(f"{name} has to be enrolled again.")


@click.group("work-centers")
def work_centers() -> None:
    """Look after the work centers."""


@work_centers.command("add")
@click.argument("name")
@click.option("--description", default="")
@click.option("--department", default="")
@click.option("--frozen", default=1, show_default=True, help="How many waiting at the top stay.")
@with_settings()
def add_work_center(config: Config, name: str, frozen: int, **words: str) -> None:
    """Set up or change a work center."""
    place = WorkCenter(WorkCenterName(name), words["description"], words["department"], frozen)
    with opened_plant(config) as plant:
        setup.keep_work_center(plant, CONSOLE, place)
    click.echo(f"{name} is a work center.")


@work_centers.command("list")
@with_settings()
def list_work_centers(config: Config) -> None:
    """List the work centers."""
    with opened_plant(config) as plant:
        for one in plant.store.read(lambda books: books.work_centers()):
            click.echo(f"{one.name:<20} {one.department:<20} {one.description}")
