"""What holds on every page of the desk: it fits, it stands still, it says when it is cut off."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk.conftest import SignIn

pytestmark = pytest.mark.browser

PAGES = (
    *("", "lists", "lists/MILL-1", "orders", "orders/WO100240", "import", "paper"),
    *("flags", "stations", "accounts"),
)
SIZES = {
    "desk": {"width": 1440, "height": 900},
    "tablet": {"width": 1024, "height": 768},
    "phone": {"width": 390, "height": 844},
}
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
MOST_SHIFT = 0.02
"""Of the screen; 0.1 is what is commonly called good."""
UNNAMED = """
[...document.querySelectorAll("button, a[href], input, select, summary")]
  .filter((one) => one.checkVisibility() && one.type !== "hidden")
  .filter((one) => !(one.getAttribute("aria-label") || one.textContent.trim()
    || one.labels?.length || one.placeholder))
  .map((one) => one.outerHTML)
"""


@pytest.mark.parametrize("size", SIZES)
def test_every_page_fits_the_screen_and_stands_still(sign_in: SignIn, size: str) -> None:
    page = sign_in("admin", viewport=SIZES[size])
    page.add_init_script(SHIFTS)

    for name in PAGES:
        page.goto(f"/desk/{name}")
        page.wait_for_selector("#screen[data-ready]")
        page.wait_for_selector("#live[data-state=live]")

        assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"], name
        assert page.evaluate("window.shifted") <= MOST_SHIFT, name
        assert page.evaluate(UNNAMED) == [], name


def test_the_demo_says_on_every_page_that_it_is_one(desk: Page) -> None:
    expect(desk.get_by_role("note")).to_contain_text("Demo plant")


@pytest.mark.parametrize("language", ["en-GB", "de-DE"])
def test_a_phone_shows_all_of_what_the_demo_says(
    chromium: Browser, demo_address: str, language: str
) -> None:
    size: Any = {"width": 320, "height": 700}
    page = chromium.new_page(base_url=demo_address, viewport=size, locale=language)
    page.goto("/desk/sign-in")

    cut = page.locator(".demo-banner").evaluate(
        "one => [one.scrollWidth - one.clientWidth, one.scrollHeight - one.clientHeight]"
    )

    page.close()
    assert cut == [0, 0]


def test_a_desk_that_is_cut_off_says_so_and_comes_back(desk: Page) -> None:
    desk.goto("/desk/lists/MILL-1")
    desk.wait_for_selector("#live[data-state=live]")

    desk.context.set_offline(True)
    expect(desk.locator("#live")).to_have_text(re.compile("Not connected"), timeout=45_000)
    desk.get_by_role("button", name="EDD").click()
    expect(desk.locator("#told")).to_contain_text("The server does not answer.")
    desk.context.set_offline(False)

    expect(desk.locator("#live")).to_have_text(re.compile("Live"), timeout=15_000)


def test_a_wrong_password_is_refused_in_words_and_the_name_stays(
    chromium: Browser, demo_address: str
) -> None:
    context = chromium.new_context(base_url=demo_address)
    page = context.new_page()
    page.goto("/desk/lists")
    page.get_by_label("Name").fill("dispatcher")
    page.get_by_label("Password").fill("wrong")

    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("alert")).to_contain_text("Name and password do not fit together.")
    expect(page.get_by_label("Name")).to_have_value("dispatcher")
    page.get_by_label("Password").fill("dispatcher-demo")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/desk/lists$"))
    context.close()


def test_an_order_that_does_not_exist_is_a_page_with_a_way_out(desk: Page) -> None:
    desk.goto("/desk/orders/NOSUCH")

    expect(desk.get_by_text("There is no order NOSUCH.")).to_be_visible()
    desk.get_by_role("link", name="To the desk").click()
    expect(desk).to_have_url(re.compile("/desk/$"))


def test_signing_out_ends_the_session(desk: Page) -> None:
    desk.get_by_role("button", name="Sign out").click()
    desk.goto("/desk/orders")

    expect(desk.get_by_role("heading", name="Sign in")).to_be_visible()
