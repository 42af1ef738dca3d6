"""A dispatch list at two desks at once: by hand, by keyboard, by rule, and back."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.desk.conftest import SignIn

pytestmark = pytest.mark.browser

ROWS = ".sequence li"
MOST_WAGGLES = 40


def open_list(page: Page, work_center: str) -> Page:
    page.goto(f"/desk/lists/{work_center}")
    page.wait_for_selector("#live[data-state=live]")
    return page


def keys(page: Page) -> list[str]:
    rows = page.locator(ROWS)
    return [str(rows.nth(at).get_attribute("data-key")) for at in range(rows.count())]


def expect_order(page: Page, wanted: list[str]) -> None:
    for at, operation in enumerate(wanted):
        expect(page.locator(ROWS).nth(at)).to_have_attribute("data-key", operation)


def grab(page: Page, row: Locator) -> None:
    box = row.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 10, box["y"] + 15)
    page.mouse.down()
    page.mouse.move(box["x"] + 12, box["y"] + 8, steps=4)


def carry(page: Page, target: Locator) -> None:
    """Carry the row in the hand to just above another, as an eye follows it there."""
    key = target.get_attribute("data-key")
    for at in range(MOST_WAGGLES):
        box = page.locator(f'{ROWS}[data-key="{key}"]').bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 14 + at % 3, box["y"] + 6 + at % 2, steps=10)
        if page.locator(f'{ROWS}.ghost + [data-key="{key}"]').count():
            return
    raise AssertionError(f"the row in the hand does not come to stand above {key}")


def free_rows(page: Page) -> Locator:
    return page.locator(f"{ROWS}:not([data-still])")


def test_a_row_dragged_at_one_desk_moves_at_the_other_and_says_who_moved_it(
    sign_in: SignIn,
) -> None:
    mine, other = open_list(sign_in("admin"), "MILL-2"), open_list(sign_in(), "MILL-2")
    moved = free_rows(mine).nth(3)
    operation = str(moved.get_attribute("data-key"))
    before = keys(mine)

    grab(mine, moved)
    carry(mine, free_rows(mine).nth(1))
    wanted = keys(mine)
    mine.mouse.up()

    assert wanted.index(operation) < before.index(operation)
    expect_order(mine, wanted)
    expect_order(other, wanted)
    row = other.locator(f'[data-key="{operation}"]')
    expect(row).to_contain_text("By hand")
    expect(row).to_contain_text("admin")
    expect(row).to_have_attribute("data-flash", "")


def test_running_and_frozen_rows_cannot_be_dragged(desk: Page) -> None:
    open_list(desk, "LATHE-2")
    before = keys(desk)

    still = desk.locator(f"{ROWS}[data-still]").last
    grab(desk, still)
    box = free_rows(desk).nth(2).bounding_box()
    assert box is not None
    desk.mouse.move(box["x"] + 14, box["y"] + 6, steps=10)
    desk.mouse.up()

    assert keys(desk) == before


def test_nothing_moves_under_the_hand(sign_in: SignIn) -> None:
    mine, other = open_list(sign_in("admin"), "DEBURR-1"), open_list(sign_in(), "DEBURR-1")
    grab(mine, free_rows(mine).nth(2))
    carry(mine, free_rows(mine).nth(1))
    held = keys(mine)

    free_rows(other).nth(0).focus()
    other.keyboard.press("Alt+End")
    other.keyboard.press("Enter")
    expect(other.locator(ROWS).last).to_contain_text("By hand")

    assert keys(mine) == held
    mine.mouse.up()
    expect(mine.get_by_role("button", name="Repeat my move")).to_be_visible()
    expect_order(mine, keys(other))


def test_a_row_is_moved_by_keyboard_and_keeps_the_focus(desk: Page) -> None:
    open_list(desk, "WELD-1")
    row = free_rows(desk).nth(4)
    operation = str(row.get_attribute("data-key"))
    at = keys(desk).index(operation)

    row.focus()
    for _ in range(3):
        desk.keyboard.press("Alt+ArrowUp")

    moved = desk.locator(f'[data-key="{operation}"]')
    expect(desk.locator(ROWS).nth(at - 3)).to_have_attribute("data-key", operation)
    expect(moved).to_be_focused()
    expect(moved).to_contain_text("By hand")
    desk.reload()
    desk.wait_for_selector(ROWS)
    assert keys(desk).index(operation) == at - 3


def test_escape_gives_a_move_by_keyboard_up(desk: Page) -> None:
    open_list(desk, "GRIND-1")
    before = keys(desk)

    free_rows(desk).nth(2).focus()
    desk.keyboard.press("Alt+ArrowUp")
    desk.keyboard.press("Escape")

    expect_order(desk, before)


def test_the_second_of_two_dispatchers_is_told_what_changed_and_repeats(
    sign_in: SignIn,
) -> None:
    mine, other = open_list(sign_in("admin"), "PAINT-1"), open_list(sign_in(), "PAINT-1")
    mine.get_by_role("button", name="SPT").click()
    expect(mine.get_by_text("Proposal: Shortest processing time.")).to_be_visible()

    free_rows(other).nth(1).focus()
    other.keyboard.press("Alt+End")
    other.keyboard.press("Enter")
    expect(other.locator(ROWS).last).to_contain_text("By hand")
    mine.get_by_role("button", name="Accept").click()

    expect(mine.get_by_role("alert")).to_contain_text("dispatcher")
    mine.get_by_role("button", name="Repeat my move").click()
    expect(mine.locator(ROWS, has_text="Shortest processing time").first).to_be_visible()
    expect_order(other, keys(mine))


def test_a_proposal_marks_what_moves_and_is_dropped_or_accepted_and_undone(desk: Page) -> None:
    open_list(desk, "INSPECT-1")
    before = keys(desk)

    desk.get_by_role("button", name="SPT").click()
    expect(desk.locator(f"{ROWS}[data-wish] .climb").first).to_be_visible()
    proposed = keys(desk)
    desk.get_by_role("button", name="Drop").click()
    expect_order(desk, before)
    desk.get_by_role("button", name="SPT").click()
    desk.get_by_role("button", name="Accept").click()
    expect_order(desk, proposed)
    expect(desk.locator(ROWS, has_text="Shortest processing time").first).to_be_visible()
    desk.get_by_role("button", name="Undo the last resequence").click()

    expect_order(desk, before)


def test_the_list_says_that_no_station_has_seen_it(desk: Page) -> None:
    open_list(desk, "SAW-1")

    expect(desk.locator(".seen-by")).to_contain_text("SAW-1")
