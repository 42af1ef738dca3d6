"""At the kiosk: the list follows the desk, says what moved, and keeps still under a finger."""

import pytest
from playwright.sync_api import expect

from tests.browser.station.kiosk import (
    MONITOR,
    Kiosk,
    NewKiosk,
    Workshop,
    release_orders,
    resequence,
)
from tests.workshop import LATHE, MILL, operation_id

pytestmark = pytest.mark.browser

FOUR = ("WO1", "WO2", "WO3", "WO4")


@pytest.fixture
def four(kiosk: Kiosk, workshop: Workshop) -> Kiosk:
    """Return the lathe's kiosk with four operations on its list."""
    release_orders(workshop.server, *FOUR)
    expect(kiosk.page.locator(".line")).to_have_count(3)
    return kiosk


def test_nothing_to_do_is_a_calm_picture(kiosk: Kiosk) -> None:
    expect(kiosk.page.locator(".notice")).to_contain_text("Nothing here: all done")


def test_released_orders_appear_by_themselves(four: Kiosk) -> None:
    assert four.operations() == [f"{order}/010" for order in FOUR]
    expect(four.page.locator(".next-part")).to_contain_text("P-7001")


def test_waiting_rows_say_where_their_parts_are(new_kiosk: NewKiosk, workshop: Workshop) -> None:
    mill = new_kiosk(MILL)
    release_orders(workshop.server, "WO1")

    expect(mill.page.locator('.line[data-startable="false"]')).to_contain_text("at LATHE-2")
    expect(mill.page.locator(".next")).to_contain_text("Nothing can start here now")


def test_a_row_that_was_moved_says_so_and_by_whom(four: Kiosk, workshop: Workshop) -> None:
    resequence(workshop.server, LATHE, operation_id(10, "WO4"))

    expect(four.page.locator(".next")).to_contain_text("Placed by dora")
    expect(four.page.locator(".next")).to_contain_text("by hand")
    assert four.operations() == ["WO4/010", "WO1/010", "WO2/010", "WO3/010"]


def test_nothing_moves_under_a_finger(four: Kiosk, workshop: Workshop) -> None:
    row = four.page.locator(".line").first
    row.hover()
    four.page.mouse.down()
    resequence(workshop.server, LATHE, operation_id(10, "WO4"))
    four.page.wait_for_selector(".changed")

    assert four.operations() == [f"{order}/010" for order in FOUR]
    four.page.mouse.up()
    four.button("The list has changed: show it").click()
    assert four.operations()[0] == "WO4/010"


def test_a_list_that_was_just_touched_waits_for_seconds(four: Kiosk, workshop: Workshop) -> None:
    four.page.locator(".line").first.click()
    resequence(workshop.server, LATHE, operation_id(10, "WO4"))
    four.page.wait_for_selector(".changed")
    assert four.operations()[0] == "WO1/010"

    expect(four.page.locator(".changed")).to_have_count(0)

    assert four.operations()[0] == "WO4/010"


def test_a_scan_is_taken_while_the_list_keeps_still(four: Kiosk, workshop: Workshop) -> None:
    four.page.locator(".line").first.hover()
    four.page.mouse.down()
    resequence(workshop.server, LATHE, operation_id(10, "WO4"))
    four.page.wait_for_selector(".changed")

    four.scan("1H4101")

    four.says("badge", "Anna")
    assert four.operations()[0] == "WO1/010"


def test_the_version_is_told_once_it_is_painted(four: Kiosk, workshop: Workshop) -> None:
    resequence(workshop.server, LATHE, operation_id(10, "WO4"))
    expect(four.page.locator(".next")).to_contain_text("Placed by dora")
    version = workshop.store.read(lambda books: books.dispatch_list(LATHE)).version

    end = four.page.evaluate("performance.now()") + 5000
    while four.page.evaluate("performance.now()") < end:
        stations = workshop.store.read(lambda books: books.stations())
        if any(one.seen_version == version for one in stations):
            return
        four.page.wait_for_timeout(50)
    pytest.fail("The version was not told.")


def test_rows_have_one_height_and_the_page_never_scrolls(
    new_kiosk: NewKiosk, workshop: Workshop
) -> None:
    kiosk = new_kiosk(LATHE, MONITOR)
    release_orders(workshop.server, *(f"WO{at:03d}" for at in range(200)))
    expect(kiosk.page.locator(".line")).to_have_count(199)

    heights = kiosk.page.eval_on_selector_all(
        ".line", "rows => [...new Set(rows.map(row => row.offsetHeight))]"
    )

    assert len(heights) == 1
    assert kiosk.page.evaluate("document.documentElement.scrollHeight <= innerHeight")
