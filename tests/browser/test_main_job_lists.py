"""Resequencing at the desk, seen at two kiosks: by hand, by keyboard, by rule, and both at once."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewDesk, NewKiosk
from tests.browser.pages import REFUSED, Desk, Kiosk, Watched
from tests.browser.plants import ServedPlant

pytestmark = pytest.mark.browser

PLACE = "PAINT-1"
"""A work center with a list of some length in the demo."""


def waiting(desk: Desk) -> list[str]:
    """Return what the open list has beside what runs."""
    rows = desk.page.locator(".sequence li:not([data-state=running])")
    keys: list[str] = rows.evaluate_all("rows => rows.map(row => row.dataset.key)")
    return keys


def moved(order: list[str], operation: str, before: str) -> list[str]:
    """Return an order after one row has moved to just above another."""
    rest = [one for one in order if one != operation]
    at = rest.index(before)
    return [*rest[:at], operation, *rest[at:]]


def expect_seen(desk: Desk, station: str) -> None:
    """Expect the desk to tell that a station shows what the desk shows."""
    expect(desk.page.locator(".seen-by")).to_contain_text(f"Seen by {station} at")


def expect_same(kiosk: Kiosk, desk: Desk) -> None:
    """Expect a kiosk to show what waits in the order that the desk has it, startable ones first."""
    order = waiting(desk)
    shown = kiosk.operations()
    expect(kiosk.page.locator(".next-job, .line")).to_have_count(len(order))
    assert sorted(shown) == sorted(order)
    assert shown[1:] == [one for one in order if one != shown[0]]


def test_a_row_dragged_at_the_desk_moves_at_two_kiosks_which_say_who_moved_it(
    plant: ServedPlant, new_desk: NewDesk, new_kiosk: NewKiosk
) -> None:
    kiosks = [new_kiosk(plant, PLACE), new_kiosk(plant, PLACE)]
    desk = new_desk(plant)
    desk.open_list(PLACE)
    expect_seen(desk, PLACE)
    free = desk.movable()
    wanted = moved(desk.operations(), free[4], free[1])

    desk.grab(free[4])
    desk.carry_above(free[1])
    desk.drop()

    desk.shows(wanted)
    for kiosk in kiosks:
        kiosk.tells_who_moved(free[4], "dispatcher")
        expect_same(kiosk, desk)
    expect(desk.row(free[4])).to_contain_text("By hand")
    expect_seen(desk, PLACE)


def test_a_row_moved_by_keyboard_moves_at_the_kiosk(
    plant: ServedPlant, new_desk: NewDesk, new_kiosk: NewKiosk
) -> None:
    kiosk, desk = new_kiosk(plant, PLACE), new_desk(plant)
    desk.open_list(PLACE)
    free = desk.movable()

    desk.push(free[5], "Alt+ArrowUp", times=2)

    desk.shows(moved(desk.operations(), free[5], free[3]))
    kiosk.tells_who_moved(free[5], "dispatcher")
    expect_same(kiosk, desk)
    expect_seen(desk, PLACE)


def test_the_second_of_two_dispatchers_is_told_and_repeats(
    plant: ServedPlant, new_desk: NewDesk, watched: Watched
) -> None:
    watched.expect_complaint(REFUSED)
    mine, other = new_desk(plant, "admin"), new_desk(plant)
    mine.open_list(PLACE)
    other.open_list(PLACE)
    free = mine.movable()
    theirs = moved(mine.operations(), free[5], free[2])

    mine.grab(free[3])
    mine.carry_above(free[1])
    plant.move(PLACE, free[5], free[2])
    other.shows(theirs)
    mine.drop()
    expect(mine.told).to_contain_text("the list was changed by")
    expect(mine.told).to_contain_text("dispatcher")
    expect(mine.told).to_contain_text(free[5])
    mine.press("Repeat my move")

    expect(mine.told).to_have_count(0)
    expect(other.row(free[3])).to_contain_text("admin")
    assert plant.listed(PLACE)[1] == mine.operations() == other.operations()
    assert sorted(free) == sorted(mine.movable())


def test_a_proposal_of_a_rule_is_accepted_and_taken_back(
    plant: ServedPlant, new_desk: NewDesk, new_kiosk: NewKiosk
) -> None:
    kiosk, desk = new_kiosk(plant, PLACE), new_desk(plant)
    desk.open_list(PLACE)
    before = desk.operations()

    desk.press("SPT")
    expect(desk.page.get_by_text("Proposal: Shortest processing time.")).to_be_visible()
    proposed = desk.operations()
    assert proposed != before
    desk.press("Accept")
    expect(desk.rows.filter(has_text="Shortest processing time").first).to_be_visible()
    expect_seen(desk, PLACE)
    expect_same(kiosk, desk)
    assert desk.operations() == proposed
    desk.press("Undo the last resequence")

    desk.shows(before)
    expect_seen(desk, PLACE)
    expect_same(kiosk, desk)
