"""At the kiosk: a scanner that types is heard wherever the focus is, and presses nothing."""

import pytest
from playwright.sync_api import expect

from tests.browser.station.kiosk import Kiosk, Workshop, badge, release_orders, traveler
from tests.workshop import ANNA, ORDER

pytestmark = pytest.mark.browser


def test_real_keys_make_a_code(kiosk: Kiosk) -> None:
    for key in ("Digit1", "Shift+KeyH", "Digit4", "Digit1", "Digit0", "Digit1", "Enter"):
        kiosk.page.keyboard.press(key)

    kiosk.says("badge", "Anna")


def test_a_scan_presses_no_focused_button(kiosk: Kiosk) -> None:
    kiosk.button("Type a number").focus()

    kiosk.page.keyboard.press("Digit1")
    for key in ("Shift+KeyH", "Digit4", "Digit1", "Digit0", "Digit1", "Space", "Enter"):
        kiosk.page.keyboard.press(key)

    kiosk.says("badge", "Anna")
    expect(kiosk.page.locator(".typed")).to_have_count(0)


def test_a_button_can_still_be_pressed_by_key(kiosk: Kiosk) -> None:
    kiosk.button("Type a number").focus()

    kiosk.page.keyboard.press("Enter")

    expect(kiosk.page.locator(".typed")).to_be_visible()


def test_a_scan_into_a_field_is_taken_and_leaves_the_field_as_it_was(kiosk: Kiosk) -> None:
    kiosk.press("Type a number")
    field = kiosk.page.locator(".typed-text")
    field.fill("WO1")

    kiosk.scan("4006381333931", target=".typed-text")

    kiosk.says("unknown-code")
    kiosk.press("Type a number")
    assert kiosk.page.locator(".typed-text").input_value() == ""


def test_a_scan_while_the_panel_is_open_is_taken(kiosk: Kiosk, workshop: Workshop) -> None:
    release_orders(workshop.server, ORDER)
    kiosk.start(traveler(), ANNA)
    kiosk.press("Count")
    expect(kiosk.panel).to_be_visible()

    kiosk.scan(badge("4102"))

    kiosk.says("badge", "Ben")
    expect(kiosk.panel.get_by_role("button", name="Join")).to_contain_text("Ben")
