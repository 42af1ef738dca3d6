"""From the release list to the paper, and from the paper to the scanner."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewDesk, NewKiosk
from tests.browser.pages import Desk
from tests.browser.plants import ANNA, FIRST, ORDERS, SECOND, ServedPlant, badge, operation
from tests.printing.paperwork import symbols

pytestmark = pytest.mark.browser

ORDER = ORDERS[0]
PAPER_MS = 40_000
"""A paper worker starts, renders and reads every symbol back."""


def release(desk: Desk, order: str) -> bytes:
    """Release an order as a dispatcher does; return its traveler once it can be opened."""
    desk.go("Release")
    desk.page.get_by_role("checkbox", name=f"Choose {order}").check()
    desk.press("Release 1 order")
    expect(desk.page.get_by_text("Released 1 order.")).to_be_visible()
    link = desk.page.locator(".packets").get_by_role("link", name=order)
    expect(link).to_be_visible(timeout=PAPER_MS)
    answer = desk.page.request.get(link.get_attribute("href") or "")
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


@pytest.mark.slow
def test_a_released_order_comes_to_the_kiosk_and_its_printed_traveler_starts_it(
    plant_with_paper: ServedPlant, new_desk: NewDesk, new_kiosk: NewKiosk
) -> None:
    desk, kiosk = new_desk(plant_with_paper), new_kiosk(plant_with_paper, FIRST)
    other = new_kiosk(plant_with_paper, SECOND)
    expect(kiosk.row(operation(ORDER))).to_have_count(0)

    traveler = release(desk, ORDER)

    expect(desk.page.get_by_role("row", name=ORDER)).to_have_count(0)
    expect(kiosk.startable(operation(ORDER))).to_have_count(1)
    expect(other.row(operation(ORDER, 20))).to_contain_text(FIRST)
    printed = symbols(traveler)
    sheet = next(one.text for one in printed if ORDER in one.text)
    lines = sorted(one.text for one in printed if ORDER not in one.text)
    assert [len(line) for line in lines] == [10, 10, 10]
    kiosk.sign_in(badge(ANNA))
    kiosk.scan(lines[0])
    kiosk.says("started", f"{ORDER} / 010", tone="ok")
    kiosk.scan(sheet)
    expect(kiosk.panel).to_contain_text(f"{ORDER} / 010")
    kiosk.press("Finish: 10 good")
    kiosk.says("completed", tone="ok")
    other.sign_in(badge(ANNA))
    other.scan(sheet)
    other.says("started", f"{ORDER} / 020", tone="ok")
