"""Accounts of the desk, and operators of the floor."""

import click

from server.commands.group import Told
from server.commands.opened import opened_plant
from server.commands.options import with_settings
from server.config import Config
from server.domain.names import AccountName, BadgeNumber
from server.domain.plant import Account, Operator, Role
from server.services import accounts, setup
from server.services.ports import Plant
from server.services.rights import CONSOLE

ROLES = tuple(role.value for role in Role)
PASSWORD = click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)


@click.group()
def users() -> None:
    """Look after the accounts of the desk."""


@users.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default=Role.DISPATCHER.value, show_default=True)
@click.option("--display-name", default="", help="The name that the desk shows.")
@PASSWORD
@with_settings()
def add_user(config: Config, name: str, role: str, display_name: str, password: str) -> None:
    """Create an account; asks for its password."""
    account = Account(AccountName(name), Role(role), display_name)
    with opened_plant(config) as plant:
        accounts.add_account(plant, CONSOLE, account, password)
    click.echo(f"{name} can sign in now.")


@users.command("list")
@with_settings()
def list_users(config: Config) -> None:
    """List the accounts."""
    with opened_plant(config) as plant:
        for account in accounts.accounts(plant, CONSOLE):
            state = "" if account.active else "  (may not sign in)"
            click.echo(f"{account.name:<20} {account.role:<14} {account.display_name}{state}")


@users.command("password")
@click.argument("name")
@PASSWORD
@with_settings()
def change_password(config: Config, name: str, password: str) -> None:
    """Give an account a new password; asks for it."""
    with opened_plant(config) as plant:
        accounts.change_account(plant, CONSOLE, _account(plant, name), password)
    click.echo(f"{name} has a new password.")


def _account(plant: Plant, name: str) -> Account:
    for account in accounts.accounts(plant, CONSOLE):
        if account.name == name:
            return account
    raise Told(f"There is no account {name}; `floorline users list` shows those there are.")


@click.group()
def operators() -> None:
    """Look after the operators of the floor."""


@operators.command("add")
@click.argument("badge")
@click.argument("name")
@click.option("--contractor", is_flag=True, help="The badge belongs to somebody else's employee.")
@with_settings()
def add_operator(config: Config, badge: str, name: str, *, contractor: bool) -> None:
    """Set up or change an operator."""
    with opened_plant(config) as plant:
        setup.keep_operator(plant, CONSOLE, Operator(BadgeNumber(badge), name, contractor))
    click.echo(f"{badge} is {name}.")


@operators.command("list")
@with_settings()
def list_operators(config: Config) -> None:
    """List the operators."""
    with opened_plant(config) as plant:
        for operator in plant.store.read(lambda books: books.operators()):
            click.echo(f"{operator.badge:<10} {operator.name}")
