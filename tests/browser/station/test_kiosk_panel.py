"""At the kiosk: counting, finishing, pausing, and several operators on one operation."""

import pytest
from playwright.sync_api import expect

from server.domain.events import QuantityReported
from server.domain.operations import Quantities
from server.domain.orders import WorkOrder
from tests.browser.station.kiosk import Kiosk, Workshop, badge, release_orders, traveler
from tests.workshop import ANNA, BEN, ORDER

pytestmark = pytest.mark.browser


@pytest.fixture
def running(kiosk: Kiosk, workshop: Workshop) -> Kiosk:
    """Return the kiosk with the panel of an operation that Anna has started."""
    release_orders(workshop.server, ORDER)
    kiosk.start(traveler(), ANNA)
    kiosk.press("Count")
    expect(kiosk.panel).to_be_visible()
    return kiosk


def order(workshop: Workshop) -> WorkOrder:
    """Return the order as the store has it."""
    return workshop.store.read(lambda books: books.order(ORDER))


def more(kiosk: Kiosk, kind: str, times: int = 1) -> None:
    """Touch the plus of a kind."""
    for _ in range(times):
        kiosk.page.locator(f'.counter[data-kind="{kind}"] .step').last.click()


def test_a_default_reason_is_read_in_german_and_recorded_as_it_is_set(
    kiosk: Kiosk, workshop: Workshop
) -> None:
    release_orders(workshop.server, ORDER)
    kiosk.page.set_extra_http_headers({"Accept-Language": "de"})
    kiosk.open()
    kiosk.scan(badge(ANNA))
    kiosk.says("badge")
    kiosk.scan(traveler())
    kiosk.says("started")
    kiosk.page.locator(".job button").first.click()

    more(kiosk, "scrap")
    kiosk.press("Oberfläche")
    expect(kiosk.page.locator('.counter[data-kind="scrap"]')).to_contain_text("Oberfläche")
    kiosk.page.locator(".confirm").click()

    kiosk.says("completed")
    (report,) = (
        entry.event
        for entry in workshop.store.read(lambda books: books.entries(0, 1000))
        if isinstance(entry.event, QuantityReported)
    )
    assert report.scrap_reason == "surface"


def test_one_scan_and_one_touch_finish_an_operation(kiosk: Kiosk, workshop: Workshop) -> None:
    release_orders(workshop.server, ORDER)
    kiosk.start(traveler(), ANNA)
    kiosk.page.wait_for_timeout(2100)  # The same code at once would be one scan.

    kiosk.scan(traveler())
    kiosk.press("Finish: 10 good")

    kiosk.says("completed", "Finished", "10 good", "MILL-1")
    expect(kiosk.panel).to_have_count(0)
    assert order(workshop).operation(10).done == Quantities(10)


def test_scrap_is_taken_from_the_good_and_wants_its_reason(
    running: Kiosk, workshop: Workshop
) -> None:
    more(running, "scrap", 2)
    running.press("Choose why it is scrap")
    expect(running.panel.locator('.reasons[data-wanted="true"]')).to_be_visible()

    running.press("surface")
    running.press("Finish: 8 good, 2 scrap")

    running.says("completed")
    assert order(workshop).operation(10).done == Quantities(8, 2)


def test_fewer_pieces_are_reported_and_it_keeps_running(running: Kiosk, workshop: Workshop) -> None:
    running.panel.locator('.key[data-key="4"]').click()
    running.press("Report 4, keep running")

    running.says("reported", "6 left")
    expect(running.page.locator(".job-left b")).to_have_text("6")
    assert order(workshop).operation(10).is_running


def test_the_sum_is_told_while_counting(running: Kiosk) -> None:
    words = running.panel.locator(".sum-words")
    expect(words).to_have_text("It adds up")

    more(running, "good")
    expect(words).to_have_text("1 more than are here")

    for key in ("clear", "3"):
        running.panel.locator(f'.key[data-key="{key}"]').click()
    expect(words).to_have_text("7 stay to be made")


def test_more_than_arrived_is_refused_until_somebody_insists(
    running: Kiosk, workshop: Workshop
) -> None:
    more(running, "good", 2)
    running.press("Report 12 good: 2 too many")
    running.says("too-many", "Count again")
    expect(running.panel).to_be_visible()

    running.page.locator(".insist").click()
    running.page.wait_for_timeout(500)
    running.page.locator(".insist").click()

    running.says("completed", "more than had arrived")
    assert order(workshop).operation(10).done == Quantities(12)


def test_finishing_short_is_asked_for_twice(running: Kiosk, workshop: Workshop) -> None:
    running.panel.locator('.key[data-key="7"]').click()
    running.press("Finish short")
    running.press("Finish short with 7")

    running.says("completed", "fewer than had arrived")
    assert not order(workshop).operation(10).is_open


def test_a_pause_takes_a_reason_and_two_touches(running: Kiosk) -> None:
    running.press("Pause")
    running.press("break")

    running.says("paused", "break")
    expect(running.page.locator(".next")).to_contain_text("Paused")


def test_somebody_else_joins_by_badge_and_one_touch(running: Kiosk) -> None:
    running.scan(badge(BEN))
    running.says("badge")
    running.button("Join").click()

    running.says("joined", "Ben")
    expect(running.page.locator(".job-crew")).to_contain_text("Anna, Ben")


def test_leaving_asks_who_when_nobody_is_signed_in(running: Kiosk, workshop: Workshop) -> None:
    running.scan(badge(BEN))
    running.button("Join").click()
    running.says("joined")
    running.press("Count")

    running.button("Leave").click()
    running.panel.locator(".question").get_by_role("button", name="Anna").click()

    running.says("left", "Anna")
    assert order(workshop).operation(10).crew == (BEN,)


def test_what_others_report_is_seen_on_an_open_panel(running: Kiosk, workshop: Workshop) -> None:
    # Another device of the same station, as a scanner's box would be.
    other = running.page.context.new_page()
    other.goto(running.url)
    other.wait_for_selector(".job")
    other.get_by_role("button", name="Count").click()
    other.locator('.panel .key[data-key="4"]').click()
    other.get_by_role("button", name="Report 4, keep running").click()

    expect(running.page.locator('.band[data-code="reported"]')).to_be_visible()
    assert order(workshop).operation(10).done == Quantities(4)
