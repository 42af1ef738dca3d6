"""Takes the pictures of the README from the running demo: `make pictures`."""

import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, expect, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from server.demo.people import DISPATCHER, ENROLMENT_CODE, PASSWORDS  # noqa: E402 - after the path
from tests.browser.conftest import CHROMIUM, FLAGS  # noqa: E402
from tests.browser.pages import DESK, MOST_MS, Desk, Kiosk, Watched  # noqa: E402
from tests.served import Served  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
LARGEST = 300_000
COLOURS = 256
PLACE = "MILL-2"
BADGE = "4103"


def open_kiosk(watched: Watched, address: str) -> Kiosk:
    """Return the screen of a station at which something runs."""
    screen = Kiosk(watched.new_page(address), PLACE)
    screen.enrol(ENROLMENT_CODE)
    if screen.page.locator(".job").count() == 0:
        screen.sign_in(f"1H{BADGE}")
        screen.scan(traveler(screen))
        screen.says("started")
        expect(screen.page.locator(".job")).to_have_count(1)
    return screen


def traveler(screen: Kiosk) -> str:
    """Return the code of the operation that is next."""
    following = screen.page.locator(".next-job").get_attribute("data-operation") or ""
    return "3W" + following.replace("/", "+")


def open_desk(watched: Watched, address: str) -> Desk:
    """Return the dispatch list of that station's work center."""
    screen = Desk(watched.new_page(address, DESK))
    screen.sign_in(DISPATCHER.name, PASSWORDS[DISPATCHER.name])
    screen.open_list(PLACE)
    return screen


def resequence(desk: Desk, kiosk: Kiosk) -> None:
    """Move a row at the desk, and wait until the kiosk shows it and the desk knows."""
    moved = desk.movable()[4]
    desk.push(moved, "Alt+ArrowUp", times=3)
    expect(desk.row(moved)).to_contain_text("By hand")
    kiosk.tells_who_moved(moved, DISPATCHER.name)
    expect(desk.page.locator(".seen-by")).to_contain_text(f"Seen by {PLACE} at")
    # The pointer and the focus are nowhere on the picture.
    desk.page.mouse.move(0, 0)
    desk.page.evaluate("document.activeElement?.blur()")


def keep(screen: Desk | Kiosk, name: str) -> None:
    """Take a picture, with no more colours than it needs."""
    file = PICTURES / f"{name}.png"
    screen.page.evaluate("document.fonts.ready")
    screen.page.screenshot(path=file, animations="disabled")
    with Image.open(file) as picture:
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(file, optimize=True)
    size = file.stat().st_size
    if size > LARGEST:
        raise SystemExit(f"{file} has {size} bytes; the README wants fewer than {LARGEST}.")
    sys.stdout.write(f"{file.relative_to(ROOT)}: {size} bytes\n")


def take(browser: Browser, address: str) -> None:
    """Take every picture of a served demo."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with ExitStack() as opened:
        watched = Watched(browser, opened)
        kiosk, desk = open_kiosk(watched, address), open_desk(watched, address)
        resequence(desk, kiosk)
        keep(desk, "desk")
        kiosk.sign_in(f"1H{BADGE}")
        keep(kiosk, "kiosk")
        if watched.complaints:
            raise SystemExit("\n".join(watched.complaints))


def main() -> None:
    """Serve a demo, take its pictures, and leave nothing else behind."""
    expect.set_options(timeout=MOST_MS)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        served = Served(Path(folder) / "plant", demo=True).start()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            take(browser, served.address)
        finally:
            browser.close()
            served.stop()


if __name__ == "__main__":
    main()
