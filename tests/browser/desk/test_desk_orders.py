"""Where is my job: found from anywhere, read on a phone, held, freed and reprinted."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.desk.conftest import SignIn

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}


def cards(page: Page, state: str) -> Locator:
    page.goto("/desk/orders")
    return page.locator(".cards li", has=page.locator(".mark", has_text=state))


def number(card: Locator) -> str:
    return card.locator(".key").inner_text()


def test_a_slash_leads_to_the_search_and_a_number_to_the_job(desk: Page) -> None:
    order = number(cards(desk, "Running").first)
    desk.goto("/desk/lists")
    desk.wait_for_selector("#screen[data-ready]")

    desk.keyboard.press("/")
    desk.keyboard.type(order.lower())
    expect(desk.locator(".found [role=option]").first).to_contain_text(order)
    desk.keyboard.press("Enter")

    expect(desk.get_by_role("heading", level=1)).to_contain_text(order)


def test_what_is_found_is_chosen_with_the_arrows(desk: Page) -> None:
    desk.keyboard.press("/")
    desk.keyboard.type("WO1002")
    second = desk.locator(".found [role=option]").nth(1)
    expect(second).to_be_visible()
    order = second.locator("strong").inner_text()

    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("ArrowDown")
    expect(second).to_have_attribute("aria-selected", "true")
    desk.keyboard.press("Enter")

    expect(desk.get_by_role("heading", level=1)).to_contain_text(order)


def test_nothing_found_is_said(desk: Page) -> None:
    desk.keyboard.press("/")
    desk.keyboard.type("no such thing")

    expect(desk.locator(".found")).to_contain_text("No order has that number")


def test_a_phone_says_in_one_sentence_where_a_job_is(sign_in: SignIn) -> None:
    phone = sign_in(viewport=PHONE)
    cards(phone, "Running").first.locator(".key").click()

    expect(phone.locator("p.where")).to_contain_text("Operation")
    expect(phone.locator(".routing li").first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_a_hold_needs_a_reason_is_shown_at_once_and_taken_away(sign_in: SignIn) -> None:
    mine, other = sign_in("admin"), sign_in()
    order = number(cards(mine, "Released").first)
    for page in (mine, other):
        page.goto(f"/desk/orders/{order}")
        page.wait_for_selector("#live[data-state=live]")

    mine.get_by_role("button", name="Hold").click()
    dialog = mine.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Hold the order")).to_be_disabled()
    dialog.get_by_label("Why is it held?").fill("The customer asks for a change")
    dialog.get_by_role("button", name="Hold the order").click()

    expect(other.locator("p.where")).to_contain_text("Held: The customer asks for a change.")
    expect(other.locator("h1")).to_contain_text("Held")
    other.get_by_role("button", name="Free").click()
    expect(mine.locator("p.where")).not_to_contain_text("Held")
    expect(mine.locator(".history")).to_contain_text("Freed.")


def test_a_reprint_supersedes_the_sheet_before_it(desk: Page) -> None:
    cards(desk, "Released").last.locator(".key").click()
    first = desk.locator(".sheets li").first
    serial = first.locator(".strong").inner_text()
    expect(first).to_contain_text("Current")

    desk.get_by_role("button", name="Reprint the traveler").click()
    desk.get_by_label("Why is it printed again?").fill("Oil on it")
    desk.get_by_role("button", name="Reprint", exact=True).click()

    superseded = desk.locator(".sheets li", has_text=serial).last
    expect(superseded).to_contain_text("Superseded")
    expect(superseded).to_contain_text("Replaced by")
    expect(desk.locator(".sheets li").first).to_contain_text("Oil on it")


PLACES = """
rows => rows.map((row) => ["time", ".what", ".who"].map((part) => {
  const { left, right, top, height } = row.querySelector(part).getBoundingClientRect();
  return [left, right, top, height].map(Math.round);
}))
"""


@pytest.mark.parametrize("width", [1440, 1024])
def test_the_history_stands_in_columns_whose_ends_need_one_line(
    sign_in: SignIn, width: int
) -> None:
    page = sign_in(viewport={"width": width, "height": 900})
    cards(page, "Running").first.locator(".key").click()
    page.wait_for_selector(".history li")

    rows = page.locator(".history li").evaluate_all(PLACES)

    assert len({(what[0], who[0]) for _time, what, who in rows}) == 1
    assert len({(time[3], who[3]) for time, _what, who in rows}) == 1


def test_on_a_phone_the_history_says_when_and_who_in_a_line_above_what(sign_in: SignIn) -> None:
    page = sign_in(viewport=PHONE)
    cards(page, "Running").first.locator(".key").click()
    page.wait_for_selector(".history li")

    for time, what, who in page.locator(".history li").evaluate_all(PLACES):
        assert time[2] == who[2]
        assert time[1] < who[0]
        assert what[2] >= time[2] + time[3]
        assert (what[0], what[1]) == (time[0], who[1])


def test_escape_closes_a_dialog_and_changes_nothing(desk: Page) -> None:
    cards(desk, "Released").nth(1).locator(".key").click()

    desk.get_by_role("button", name="Hold").click()
    expect(desk.get_by_role("dialog")).to_be_visible()
    desk.keyboard.press("Escape")

    expect(desk.get_by_role("dialog")).to_have_count(0)
    desk.get_by_role("button", name="Hold").click()
    expect(desk.get_by_role("dialog")).to_be_visible()
