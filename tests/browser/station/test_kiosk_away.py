"""At the kiosk: the cable is pulled, and nothing is lost, doubled, or told wrong."""

import pytest
from playwright.sync_api import expect

from server.domain.events import OperationStarted
from server.domain.names import OrderNumber, StationName
from server.domain.operations import OperationState
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
from tests.workshop import ANNA, BEN, LATHE, ORDER, operation_id

pytestmark = [pytest.mark.browser, pytest.mark.timeout(60)]


def starts(workshop: Workshop) -> int:
    """Return how often an operation was started."""
    entries = workshop.store.read(lambda books: books.entries(0, 1000))
    return sum(isinstance(entry.event, OperationStarted) for entry in entries)


def started_by(workshop: Workshop) -> list[tuple[str, str]]:
    """Return which operations were started by whom, in that order."""
    entries = workshop.store.read(lambda books: books.entries(0, 1000))
    events = [entry.event for entry in entries if isinstance(entry.event, OperationStarted)]
    return [(str(event.operation), event.badge) for event in events]


def pull(cable: Cable, kiosk: Kiosk) -> None:
    """Pull the cable, and wait until the kiosk has noticed."""
    cable.unplug()
    expect(kiosk.page.locator('.band[data-tone="offline"]')).to_be_visible()


def test_a_kiosk_that_is_away_says_so_calmly(kiosk: Kiosk, cable: Cable) -> None:
    pull(cable, kiosk)

    expect(kiosk.band).to_contain_text("Offline")
    expect(kiosk.band).to_contain_text("scans are kept on this device")
    expect(kiosk.lamp("server")).to_have_text("Not connected")
    expect(kiosk.lamp("kept")).to_have_text("All sent")
    assert kiosk.sounds == []


def test_a_kiosk_that_was_away_shows_what_it_missed(
    kiosk: Kiosk, cable: Cable, workshop: Workshop
) -> None:
    release_orders(workshop.server, "WO1", "WO2", "WO3")
    expect(kiosk.page.locator(".line")).to_have_count(2)
    pull(cable, kiosk)
    resequence(workshop.server, LATHE, operation_id(10, "WO3"))

    cable.plug()

    expect(kiosk.page.locator(".next")).to_contain_text("Placed by dora")
    assert kiosk.operations()[0] == "WO3/010"


def test_a_scan_is_kept_and_its_answer_shown_to_whoever_still_stands_there(
    kiosk: Kiosk, cable: Cable
) -> None:
    pull(cable, kiosk)

    kiosk.scan(badge(ANNA))
    kiosk.says("kept", "Hello", "Anna", "Saved on this device")
    expect(kiosk.lamp("kept")).to_have_text("1 unsent")
    assert kiosk.sounds == ["ok"]
    cable.plug()

    kiosk.says("badge", "Anna")
    expect(kiosk.lamp("kept")).to_have_text("All sent")


def test_a_badge_that_was_read_offline_holds_for_the_traveler_after_it(
    kiosk: Kiosk, cable: Cable, workshop: Workshop
) -> None:
    release_orders(workshop.server, ORDER)
    pull(cable, kiosk)
    kiosk.scan(badge(ANNA))
    kiosk.says("kept")
    cable.plug()
    kiosk.says("badge")

    kiosk.scan(traveler())

    kiosk.says("started", "Anna")


def test_badge_and_traveler_go_out_as_a_pair_whichever_came_first(
    kiosk: Kiosk, cable: Cable, workshop: Workshop
) -> None:
    release_orders(workshop.server, "WO1", "WO2")
    pull(cable, kiosk)
    for text in (badge(ANNA), traveler(order="WO1"), traveler(order="WO2"), badge(BEN)):
        kiosk.scan(text)
        expect(kiosk.band).to_contain_text("Saved on this device")

    cable.plug()

    expect(kiosk.page.locator(".job")).to_have_count(2)
    assert started_by(workshop) == [("WO1/010", ANNA), ("WO2/010", ANNA)]


def test_a_traveler_without_a_badge_is_started_by_the_badge_after_it(
    kiosk: Kiosk, cable: Cable, workshop: Workshop
) -> None:
    release_orders(workshop.server, "WO1", "WO2")
    pull(cable, kiosk)
    kiosk.scan(traveler(order="WO1"))
    kiosk.says("kept", "Scan your badge too")
    kiosk.scan(badge(BEN))
    kiosk.says("kept", "Ben")
    kiosk.scan(traveler(order="WO2"))
    kiosk.says("kept", "WO2 / 010")

    cable.plug()

    expect(kiosk.page.locator(".job")).to_have_count(2)
    assert started_by(workshop) == [("WO1/010", BEN), ("WO2/010", BEN)]


def test_what_is_no_code_of_ours_is_refused_at_once(kiosk: Kiosk, cable: Cable) -> None:
    pull(cable, kiosk)

    kiosk.scan("4006381333931")
    kiosk.says("unknown-code", "Not taken", "4006381333931")
    assert kiosk.sounds == ["refused"]
    cable.plug()

    expect(kiosk.lamp("kept")).to_have_text("All sent")
    assert kiosk.sounds in (["refused"], ["refused", "refused"])


def test_pieces_are_reported_while_the_server_is_away(
    kiosk: Kiosk, cable: Cable, workshop: Workshop
) -> None:
    release_orders(workshop.server, ORDER)
    kiosk.start(traveler(), ANNA)
    expect(kiosk.page.locator(".job")).to_be_visible()
    pull(cable, kiosk)

    kiosk.press("Count")
    expect(kiosk.panel).to_be_visible()
    kiosk.page.locator(".confirm").click()
    kiosk.says("kept", "WO100245 / 010")
    expect(kiosk.panel).to_have_count(0)
    cable.plug()

    expect(kiosk.page.locator(".job")).to_have_count(0)
    done = workshop.store.read(lambda books: books.order(OrderNumber(ORDER))).operation(10)
    assert (done.done.good, done.state) == (done.arrived, OperationState.COMPLETED)


def test_what_was_refused_afterwards_is_told_until_somebody_has_seen_it(
    kiosk: Kiosk, cable: Cable
) -> None:
    pull(cable, kiosk)
    for order in ("WO7", "WO8"):
        kiosk.scan(traveler(order=order))
        kiosk.says("kept", order)
    kiosk.scan(badge(ANNA))
    kiosk.says("kept", "Anna")

    cable.plug()
    expect(kiosk.band).to_contain_text("2 not taken")
    kiosk.open()
    expect(kiosk.band).to_contain_text("2 not taken")
    kiosk.press("Show them")
    told = kiosk.page.locator(".kept-refused")
    expect(told).to_contain_text("WO7 / 010")
    expect(told).to_contain_text("There is no order WO8.")
    kiosk.press("Seen")

    expect(kiosk.page.locator('.band[data-tone="idle"]')).to_be_visible()
    kiosk.open()
    expect(kiosk.page.locator('.band[data-tone="idle"]')).to_be_visible()


NO_STORE = "Object.defineProperty(window, 'indexedDB', { value: undefined });"
FULL = """
IDBObjectStore.prototype.add = () => {
  throw new DOMException("no room", "QuotaExceededError");
};
"""


@pytest.mark.parametrize("fault", [NO_STORE, FULL], ids=["no-store", "full"])
def test_where_nothing_can_be_kept_it_says_so_and_sends_directly(
    kiosk: Kiosk, cable: Cable, fault: str
) -> None:
    kiosk.page.add_init_script(fault)
    kiosk.open()

    kiosk.scan(badge(ANNA))
    kiosk.says("badge", "Anna")
    expect(kiosk.lamp("kept")).to_have_text("Nothing is kept")
    cable.unplug()
    expect(kiosk.page.locator('.band[data-tone="away"]')).to_contain_text("Scans are not taken now")
    kiosk.scan(badge(BEN))

    expect(kiosk.page.locator('.band[data-code="not-sent"]')).to_contain_text(
        "Not taken", timeout=15_000
    )
    assert kiosk.sounds == ["ok", "refused"]


def test_a_lost_answer_is_asked_for_again_and_nothing_happens_twice(
    kiosk: Kiosk, cable: Cable, workshop: Workshop
) -> None:
    release_orders(workshop.server, ORDER)
    kiosk.scan(badge(ANNA))
    kiosk.says("badge")
    cable.deafen()
    kiosk.scan(traveler())
    while not starts(workshop):
        kiosk.page.wait_for_timeout(20)

    cable.unplug()
    cable.plug()

    kiosk.says("started")
    assert starts(workshop) == 1


def test_what_a_server_never_answers_is_kept(kiosk: Kiosk, cable: Cable) -> None:
    cable.deafen()
    kiosk.scan(badge(ANNA))

    kiosk.says("kept", "Anna")
    expect(kiosk.lamp("kept")).to_have_text("1 unsent")


def test_a_station_that_was_shut_out_sends_what_it_kept_after_a_new_enrolment(
    kiosk: Kiosk, cable: Cable, workshop: Workshop
) -> None:
    release_orders(workshop.server, ORDER)
    pull(cable, kiosk)
    kiosk.scan(badge(ANNA))
    kiosk.scan(traveler())
    expect(kiosk.lamp("kept")).to_have_text("2 unsent")
    revoke(workshop.server.plant, CONSOLE, StationName(kiosk.station))
    cable.plug()
    expect(kiosk.page.locator(".notice")).to_contain_text("2 unsent are kept")

    kiosk.enrol()
    kiosk.open()

    expect(kiosk.page.locator(".job")).to_be_visible()
    assert started_by(workshop) == [(f"{ORDER}/010", ANNA)]


def test_two_pages_of_one_station_send_everything_once(
    kiosk: Kiosk, cable: Cable, workshop: Workshop
) -> None:
    release_orders(workshop.server, "WO1", "WO2")
    beside = Kiosk(kiosk.page.context.new_page(), kiosk.address, kiosk.station, workshop.server)
    beside.open()
    pull(cable, kiosk)
    for screen, order in ((kiosk, "WO1"), (beside, "WO2")):
        for text in (badge(ANNA), traveler(order=order)):
            screen.page.bring_to_front()
            screen.scan(text)
            expect(screen.band).to_contain_text("Saved on this device")

    cable.plug()

    for screen in (kiosk, beside):
        expect(screen.page.locator(".job")).to_have_count(2)
        expect(screen.lamp("kept")).to_contain_text("sent")
    assert starts(workshop) == 2
    assert beside.errors == []


def test_a_station_that_was_shut_out_asks_for_a_new_code(
    kiosk: Kiosk, cable: Cable, workshop: Workshop
) -> None:
    revoke(workshop.server.plant, CONSOLE, StationName(kiosk.station))
    cable.unplug()
    cable.plug()

    expect(kiosk.page.locator(".notice")).to_contain_text("This device is not enrolled")
    kiosk.press("Enter the code")
    expect(kiosk.page.locator(".enrol")).to_contain_text("Enrol this device as LATHE-2")
