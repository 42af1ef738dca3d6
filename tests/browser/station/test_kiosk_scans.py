"""At the kiosk: every scan gets its verdict, and what was done can be taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from kiosk.wire import Address, Wire
from server.domain.names import StationName
from server.services.rights import CONSOLE
from server.services.stations import enrol, enrolment_code
from tests.browser.station.kiosk import Kiosk, NewKiosk, Workshop, badge, release_orders, traveler
from tests.workshop import ANNA, MILL, ORDER

pytestmark = pytest.mark.browser


@contextmanager
def beside(kiosk: Kiosk) -> Iterator[Wire]:
    """Connect the agent of a scanner beside a kiosk, as a device of its own."""
    plant, station = kiosk.server.plant, StationName(kiosk.station)
    token = enrol(plant, station, enrolment_code(plant, CONSOLE, station).code)
    wire = Wire(stir=lambda: None, overhear=lambda _answer: None)
    try:
        wire.open(Address(kiosk.address, kiosk.station), token)
        yield wire
    finally:
        wire.close()


def test_badge_and_traveler_start_an_operation_without_a_touch(
    kiosk: Kiosk, workshop: Workshop
) -> None:
    release_orders(workshop.server, ORDER)

    kiosk.scan(badge(ANNA))
    kiosk.says("badge", "Hello", "Anna")
    kiosk.scan(traveler())

    kiosk.says("started", "tarted", "WO100245 / 010")
    expect(kiosk.page.locator(".job")).to_contain_text("P-7001")
    assert kiosk.jobs() == [f"{ORDER}/010"]
    assert kiosk.sounds == ["ok", "look"]  # A code without a sheet is taken, and looked at.


def test_a_traveler_before_the_badge_waits_for_it(kiosk: Kiosk, workshop: Workshop) -> None:
    release_orders(workshop.server, ORDER)

    kiosk.scan(traveler())
    kiosk.says("badge-needed", "Your badge")
    kiosk.scan(badge(ANNA))

    kiosk.says("started")
    assert kiosk.sounds == ["call", "ok", "look"]


def test_a_refusal_stays_until_the_next_scan_and_says_what_to_do(kiosk: Kiosk) -> None:
    kiosk.scan("4006381333931")
    kiosk.says("unknown-code", "Not taken", "4006381333931", "Scan a badge or a traveler")
    kiosk.page.wait_for_timeout(2000)
    kiosk.says("unknown-code")

    kiosk.scan(badge(ANNA))

    kiosk.says("badge")
    assert kiosk.sounds == ["refused", "ok"]


def test_a_good_verdict_goes_by_itself(kiosk: Kiosk) -> None:
    kiosk.scan(badge(ANNA))
    kiosk.says("badge")

    expect(kiosk.page.locator('.band[data-tone="signed"]')).to_contain_text("Anna")


def test_a_start_can_be_taken_back_for_seconds(kiosk: Kiosk, workshop: Workshop) -> None:
    release_orders(workshop.server, ORDER)
    kiosk.start(traveler(), ANNA)
    expect(kiosk.page.locator(".job")).to_be_visible()

    kiosk.button("Undo").click()

    kiosk.says("undone")
    expect(kiosk.page.locator(".job")).to_have_count(0)
    expect(kiosk.button("Undo")).to_have_count(0)


def test_the_floor_may_insist_with_a_second_touch(new_kiosk: NewKiosk, workshop: Workshop) -> None:
    release_orders(workshop.server, ORDER)
    mill = new_kiosk(MILL)
    mill.scan(badge(ANNA))
    mill.scan(traveler(20))
    mill.says("nothing-arrived", "Not taken", "LATHE-2")

    insist = mill.page.locator(".insist")
    insist.click()
    expect(insist).to_have_text("Touch again: the dispatcher is told")
    mill.page.wait_for_timeout(500)
    insist.click()

    mill.says("started", "Look", "before the parts were reported here")


def test_the_floor_may_insist_on_what_the_scanner_beside_the_screen_read(
    new_kiosk: NewKiosk, workshop: Workshop
) -> None:
    release_orders(workshop.server, ORDER)
    mill = new_kiosk(MILL)
    with beside(mill) as scanner:
        scanner.ask("scan", {"id": str(uuid4()), "text": badge(ANNA)})
        scanner.ask("scan", {"id": str(uuid4()), "text": traveler(20)})
        mill.says("nothing-arrived", "Not taken", "LATHE-2")

        insist = mill.page.locator(".insist")
        insist.click()
        expect(insist).to_have_text("Touch again: the dispatcher is told")
        mill.page.wait_for_timeout(500)
        insist.click()

        mill.says("started", "Look", "before the parts were reported here")
        assert mill.jobs() == [f"{ORDER}/020"]


def test_one_nervous_double_touch_is_no_insisting(new_kiosk: NewKiosk, workshop: Workshop) -> None:
    release_orders(workshop.server, ORDER)
    mill = new_kiosk(MILL)
    mill.scan(badge(ANNA))
    mill.scan(traveler(20))
    mill.says("nothing-arrived")

    mill.page.locator(".insist").dblclick()

    mill.says("nothing-arrived")
    assert mill.jobs() == []


def test_the_same_code_twice_at_once_is_one_scan(kiosk: Kiosk, workshop: Workshop) -> None:
    release_orders(workshop.server, ORDER)
    kiosk.start(traveler(), ANNA)

    kiosk.scan(traveler())

    kiosk.page.wait_for_function("window.heard.includes('repeat')")
    expect(kiosk.panel).to_have_count(0)


def test_a_number_can_be_typed(kiosk: Kiosk, workshop: Workshop) -> None:
    release_orders(workshop.server, ORDER)
    kiosk.scan(badge(ANNA))
    kiosk.says("badge")

    kiosk.press("Type a number")
    for key in "WO100245/010":
        kiosk.page.locator(f'.keypad [data-key="{key}"]').click()
    kiosk.press("Take it")

    kiosk.says("started", "WO100245 / 010")
    expect(kiosk.page.locator(".typed")).to_have_count(0)


def test_a_number_can_be_typed_on_a_real_keyboard_too(kiosk: Kiosk) -> None:
    kiosk.press("Type a number")
    kiosk.page.keyboard.type("4101", delay=180)
    kiosk.page.keyboard.press("Enter")

    kiosk.says("badge", "Anna")
