"""The server is killed under a tablet: what is scanned meanwhile arrives, once, in its order."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewKiosk
from tests.browser.pages import AWAY, Kiosk, Watched
from tests.browser.plants import ANNA, FIRST, MAREK, ORDERS, ServedPlant, badge, operation, traveler

pytestmark = pytest.mark.browser

TEN = ORDERS[:10]
PAIRS = list(zip([ANNA, MAREK] * 5, TEN, strict=True))
FACTS = [
    fact
    for who, order in PAIRS
    for fact in (("BadgeRead", who, None), ("OperationStarted", who, order))
]
BACK_MS = 30_000
STATION_FACTS = """
select kind, badge, order_number from journal
where station = ? and kind in ('BadgeRead', 'OperationStarted', 'ScanRefused') order by rev
"""


def keep_all(kiosk: Kiosk) -> None:
    """Scan ten badges and ten travelers while the server is away."""
    for who, order in PAIRS:
        kiosk.scan(badge(who))
        kiosk.says("kept", "Saved on this device", tone="kept")
        kiosk.scan(traveler(order))
        kiosk.says("kept", order, tone="kept")


def promises(kiosk: Kiosk, words: str) -> None:
    """Expect the screen to promise something of what it keeps."""
    kiosk.kept.click()
    expect(kiosk.page.get_by_role("dialog", name="Kept on this device")).to_contain_text(words)
    kiosk.press("Close")


def arrived(plant: ServedPlant) -> list[tuple[str, str, str | None]]:
    """Return what the station has said, in its order, from the database itself."""
    with closing(sqlite3.connect(plant.served.data / "floorline.db")) as database:
        return list(database.execute(STATION_FACTS, [FIRST]))


@pytest.fixture
def earlier(plant: ServedPlant) -> int:
    """Return how much the station has said before."""
    return len(arrived(plant))


@pytest.fixture
def kiosk(plant: ServedPlant, new_kiosk: NewKiosk, watched: Watched) -> Kiosk:
    """Return a tablet that has lost its server, with ten orders released."""
    watched.expect_complaint(AWAY)
    plant.release(*TEN)
    kiosk = new_kiosk(plant, FIRST)
    promises(kiosk, "This page opens without the server.")
    plant.served.kill()
    expect(kiosk.band).to_contain_text("Offline")
    return kiosk


def test_twenty_scans_outlive_the_server_and_the_page(
    plant: ServedPlant, kiosk: Kiosk, earlier: int
) -> None:
    keep_all(kiosk)
    expect(kiosk.kept).to_have_text("20 unsent")

    kiosk.page.reload()
    expect(kiosk.kept).to_have_text("20 unsent")
    expect(kiosk.band).to_contain_text("Offline")
    for order in TEN:
        expect(kiosk.row(operation(order))).to_be_attached()
    plant.served.start()

    expect(kiosk.kept).to_have_text("20 sent", timeout=BACK_MS)
    assert arrived(plant)[earlier:] == FACTS
    expect(kiosk.page.locator(".band[data-tone='idle']")).to_be_visible()


def test_a_server_that_is_killed_while_it_takes_them_takes_each_of_them_once(
    plant: ServedPlant, kiosk: Kiosk, earlier: int
) -> None:
    keep_all(kiosk)
    plant.served.start()
    expect(kiosk.kept).not_to_have_text("20 unsent", timeout=BACK_MS)

    plant.served.kill()
    kiosk.page.reload()
    plant.served.start()

    expect(kiosk.kept).not_to_contain_text("unsent", timeout=BACK_MS)
    kiosk.is_ready()
    assert arrived(plant)[earlier:] == FACTS
