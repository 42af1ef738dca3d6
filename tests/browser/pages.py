"""The screens as their users have them: what they see of them, what they do with them."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    FloatRect,
    Locator,
    Page,
    ViewportSize,
    expect,
)
from playwright.sync_api import TimeoutError as TooLate

from tests.browser.scanner import Scanner

DESK, TABLET, PHONE = (1440, 900), (1280, 800), (390, 844)
MOST_MS = 15_000
MOST_WAGGLES = 40
SAME_MS = 2100
"""The same code again within two seconds is one scan."""
REFUSED = "the server responded with a status of 409"
"""How the browser itself reports a refusal that the screen puts into words."""
AWAY = r"net::ERR_|WebSocket"
"""How the browser reports that nobody answers."""
REPORT_CSP = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} forbids ${event.blockedURI}`));
"""
HEAR = """
window.verdicts = [];
let last = [];
new MutationObserver(() => {
  const place = document.querySelector(".band[data-code] .band-said");
  const { code, tone } = place?.parentElement.dataset ?? {};
  const said = [place, code, tone, place?.parentElement.textContent];
  if (code && said.some((part, at) => part !== last[at])) {
    window.verdicts.push({ code, tone, words: said[3] });
  }
  last = said;
}).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
"""
"""A good verdict goes by itself: what was said is noted, however slow this machine looks."""
HEARD = """
([since, code, tone, words]) => window.verdicts.slice(since).some((said) =>
  said.code === code && (!tone || said.tone === tone) && words.every((one) =>
    said.words.includes(one)))
"""


@dataclass
class Watched:
    """Pages in contexts of their own, and all that they complain about."""

    browser: Browser
    opened: ExitStack
    complaints: list[str] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def expect_complaint(self, pattern: str) -> None:
        """Take something that the browser reports for what it is."""
        self.expected.append(pattern)

    def new_page(self, address: str, size: tuple[int, int] = TABLET, **options: object) -> Page:
        """Open an empty page in a browser that has never been here."""
        context = self.browser.new_context(
            base_url=address,
            viewport=ViewportSize(width=size[0], height=size[1]),
            locale="en-GB",
            timezone_id="UTC",
            has_touch=bool(options.get("has_touch")),
        )
        self.opened.callback(context.close)
        context.set_default_timeout(MOST_MS)
        context.add_init_script(REPORT_CSP)
        page = context.new_page()
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.pages.append(page)
        return page

    def _note(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        if not any(re.search(pattern, message.text) for pattern in self.expected):
            self.complaints.append(f"{message.page and message.page.url}: {message.text}")

    def take_pictures(self, folder: Path) -> Iterator[Path]:
        """Keep what every screen shows."""
        for at, page in enumerate(self.pages):
            picture = folder / f"screen-{at}.png"
            page.screenshot(path=picture)
            yield picture


def box_of(row: Locator) -> FloatRect:
    """Return where something stands on the screen."""
    box = row.bounding_box()
    assert box is not None
    return box


class Desk:
    """The dispatcher's screens."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.rows = page.locator(".sequence li")
        self.told = page.get_by_role("alert")

    def sign_in(self, name: str, password: str) -> None:
        """Sign in, as a person does."""
        self.page.goto("/desk/")
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        self.is_live()

    def is_live(self) -> None:
        """Wait until the screen is there and hears what changes."""
        expect(self.page.locator("#screen")).to_have_attribute("data-ready", "")
        expect(self.page.locator("#live")).to_have_attribute("data-state", "live")

    def press(self, name: str | re.Pattern[str]) -> None:
        """Press the button of that name."""
        self.page.get_by_role("button", name=name).click()

    def go(self, place: str) -> None:
        """Go to one of the places of the rail."""
        self.page.get_by_role("navigation", name="Places").get_by_role("link", name=place).click()
        here = self.page.locator(f'[aria-current="page"][data-place="{place.lower()}"]')
        expect(here).to_have_count(1)
        self.is_live()

    def open_list(self, work_center: str) -> None:
        """Open the dispatch list of a work center."""
        self.go("Lists")
        self.page.get_by_role("main").get_by_role("link", name=work_center).first.click()
        expect(self.page.get_by_role("list", name="Dispatch list")).to_be_visible()
        self.is_live()

    def row(self, operation: str) -> Locator:
        """Return the row of an operation."""
        return self.page.locator(f'.sequence li[data-key="{operation}"]')

    def operations(self) -> list[str]:
        """Return the operations of the open list, in their order."""
        keys: list[str] = self.rows.evaluate_all("rows => rows.map(row => row.dataset.key)")
        return keys

    def movable(self) -> list[str]:
        """Return the operations that a hand may move."""
        keys: list[str] = self.rows.evaluate_all(
            "rows => rows.filter(row => !('still' in row.dataset)).map(row => row.dataset.key)"
        )
        return keys

    def shows(self, wanted: list[str]) -> None:
        """Expect the open list to have this order."""
        expect(self.rows).to_have_count(len(wanted))
        for at, operation in enumerate(wanted):
            expect(self.rows.nth(at)).to_have_attribute("data-key", operation)

    def grab(self, operation: str) -> None:
        """Take a row into the hand."""
        self.row(operation).scroll_into_view_if_needed()
        box = box_of(self.row(operation))
        self.page.mouse.move(box["x"] + 10, box["y"] + box["height"] / 2)
        self.page.mouse.down()
        self.page.mouse.move(box["x"] + 12, box["y"] + box["height"] / 2 - 6, steps=4)
        expect(self.page.locator(".sequence li.ghost")).to_have_count(1)

    def carry_above(self, operation: str) -> None:
        """Carry the row in the hand to just above another, as an eye follows it there."""
        for at in range(MOST_WAGGLES):
            box = box_of(self.row(operation))
            self.page.mouse.move(box["x"] + 14 + at % 3, box["y"] + 4 + at % 2, steps=10)
            if self.page.locator(f'.sequence li.ghost + [data-key="{operation}"]').count():
                return
        raise AssertionError(f"the row in the hand does not come to stand above {operation}")

    def drop(self) -> None:
        """Let the row in the hand go."""
        self.page.mouse.up()

    def push(self, operation: str, keys: str, *, times: int = 1) -> None:
        """Move a row with the keyboard, and say that it is enough."""
        self.row(operation).focus()
        for _ in range(times):
            self.page.keyboard.press(keys)
        self.page.keyboard.press("Enter")


class Kiosk:
    """The screen of a station, and the scanner beside it."""

    def __init__(self, page: Page, station: str) -> None:
        self.page = page
        self.station = station
        self.scanner = Scanner(page)
        self.band = page.locator(".band")
        self.panel = page.get_by_role("dialog", name="Count")
        self.kept = page.locator('.lamp[data-name="kept"]')
        self._since = 0
        page.add_init_script(HEAR)

    def enrol(self, code: str) -> None:
        """Make this device the station, as whoever sets it up does."""
        self.page.goto(f"/station/{self.station}")
        self.page.get_by_role("textbox").fill(code)
        self.page.get_by_role("button", name="Enrol").click()
        self.is_ready()

    def is_ready(self) -> None:
        """Wait until the list is there and the server answers."""
        ready = '.kiosk[data-phase="ready"][data-connected="true"]'
        expect(self.page.locator(ready)).to_be_visible()

    def scan(self, text: str) -> None:
        """Hold something before the scanner."""
        self._listen()
        self.scanner.read(text)

    def _listen(self) -> None:
        """Forget the verdicts of earlier scans and touches."""
        self._since = self.page.evaluate("window.verdicts.length")

    def scan_again(self, text: str) -> None:
        """Hold the same thing before the scanner once more, later than a scanner stutters."""
        self.page.wait_for_timeout(SAME_MS)
        self.scan(text)

    def says(self, code: str, *words: str, tone: str = "") -> None:
        """Expect a verdict on the last scan or touch: its code, its colour, and words of it."""
        wanted = [self._since, code, tone, list(words)]
        try:
            self.page.wait_for_function(HEARD, arg=wanted)
        except TooLate as late:
            said = self.page.evaluate("window.verdicts")
            raise AssertionError(f"wanted {wanted[1:]}, heard {said}") from late

    def sign_in(self, badge: str) -> None:
        """Hold a badge before the scanner."""
        self.scan(badge)
        self.says("badge", tone="ok")

    def press(self, name: str | re.Pattern[str]) -> None:
        """Touch the button of that name."""
        self._listen()
        self.page.get_by_role("button", name=name).click()

    def job(self, operation: str) -> Locator:
        """Return what shows that an operation runs here."""
        return self.page.locator(f'.job[data-operation="{operation}"]')

    def startable(self, operation: str) -> Locator:
        """Return what shows that an operation can start here now."""
        return self.page.locator(
            f'.next-job[data-operation="{operation}"],'
            f'.line[data-operation="{operation}"][data-startable="true"]'
        )

    def row(self, operation: str) -> Locator:
        """Return what shows that an operation waits here: as next, or as a line of the list."""
        key = f'[data-operation="{operation}"]'
        return self.page.locator(f".next:has(.next-job{key}), .line{key}")

    def tells_who_moved(self, operation: str, who: str) -> None:
        """Expect a row to be marked as moved, and to say by whom."""
        expect(self.row(operation)).to_contain_text(re.compile(f"(moved|Placed) by {who}"))
        expect(self.row(operation).locator('.chip[data-kind="moved"]')).to_be_attached()

    def operations(self) -> list[str]:
        """Return what waits, in its order."""
        shown: list[str] = self.page.eval_on_selector_all(
            ".next-job, .line", "rows => rows.map(row => row.dataset.operation)"
        )
        return shown

    def shows(self, wanted: list[str]) -> None:
        """Expect what waits to have this order."""
        rows = self.page.locator(".next-job, .line")
        expect(rows).to_have_count(len(wanted))
        for at, operation in enumerate(wanted):
            expect(rows.nth(at)).to_have_attribute("data-operation", operation)
