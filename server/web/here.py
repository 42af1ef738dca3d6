"""What a view of the desk works with: the plant, who is signed in, and a few ways out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import Flask, current_app, g, request
from pydantic import TypeAdapter

from server.domain.names import StationName
from server.domain.plant import Account
from server.services.ports import MappingReader, OrderReader, Plant
from server.web.attempts import Attempts
from server.web.checked import checked
from server.web.refusals import NotSignedIn
from server.web.set_up import SetUp

T = TypeVar("T")

_KEY = "floorline"


@dataclass(frozen=True, slots=True)
class Desk:
    """What the views of the desk are given, once, when the app is made."""

    plant: Plant
    reader: OrderReader
    connected: Callable[[], frozenset[StationName]]
    """The stations that are connected to this process."""
    attempts: Attempts
    mappings: MappingReader
    set_up: SetUp


def furnish(app: Flask, desk: Desk) -> None:
    """Give an app its desk."""
    app.extensions[_KEY] = desk


def desk() -> Desk:
    """Return the desk of the app that answers."""
    found: Desk = current_app.extensions[_KEY]
    return found


def plant() -> Plant:
    """Return the plant."""
    return desk().plant


def sign_in_as(account: Account) -> None:
    """Note who makes the present request."""
    g.account = account


def account() -> Account:
    """Return who makes the present request; raise NotSignedIn when nobody has signed in."""
    found: Account | None = g.get("account")
    if found is None:
        raise NotSignedIn
    return found


def posted(adapter: TypeAdapter[T]) -> T:
    """Return the JSON that was posted; raise Invalid with everything wrong with it."""
    return checked(adapter, request.get_json(silent=True))
