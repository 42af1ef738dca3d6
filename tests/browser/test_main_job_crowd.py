"""Two hundred operations before one work center: nothing jumps when something arrives."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewDesk, NewKiosk, NewPlant
from tests.browser.pages import box_of
from tests.browser.plants import CROWD, FIRST, ORDERS, ServedPlant, operation

pytestmark = pytest.mark.browser

WATCH_SHIFTS = """
() => {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) {
      window.shifted += value;
    }
  }).observe({ type: "layout-shift" });
}
"""
BOXES = """
(rows) => Object.fromEntries(rows.map((row) => {
  const { x, y, width, height } = row.getBoundingClientRect();
  return [row.dataset.key ?? row.dataset.operation, [x, y, width, height]];
}))
"""
Boxes = dict[str, list[float]]


@pytest.fixture
def full_plant(new_plant: NewPlant, full_folder: Path) -> ServedPlant:
    """Return a plant in which 200 operations more stand before one work center."""
    return new_plant(full_folder)


def boxes(rows: Locator) -> Boxes:
    """Return where the rows of a list stand."""
    found: Boxes = rows.evaluate_all(BOXES)
    return found


def shifted(page: Page) -> float:
    """Return how much of the screen has jumped since it was asked to watch."""
    value: float = page.evaluate("window.shifted")
    return value


def test_the_desk_stays_where_it_is_when_an_order_comes_and_another_is_held(
    full_plant: ServedPlant, new_desk: NewDesk
) -> None:
    desk = new_desk(full_plant)
    desk.open_list(FIRST)
    assert desk.rows.count() > len(CROWD)
    before = boxes(desk.rows)
    desk.page.evaluate(WATCH_SHIFTS)

    full_plant.release(ORDERS[0])
    expect(desk.row(operation(ORDERS[0]))).to_be_visible()
    full_plant.desk.post("/desk/api/hold", {"order": CROWD[7], "why": "Wrong alloy " * 8})
    expect(desk.row(operation(CROWD[7]))).to_contain_text("Wrong alloy")

    after = boxes(desk.rows)
    assert {key: after[key] for key in before} == before
    assert shifted(desk.page) == 0


def test_the_kiosk_stays_where_it_is_when_an_order_comes_and_another_is_held(
    full_plant: ServedPlant, new_kiosk: NewKiosk
) -> None:
    kiosk = new_kiosk(full_plant, FIRST)
    rows = kiosk.page.locator(".next-job, .line")
    assert rows.count() > len(CROWD)
    before = boxes(rows)
    kiosk.page.evaluate(WATCH_SHIFTS)

    full_plant.release(ORDERS[0])
    expect(kiosk.row(operation(ORDERS[0]))).to_contain_text("New")
    full_plant.desk.post("/desk/api/hold", {"order": CROWD[7], "why": "Wrong alloy " * 8})
    expect(kiosk.row(operation(CROWD[7]))).to_contain_text("On hold")

    after = boxes(rows)
    assert {key: after[key] for key in before} == before
    assert shifted(kiosk.page) == 0


def test_nothing_moves_at_the_kiosk_while_a_finger_is_down(
    full_plant: ServedPlant, new_kiosk: NewKiosk
) -> None:
    kiosk = new_kiosk(full_plant, FIRST)
    held = kiosk.operations()
    moved, target = operation(CROWD[50]), held[3]
    at = box_of(kiosk.row(target))

    kiosk.page.mouse.move(at["x"] + 20, at["y"] + 10)
    kiosk.page.mouse.down()
    full_plant.move(FIRST, moved, target)
    expect(kiosk.page.get_by_role("button", name="The list has changed")).to_be_visible()
    assert kiosk.operations() == held
    assert box_of(kiosk.row(target)) == at
    kiosk.page.mouse.up()
    kiosk.press("The list has changed: show it")

    kiosk.tells_who_moved(moved, "dispatcher")
    listed = full_plant.listed(FIRST)[1]
    assert listed.index(moved) == listed.index(target) - 1
    following, *rest = kiosk.operations()
    assert rest == [one for one in listed if one in rest and one != following]


def test_nothing_moves_at_the_desk_while_a_row_is_in_the_hand(
    full_plant: ServedPlant, new_desk: NewDesk
) -> None:
    desk = new_desk(full_plant)
    desk.open_list(FIRST)
    free = desk.movable()
    desk.page.evaluate(WATCH_SHIFTS)

    desk.grab(free[3])
    held = boxes(desk.rows)
    full_plant.release(ORDERS[0])
    expect(desk.page.locator('[data-count="release"]')).not_to_have_text("")
    full_plant.move(FIRST, free[9], free[1])
    assert boxes(desk.rows) == held
    desk.drop()

    expect(desk.row(operation(ORDERS[0]))).to_be_visible()
    expect(desk.row(free[9])).to_contain_text("By hand")
    assert desk.operations() == full_plant.listed(FIRST)[1]
