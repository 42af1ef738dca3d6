"""A workshop behind the web: the real app and its sockets on a store of the chosen kind."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from server.app import Ports, build
from server.config import Config
from server.domain.names import AccountName
from server.domain.plant import Account
from server.exchange.orders import read_orders
from server.services.ports import Books
from tests.web.visiting import Browser, NewSite, Site
from tests.workshop import (
    ADMINISTRATOR,
    DISPATCHER,
    Around,
    Clock,
    IdlePress,
    a_plant,
    empty_store,
)

PASSWORD = "correct horse battery"
# Hashing is slow on purpose; the tests of hashing itself are those of the accounts.
QUICK_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@pytest.fixture
def new_site(tmp_path: Path) -> Iterator[NewSite]:
    """Return what opens a workshop, with settings of its own if need be."""
    opened: list[Site] = []

    def new(demo_code: str = "", **settings: Any) -> Site:
        clock, store, press = Clock(), empty_store(), IdlePress()
        config = Config(**{"data": tmp_path} | settings)
        ports = Ports(store, press, read_orders, now=clock, demo_code=demo_code)
        a_plant(Around(store, press=press, now=clock))
        server = build(config, ports)
        server.app.testing = True
        opened.append(Site(server, clock, store, press, tmp_path))
        return opened[-1]

    yield new
    for site in opened:
        site.close()


@pytest.fixture
def empty_site(new_site: NewSite) -> Site:
    """Return a workshop in which nobody can sign in yet."""
    return new_site()


@pytest.fixture
def site(empty_site: Site) -> Site:
    """Return a workshop with a dispatcher and an administrator."""

    def work(books: Books) -> None:
        for account in (DISPATCHER, ADMINISTRATOR):
            books.keep_account(account, QUICK_HASH)

    empty_site.store.write(work)
    return empty_site


@pytest.fixture
def desk(site: Site) -> Browser:
    """Return the browser of the dispatcher."""
    return site.desk()


@pytest.fixture
def admin(site: Site) -> Browser:
    """Return the browser of the administrator."""
    return site.desk(ADMINISTRATOR)


@pytest.fixture
def stranger(site: Site) -> Browser:
    """Return the browser of somebody who has not signed in."""
    return site.browser().carry_token()


@pytest.fixture
def inactive(site: Site) -> Account:
    """Return an account that may sign in no more."""
    gone = replace(DISPATCHER, name=AccountName("gone"), active=False)
    site.store.write(lambda books: books.keep_account(gone, QUICK_HASH))
    return gone
