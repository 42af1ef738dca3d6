"""Release at the desk: choosing, overriding, and the travelers that come of it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser


def passing(desk: Page) -> Locator:
    return desk.locator("table.release tbody tr", has_text="passed")


def failing(desk: Page) -> Locator:
    return desk.locator("table.release tbody tr", has_text="failed")


def key(row: Locator) -> str:
    found = row.get_attribute("data-key")
    assert found is not None
    return found


@pytest.mark.slow
def test_orders_released_leave_the_list_and_their_travelers_become_ready(desk: Page) -> None:
    first, third = passing(desk).nth(0), passing(desk).nth(2)
    chosen = [key(passing(desk).nth(at)) for at in range(3)]

    first.get_by_role("checkbox").click()
    third.get_by_role("checkbox").click(modifiers=["Shift"])
    desk.get_by_role("button", name="Release 3 orders").click()

    expect(desk.get_by_text("Released 3 orders.")).to_be_visible()
    packets = desk.locator(".packets")
    for order in chosen:
        expect(desk.locator(f'[data-key="{order}"]')).to_have_count(0)
        expect(packets.get_by_role("link", name=order)).to_be_visible(timeout=30_000)
    link = packets.get_by_role("link", name=chosen[0])
    paper = desk.request.get(link.get_attribute("href") or "")
    assert paper.body().startswith(b"%PDF")


def test_orders_are_chosen_and_released_with_the_keyboard_alone(desk: Page) -> None:
    rows = passing(desk)
    chosen = [key(rows.nth(5)), key(rows.nth(6))]

    rows.nth(5).focus()
    desk.keyboard.press(" ")
    desk.keyboard.press("Shift+ArrowDown")
    expect(desk.get_by_text("2 chosen")).to_be_visible()
    desk.keyboard.press("Control+Enter")

    expect(desk.get_by_text("Released 2 orders.")).to_be_visible()
    expect(desk.locator(".packets")).to_contain_text(chosen[0])
    expect(desk.locator(".packets")).to_contain_text(chosen[1])


def test_a_failed_check_is_overridden_only_with_a_reason_and_the_reason_is_kept(
    desk: Page,
) -> None:
    row = failing(desk).last
    order = key(row)

    row.get_by_role("checkbox").click()
    desk.get_by_role("button", name="Release 1 order").click()
    dialog = desk.get_by_role("dialog")
    anyway = dialog.get_by_role("button", name="Release 1 order anyway")
    expect(dialog).to_contain_text(order)
    expect(anyway).to_be_disabled()
    dialog.get_by_label("Why release them anyway?").fill("Agreed with the customer")
    anyway.click()

    expect(desk.get_by_text("Released 1 order.")).to_be_visible()
    desk.goto(f"/desk/orders/{order}")
    expect(desk.locator(".history")).to_contain_text("Reason: Agreed with the customer.")


def test_the_ones_that_pass_can_be_released_without_the_one_that_fails(desk: Page) -> None:
    failed, passed = failing(desk).first, passing(desk).last
    keys = key(failed), key(passed)

    failed.get_by_role("checkbox").click()
    passed.get_by_role("checkbox").click()
    desk.get_by_role("button", name="Release 2 orders").click()
    desk.get_by_role("button", name="Only the 1 that pass").click()

    expect(desk.get_by_text("Released 1 order.")).to_be_visible()
    expect(desk.locator(f'[data-key="{keys[0]}"]')).to_be_visible()
    expect(desk.locator(f'[data-key="{keys[1]}"]')).to_have_count(0)


def test_a_filter_shows_what_it_counts(desk: Page) -> None:
    button = desk.get_by_role("button", name="Failed checks")
    counted = re.search(r"\d+", button.inner_text())

    button.click()

    expect(button).to_have_attribute("aria-pressed", "true")
    assert counted is not None
    expect(desk.locator("table.release tbody tr")).to_have_count(int(counted[0]))
    expect(passing(desk)).to_have_count(0)
