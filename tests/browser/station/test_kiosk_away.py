"""At the kiosk: the cable is pulled, and nothing is lost, doubled, or told wrong."""

import pytest
from playwright.sync_api import expect

from server.domain.events import OperationStarted
from server.domain.names import StationName
from server.services.rights import CONSOLE
from server.services.stations import revoke
from tests.browser.station.kiosk import (
    Kiosk,
    Workshop,
    badge,
    release_orders,
    resequence,
    traveler,
)
from tests.fakes.cable import Cable
from tests.workshop import ANNA, LATHE, ORDER, operation_id

pytestmark = [pytest.mark.browser, pytest.mark.timeout(60)]


def starts(workshop: Workshop) -> int:
    """Return how often an operation was started."""
    entries = workshop.store.read(lambda books: books.entries(0, 1000))
    return sum(isinstance(entry.event, OperationStarted) for entry in entries)


def test_a_kiosk_that_is_away_says_so(kiosk: Kiosk, cable: Cable) -> None:
    cable.unplug()

    expect(kiosk.page.locator('.band[data-tone="away"]')).to_contain_text("Not connected")
    expect(kiosk.page.locator('.band[data-tone="away"]')).to_contain_text("Scans are not taken now")
    expect(kiosk.page.locator('.lamp[data-name="server"]')).to_have_text("Not connected")


def test_a_kiosk_that_was_away_shows_what_it_missed(
    kiosk: Kiosk, cable: Cable, workshop: Workshop
) -> None:
    release_orders(workshop.server, "WO1", "WO2", "WO3")
    expect(kiosk.page.locator(".line")).to_have_count(2)
    cable.unplug()
    expect(kiosk.page.locator('.band[data-tone="away"]')).to_be_visible()
    resequence(workshop.server, LATHE, operation_id(10, "WO3"))

    cable.plug()

    expect(kiosk.page.locator(".next")).to_contain_text("Placed by dora")
    assert kiosk.operations()[0] == "WO3/010"


def test_a_scan_waits_for_the_connection(kiosk: Kiosk, cable: Cable) -> None:
    cable.unplug()
    expect(kiosk.page.locator('.band[data-tone="away"]')).to_be_visible()
    kiosk.scan(badge(ANNA))
    expect(kiosk.page.locator('.band[data-tone="sending"]')).to_contain_text("Not connected")

    cable.plug()

    kiosk.says("badge", "Anna")


def test_a_scan_that_could_not_be_sent_is_told_as_not_taken(kiosk: Kiosk, cable: Cable) -> None:
    cable.unplug()
    expect(kiosk.page.locator('.band[data-tone="away"]')).to_be_visible()
    kiosk.scan(badge(ANNA))

    expect(kiosk.page.locator('.band[data-code="not-sent"]')).to_contain_text(
        "Not taken", timeout=15_000
    )

    cable.plug()
    expect(kiosk.page.locator('.lamp[data-name="server"]')).to_have_text("Connected")
    kiosk.says("not-sent")
    assert kiosk.sounds == ["refused"]


def test_a_lost_answer_is_asked_for_again_and_nothing_happens_twice(
    kiosk: Kiosk, cable: Cable, workshop: Workshop
) -> None:
    release_orders(workshop.server, ORDER)
    kiosk.scan(badge(ANNA))
    kiosk.says("badge")
    cable.deafen()
    kiosk.scan(traveler())
    kiosk.page.wait_for_selector('.band[data-tone="sending"]')
    while not starts(workshop):
        kiosk.page.wait_for_timeout(20)

    cable.unplug()
    cable.plug()

    kiosk.says("started")
    assert starts(workshop) == 1


def test_a_server_that_never_answers_leaves_no_false_certainty(kiosk: Kiosk, cable: Cable) -> None:
    cable.deafen()
    kiosk.scan(badge(ANNA))

    expect(kiosk.page.locator('.band[data-code="no-answer"]')).to_contain_text(
        "Not sure", timeout=15_000
    )


def test_a_station_that_was_shut_out_asks_for_a_new_code(
    kiosk: Kiosk, cable: Cable, workshop: Workshop
) -> None:
    revoke(workshop.server.plant, CONSOLE, StationName(kiosk.station))
    cable.unplug()
    cable.plug()

    expect(kiosk.page.locator(".notice")).to_contain_text("This device is not enrolled")
    kiosk.press("Enter the code")
    expect(kiosk.page.locator(".enrol")).to_contain_text("Enrol this device as LATHE-2")
