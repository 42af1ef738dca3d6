"""Who may do what, in one table; every service that a person uses asks here first."""

from enum import StrEnum

from server.domain.errors import NotAllowed
from server.domain.names import AccountName
from server.domain.plant import Account, Actor, Role


class Right(StrEnum):
    """Something an account can be allowed to do."""

    INQUIRE = "inquire"
    RELEASE = "release"
    HOLD = "hold"
    SEQUENCE = "sequence"
    IMPORT = "import"
    PRINT = "print"
    STATIONS = "stations"
    ACCOUNTS = "accounts"


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.DISPATCHER: frozenset(Right) - {Right.STATIONS, Right.ACCOUNTS},
    Role.ADMINISTRATOR: frozenset(Right),
}
"""What each role may do. Stations and operators act by their token and badge, not by a role."""

CONSOLE = Account(AccountName("console"), Role.ADMINISTRATOR, "console")
"""Whoever may run the command line on the server's own machine and read its database."""


def require(account: Account, right: Right) -> Actor:
    """Return the account as the actor of a fact; raise NotAllowed without the right."""
    if not account.active or right not in RIGHTS[account.role]:
        raise NotAllowed(right)
    return Actor(account=account.name)
