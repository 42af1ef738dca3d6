"""On the floor: badge and traveler start, scan and touch finish, and every refusal says why."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewDesk, NewKiosk
from tests.browser.pages import Kiosk
from tests.browser.plants import (
    ANNA,
    FIRST,
    ORDERS,
    QUANTITY,
    SECOND,
    ServedPlant,
    badge,
    operation,
    traveler,
)

pytestmark = pytest.mark.browser

ORDER, OTHER = ORDERS[:2]


def start(kiosk: Kiosk, order: str) -> None:
    """Start the first operation of an order."""
    kiosk.sign_in(badge(ANNA))
    kiosk.scan(traveler(order))
    kiosk.says("started", f"{order} / 010")


def open_panel(kiosk: Kiosk, order: str) -> None:
    """Scan the traveler of an operation that runs."""
    kiosk.scan_again(traveler(order))
    expect(kiosk.panel).to_be_visible()


def test_badge_and_traveler_start_and_a_second_scan_and_a_touch_finish(
    plant: ServedPlant, new_kiosk: NewKiosk
) -> None:
    plant.release(ORDER)
    first, second = new_kiosk(plant, FIRST), new_kiosk(plant, SECOND)
    expect(second.row(operation(ORDER, 20))).to_contain_text(FIRST)

    start(first, ORDER)
    expect(first.job(operation(ORDER))).to_contain_text("Anna Berg")
    open_panel(first, ORDER)
    first.press(f"Finish: {QUANTITY} good")

    first.says("completed", f"{ORDER} / 010", tone="ok")
    expect(first.panel).to_have_count(0)
    expect(first.job(operation(ORDER))).to_have_count(0)
    expect(second.startable(operation(ORDER, 20))).to_have_count(1)
    assert plant.done(ORDER)[0] == (QUANTITY, 0, "completed")


def test_the_wrong_work_center_names_the_right_one_in_red(
    plant: ServedPlant, new_kiosk: NewKiosk
) -> None:
    plant.release(ORDER)
    second = new_kiosk(plant, SECOND)

    second.sign_in(badge(ANNA))
    second.scan(traveler(ORDER))

    second.says("wrong-work-center", "Not taken", FIRST, f"{ORDER} / 010", tone="refused")
    red = second.band.evaluate("band => getComputedStyle(band).backgroundColor")
    assert is_red(red), red
    assert plant.done(ORDER)[0] == (0, 0, "ready")


def is_red(colour: str) -> bool:
    """Tell whether a colour of a style sheet is a red."""
    red, green, blue = (float(part) for part in re.findall(r"[\d.]+", colour)[:3])
    return red > 2 * green and red > 2 * blue


def test_an_unknown_code_an_order_not_released_and_a_held_one_are_refused_with_what_was_read(
    plant: ServedPlant, new_kiosk: NewKiosk
) -> None:
    plant.release(ORDER)
    kiosk = new_kiosk(plant, FIRST)
    kiosk.sign_in(badge(ANNA))

    kiosk.scan("4006381333931")
    kiosk.says(
        "unknown-code", "Not taken", "4006381333931", "no code of this plant", tone="refused"
    )
    kiosk.scan(traveler(OTHER))
    kiosk.says("not-released", f"{OTHER}", "Ask the dispatcher", tone="refused")
    plant.desk.post("/desk/api/hold", {"order": ORDER, "why": "Wrong alloy"})
    expect(kiosk.row(operation(ORDER))).to_contain_text("On hold")
    kiosk.scan(traveler(ORDER))
    kiosk.says("held", ORDER, "Wrong alloy", "Ask the dispatcher", tone="refused")

    assert plant.done(ORDER)[0] == (0, 0, "ready")


def test_scrap_wants_a_reason_and_a_partial_quantity_keeps_it_running(
    plant: ServedPlant, new_kiosk: NewKiosk
) -> None:
    plant.release(ORDER)
    kiosk = new_kiosk(plant, FIRST)
    start(kiosk, ORDER)

    open_panel(kiosk, ORDER)
    for key in "4":
        kiosk.panel.get_by_role("button", name=key, exact=True).click()
    kiosk.press("Report 4, keep running")
    kiosk.says("reported", tone="ok")
    expect(kiosk.job(operation(ORDER))).to_contain_text("6of 10 left")

    open_panel(kiosk, ORDER)
    kiosk.press("Scrap: one more")
    expect(kiosk.panel.get_by_role("button", name="Choose why it is scrap")).to_be_visible()
    kiosk.press("dimension")
    kiosk.press("Finish: 5 good, 1 scrap")
    kiosk.says("completed", tone="ok")

    assert plant.done(ORDER)[0] == (9, 1, "completed")


def test_where_fewer_pieces_arrive_than_were_ordered_kiosk_and_desk_say_the_same(
    plant: ServedPlant, new_kiosk: NewKiosk, new_desk: NewDesk
) -> None:
    plant.release(ORDER)
    first, second = new_kiosk(plant, FIRST), new_kiosk(plant, SECOND)
    start(first, ORDER)
    open_panel(first, ORDER)
    first.press("Scrap: one more")
    first.press("dimension")
    first.press("Finish: 9 good, 1 scrap")
    first.says("completed", tone="ok")
    second.sign_in(badge(ANNA))
    second.scan(traveler(ORDER, 20))
    second.says("started")
    desk = new_desk(plant)
    desk.open_list(SECOND)

    here, key = "9 of 10 are here", operation(ORDER, 20)
    expect(second.job(key)).to_contain_text("9of 9 left")
    expect(second.job(key)).to_contain_text(here)
    expect(desk.row(key)).to_contain_text("0 / 10")
    expect(desk.row(key)).to_contain_text(here)


def test_a_finish_is_taken_back_within_ten_seconds(plant: ServedPlant, new_kiosk: NewKiosk) -> None:
    plant.release(ORDER)
    first, second = new_kiosk(plant, FIRST), new_kiosk(plant, SECOND)
    start(first, ORDER)
    open_panel(first, ORDER)
    first.press(f"Finish: {QUANTITY} good")
    first.says("completed")
    expect(second.startable(operation(ORDER, 20))).to_have_count(1)

    first.press(re.compile("Undo"))

    first.says("undone")
    expect(first.job(operation(ORDER))).to_contain_text("10of 10 left")
    expect(second.row(operation(ORDER, 20))).to_contain_text(FIRST)
    assert plant.done(ORDER)[0] == (0, 0, "running")
