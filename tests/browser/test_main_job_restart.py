"""The server is killed in the middle of the work: the screens say so, come back, and go on."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewDesk, NewKiosk
from tests.browser.pages import AWAY, Desk, Kiosk, Watched
from tests.browser.plants import (
    ANNA,
    FIRST,
    ORDERS,
    QUANTITY,
    ServedPlant,
    badge,
    operation,
    traveler,
)

pytestmark = pytest.mark.browser

ORDER, OTHER = ORDERS[:2]
BACK_MS = 30_000


def start(kiosk: Kiosk, order: str) -> None:
    """Start the first operation of an order."""
    kiosk.sign_in(badge(ANNA))
    kiosk.scan(traveler(order))
    kiosk.says("started", order)


def expect_gone(kiosk: Kiosk, desk: Desk) -> None:
    """Expect both screens to say that nobody answers."""
    expect(kiosk.band).to_contain_text("Offline")
    expect(desk.page.locator("#live")).to_have_attribute("data-state", "away")


def test_screens_show_that_the_server_is_gone_come_back_and_nothing_is_doubled(
    plant: ServedPlant, new_desk: NewDesk, new_kiosk: NewKiosk, watched: Watched
) -> None:
    watched.expect_complaint(AWAY)
    plant.release(ORDER, OTHER)
    kiosk, desk = new_kiosk(plant, FIRST), new_desk(plant)
    desk.open_list(FIRST)
    start(kiosk, ORDER)
    expect(desk.row(operation(ORDER))).to_have_attribute("data-state", "running")

    plant.served.kill()
    expect_gone(kiosk, desk)
    plant.served.start()

    kiosk.is_ready()
    kiosk.sign_in(badge(ANNA))
    expect(kiosk.job(operation(ORDER))).to_be_visible()
    expect(desk.page.locator("#live")).to_have_attribute("data-state", "live", timeout=BACK_MS)
    kiosk.scan(traveler(ORDER))
    expect(kiosk.panel).to_be_visible()
    kiosk.press(f"Finish: {QUANTITY} good")
    kiosk.says("completed")
    start(kiosk, OTHER)

    expect(desk.row(operation(ORDER))).to_have_count(0)
    expect(desk.row(operation(OTHER))).to_have_attribute("data-state", "running")
    assert plant.done(ORDER)[0] == (QUANTITY, 0, "completed")
    assert plant.done(OTHER)[0] == (0, 0, "running")
