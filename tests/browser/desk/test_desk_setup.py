"""Stations, accounts and paper at the desk."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk.conftest import SignIn

pytestmark = pytest.mark.browser


def open_page(page: Page, name: str) -> Page:
    page.goto(f"/desk/{name}")
    page.wait_for_selector("#screen[data-ready]")
    return page


def test_a_station_is_added_and_gets_a_one_time_code(admin: Page) -> None:
    open_page(admin, "stations")

    admin.get_by_role("button", name="Add a station").click()
    admin.get_by_label("Name").fill("LATHE-9")
    admin.get_by_label("Work center").select_option("LATHE-1")
    admin.get_by_role("button", name="Add", exact=True).click()
    row = admin.get_by_role("row", name="LATHE-9")
    row.get_by_role("button", name="Enrol").click()
    admin.get_by_role("button", name="Make a code").click()

    dialog = admin.get_by_role("dialog")
    expect(dialog.locator(".code")).to_have_text(re.compile(r"^\s*[A-Z2-9]{4}\s*[A-Z2-9]{4}\s*$"))
    expect(dialog.locator(".address")).to_contain_text("/station/LATHE-9")
    expect(dialog.get_by_role("timer")).to_have_text(re.compile(r"another (14|15):\d\d minutes"))


def test_a_wrong_name_is_refused_with_what_was_expected(admin: Page) -> None:
    open_page(admin, "stations")

    admin.get_by_role("button", name="Add a station").click()
    admin.get_by_label("Name").fill("lathe nine")
    admin.get_by_role("button", name="Add", exact=True).click()

    expect(admin.get_by_role("alert")).to_contain_text("a name of capital letters")
    expect(admin.get_by_label("Name")).to_have_attribute("aria-invalid", "true")


def test_the_box_beside_a_scanner_shows_how_it_is(
    admin: Page, demo_address: str, tmp_path: Path
) -> None:
    open_page(admin, "stations")
    row = admin.get_by_role("row", name="MILL-1 MILL-1")
    missing = tmp_path / "usb-Scanner_S1A2B3"
    options = ["--name", "MILL-1", "--code", "DEMO2345", "--scanner", str(missing)]
    floorline = Path(sys.executable).with_name("floorline")

    box = subprocess.Popen(
        [floorline, "station", "--server", demo_address, "--data", tmp_path / "box", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        expect(row).to_contain_text(f"Scanner not listening: {missing}", timeout=60_000)
    finally:
        box.terminate()
        assert box.wait(timeout=30) == 0

    expect(row).to_contain_text(re.compile(r"At \d\d:\d\d: Scanner not listening"))


def test_an_account_is_added_signs_in_and_is_deactivated(sign_in: SignIn) -> None:
    admin = open_page(sign_in("admin"), "accounts")
    admin.get_by_role("button", name="Add an account").click()
    dialog = admin.get_by_role("dialog")
    dialog.get_by_label("Sign-in name").fill("night")
    dialog.get_by_label("Name, as others see it").fill("Night Shift")
    dialog.get_by_label("Password").fill("night-demo")
    dialog.get_by_role("button", name="Add").click()
    row = admin.get_by_role("row", name="Night Shift")
    expect(row).to_contain_text("Dispatcher")

    night = sign_in("night")
    expect(night.get_by_role("link", name="Accounts")).to_have_count(0)
    row.get_by_role("button", name="Deactivate").click()
    expect(row).to_contain_text("Deactivated")
    night.goto("/desk/lists")

    expect(night.get_by_role("heading", name="Sign in")).to_be_visible()


def test_nobody_can_deactivate_their_own_account(admin: Page) -> None:
    open_page(admin, "accounts")

    own = admin.get_by_role("row", name="(you)")

    expect(own.get_by_role("button", name="Deactivate")).to_be_disabled()


@pytest.mark.slow
def test_badges_are_printed_and_can_be_opened(desk: Page) -> None:
    open_page(desk, "paper")

    desk.get_by_role("button", name="All badges").click()

    job = desk.get_by_role("row", name="Badges").first
    expect(job).to_contain_text("Ready", timeout=30_000)
    address = job.get_by_role("link", name="Open the PDF").get_attribute("href")
    assert desk.request.get(address or "").body().startswith(b"%PDF")
