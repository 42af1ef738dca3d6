"""In the office: orders come in, devices become stations, and a phone finds a job."""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewDesk
from tests.browser.pages import DESK, PHONE, Desk, Kiosk, Watched
from tests.browser.plants import (
    ANNA,
    FIRST,
    HEADERS,
    ORDERS,
    ServedPlant,
    badge,
    floorline,
    rows_of,
    traveler,
)
from tests.served import Served

pytestmark = pytest.mark.browser

NEW, NEWER = "WO770001", "WO770002"


def write(file: Path, rows: Iterable[Iterable[object]]) -> Path:
    """Write a file of work orders."""
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([HEADERS, *rows])
    return file


def test_a_file_with_errors_shows_them_all_and_once_mended_is_tried_and_imported(
    plant: ServedPlant, new_desk: NewDesk, tmp_path: Path
) -> None:
    desk = new_desk(plant)
    desk.go("Import")
    bad = [*rows_of(NEW, quantity=-4), *rows_of("WO77+02"), *rows_of(NEWER, due="2026-02-30")]
    picker = desk.page.locator('input[type="file"]').first

    picker.set_input_files(write(tmp_path / "orders.csv", bad))

    errors = desk.page.get_by_role("row").filter(has_text="orders.csv")
    for value in ("-4", "WO77+02", "2026-02-30"):
        expect(errors.filter(has_text=value).first).to_be_visible()
    expect(desk.page.get_by_text("nothing can be imported")).to_be_visible()
    expect(desk.page.get_by_role("button", name="Import")).to_have_count(0)

    good = [*rows_of(NEW), *rows_of(NEWER), *rows_of(ORDERS[0], quantity=25)]
    picker.set_input_files(write(tmp_path / "orders.csv", good))
    expect(desk.page.get_by_text("This was a dry run")).to_be_visible()
    expect(desk.page.get_by_role("definition").nth(0)).to_have_text("2")
    assert f"{NEW}" not in str(plant.desk.get(f"/desk/api/orders?q={NEW}")["orders"])
    desk.press("Import 3 orders")

    expect(desk.page.get_by_text("Imported: 2 new, 1 changed.")).to_be_visible()
    desk.go("Release")
    for order in (NEW, NEWER):
        expect(desk.page.get_by_role("row", name=order)).to_be_visible()
    expect(desk.page.get_by_role("row", name=ORDERS[0])).to_contain_text("25")


def test_a_device_becomes_a_station_with_the_code_from_the_desk_which_works_once(
    plant: ServedPlant, new_desk: NewDesk, watched: Watched
) -> None:
    watched.expect_complaint("the server responded with a status of 4")
    desk = new_desk(plant, "admin")
    desk.go("Stations")
    row = desk.page.get_by_role("row").filter(has=desk.page.get_by_role("link", name=FIRST)).first
    row.get_by_role("button", name="Enrol").click()
    desk.press("Make a code")
    code = desk.page.get_by_role("dialog").get_by_role("status").inner_text()

    kiosk = Kiosk(watched.new_page(plant.address), FIRST)
    kiosk.enrol(code)

    expect(row).to_contain_text("Connected")
    expect(row).to_contain_text("seen")
    second = watched.new_page(plant.address)
    second.goto(f"/station/{FIRST}")
    second.get_by_role("textbox").fill(code)
    second.get_by_role("button", name="Enrol").click()
    expect(second.get_by_role("alert")).to_contain_text("wrong, used or too old")


def test_a_phone_finds_a_job(plant: ServedPlant, new_desk: NewDesk) -> None:
    plant.release(ORDERS[0])
    desk = new_desk(plant, size=PHONE)

    desk.page.get_by_role("searchbox", name="Where is my job?").fill(ORDERS[0][2:])
    desk.page.get_by_role("option").filter(has_text=ORDERS[0]).click()

    sentence = f"Operation 010 (1 of 3) is ready at {FIRST}; 10 of 10 have arrived."
    expect(desk.page.get_by_text(sentence)).to_be_visible()
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def create_first_account(desk: Desk) -> None:
    """Open a plant that nobody has opened before."""
    page = desk.page
    page.goto("/desk/")
    expect(page.get_by_role("heading", name="Create the first account")).to_be_visible()
    page.get_by_label("Sign-in name").fill("ada")
    page.get_by_label("Your name, as others see it").fill("Ada")
    page.get_by_label("Password").fill("a long enough pass phrase")
    desk.press("Create the account")
    desk.is_live()


def bring_in(desk: Desk, orders: Path) -> None:
    """Import a file with one order, and release the order."""
    desk.go("Import")
    desk.page.locator('input[type="file"]').first.set_input_files(orders)
    desk.press("Import 1 order")
    expect(desk.page.get_by_text("Imported: 1 new, 0 changed.")).to_be_visible()
    desk.go("Release")
    desk.page.get_by_role("checkbox", name="Choose WO").check()
    desk.press("Release 1 order")
    expect(desk.page.get_by_text("Released 1 order.")).to_be_visible()


def add_station(desk: Desk, station: str) -> str:
    """Add a station, and return the code that makes a device this station."""
    dialog = desk.page.get_by_role("dialog")
    desk.go("Stations")
    desk.press("Add a station")
    dialog.get_by_label("Name").fill(station)
    dialog.get_by_role("button", name="Add", exact=True).click()
    desk.press("Enrol")
    desk.press("Make a code")
    return dialog.get_by_role("status").inner_text()


def test_a_new_plant_asks_for_its_first_account_and_then_runs(
    new_served: Callable[[Served], Served], watched: Watched, tmp_path: Path
) -> None:
    served = new_served(Served(tmp_path / "new"))
    for command in (("work-centers", "add", FIRST), ("operators", "add", ANNA, "Anna Berg")):
        floorline(*command, "--data", str(served.data))
    desk = Desk(watched.new_page(served.address, DESK))
    kiosk = Kiosk(watched.new_page(served.address), "PLACE-1")

    create_first_account(desk)
    bring_in(desk, write(tmp_path / "orders.csv", rows_of(NEW)[:1]))
    kiosk.enrol(add_station(desk, "PLACE-1"))
    kiosk.sign_in(badge(ANNA))
    kiosk.scan(traveler(NEW))

    kiosk.says("started", f"{NEW} / 010")
