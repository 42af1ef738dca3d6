"""The desk in a real Chromium: each test file has a demo plant of its own."""

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

START_S = 60
DESK = {"width": 1440, "height": 900}
EXPECTED = re.compile(r"status of 4\d\d|net::ERR_|WebSocket")
"""Refusals and lost connections, which the browser itself reports: the screens show them."""

SignIn = Callable[..., Page]


@pytest.fixture(scope="module")
def demo_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a demo plant that is served for this test file alone."""
    folder = tmp_path_factory.mktemp("plant")
    floorline = Path(sys.executable).with_name("floorline")
    settings = ["--data", str(folder), "--port", "0", "--time-zone", "Europe/Berlin"]
    said = folder / "said.txt"
    with said.open("wb") as log:
        server = subprocess.Popen([str(floorline), "demo", *settings], stdout=log, stderr=log)
    try:
        yield _address(server, said)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _address(server: subprocess.Popen[bytes], said: Path) -> str:
    """Wait until the server says where it listens."""
    end = time.monotonic() + START_S
    while time.monotonic() < end and server.poll() is None:
        found = re.search(r"server listens address=(\S+)", said.read_text(encoding="utf-8"))
        if found:
            return found[1]
        time.sleep(0.1)
    pytest.fail(f"The demo did not start:\n{said.read_text(encoding='utf-8')}")


@pytest.fixture
def sign_in(chromium: Browser, demo_address: str) -> Iterator[SignIn]:
    """Return what opens the desk for somebody; no page may complain when the test is over."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not EXPECTED.search(message.text):
            complaints.append(message.text)

    with ExitStack() as opened:

        def enter(name: str = "dispatcher", viewport: dict[str, int] | None = None) -> Page:
            size = viewport or DESK
            context = chromium.new_context(viewport=size, base_url=demo_address, locale="en-GB")  # type: ignore[arg-type] # Playwright's own TypedDict.
            opened.callback(context.close)
            page = context.new_page()
            page.on("console", note)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.goto("/desk/sign-in")
            page.get_by_label("Name").fill(name)
            page.get_by_label("Password").fill(f"{name}-demo")
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_selector("#screen[data-ready]")
            return page

        yield enter
    assert complaints == []


@pytest.fixture
def desk(sign_in: SignIn) -> Page:
    """Return the desk of the dispatcher."""
    return sign_in()


@pytest.fixture
def admin(sign_in: SignIn) -> Page:
    """Return the desk of the administrator."""
    return sign_in("admin")
