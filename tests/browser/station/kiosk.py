"""A kiosk in a real browser, as its operator has it: scan, read, touch."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page, expect

from server.app import Server
from server.domain.events import Event, ListResequenced
from server.domain.names import OperationId, StationName, WorkCenterName
from server.domain.orders import Plan
from server.domain.plant import Actor
from server.services import planning, stations
from server.services.ports import Books, PlannedRow, Reading
from server.services.release import release
from server.services.rights import CONSOLE
from tests.fakes.memory_store import MemoryStore
from tests.workshop import DISPATCHER, ORDER, plan, record

# Strokes as a scanner makes them that is set to a US keyboard: at once, then Enter.
TYPE = """
([text, target]) => {
  const named = { "+": ["Equal", true], "/": ["Slash", false], "-": ["Minus", false],
    " ": ["Space", false], ".": ["Period", false] };
  const stroke = (char) => {
    if (/[0-9]/.test(char)) return [`Digit${char}`, false];
    if (/[A-Za-z]/.test(char)) return [`Key${char.toUpperCase()}`, char < "a"];
    return named[char];
  };
  const to = target ? document.querySelector(target) : document.activeElement;
  const send = (code, key, shiftKey) => ["keydown", "keyup"].forEach((type) =>
    to.dispatchEvent(new KeyboardEvent(type, { code, key, shiftKey, bubbles: true,
      cancelable: true })));
  for (const char of text) send(...[stroke(char)].flatMap(([code, shift]) => [code, char, shift]));
  send("Enter", "Enter", false);
}
"""
SOUNDS = """
window.heard = [];
document.addEventListener("floorline-sound", (event) => window.heard.push(event.detail));
"""
MOST_MS = 10_000
TABLET = {"width": 1280, "height": 800}
MONITOR = {"width": 1920, "height": 1080}


def traveler(number: int = 10, order: str = ORDER) -> str:
    """Return the code of an operation, as uncontrolled paper has it."""
    return f"3W{order}+{number:03d}"


def badge(number: str) -> str:
    """Return the code on a badge."""
    return f"1H{number}"


@dataclass(frozen=True, slots=True)
class Workshop:
    """A workshop that is being served."""

    server: Server
    store: MemoryStore
    port: int


@dataclass(slots=True)
class Kiosk:
    """The page of one station, and the plant behind it."""

    page: Page
    address: str
    station: str
    server: Server
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Hear what goes wrong in the page, and what it sounds."""
        self.page.set_default_timeout(MOST_MS)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.add_init_script(SOUNDS)

    @property
    def url(self) -> str:
        return f"{self.address}/station/{self.station}"

    @property
    def band(self) -> Locator:
        """The verdict."""
        return self.page.locator(".band")

    @property
    def panel(self) -> Locator:
        """The finish panel."""
        return self.page.locator(".panel")

    def lamp(self, name: str) -> Locator:
        """Return a lamp of the footer."""
        return self.page.locator(f'.lamp[data-name="{name}"]')

    @property
    def sounds(self) -> list[str]:
        """What it has sounded so far."""
        heard: list[str] = self.page.evaluate("window.heard")
        return heard

    def enrol(self) -> None:
        """Make this browser the station, without the page."""
        code = stations.enrolment_code(self.server.plant, CONSOLE, StationName(self.station)).code
        answer = self.page.request.post(f"{self.url}/enrol", data={"code": code})
        assert answer.ok, answer.text()

    def open(self) -> None:
        """Load the page and wait for the list."""
        self.page.goto(self.url)
        self.page.wait_for_selector('.kiosk[data-phase="ready"][data-connected="true"]')

    def scan(self, text: str, target: str = "") -> None:
        """Scan a code, wherever the focus is."""
        self.page.evaluate(TYPE, [text, target])

    def says(self, code: str, *words: str) -> None:
        """Expect the verdict with that code and those words in it."""
        expect(self.page.locator(f'.band[data-code="{code}"]')).to_be_visible()
        for one in words:
            expect(self.band).to_contain_text(one)

    def start(self, operation: str, who: str) -> None:
        """Scan badge and traveler."""
        self.scan(badge(who))
        self.says("badge")
        self.scan(operation)
        expect(self.page.locator('.band[data-tone="look"], .band[data-tone="ok"]')).to_contain_text(
            "tarted"
        )

    def press(self, name: str) -> None:
        """Touch the button of that name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def button(self, words: str) -> Locator:
        """Return the button whose name contains these words."""
        return self.page.get_by_role("button", name=words)

    def operations(self) -> list[str]:
        """Return what the list shows: next, then the rest."""
        shown: list[str] = self.page.eval_on_selector_all(
            ".next-job, .line", "rows => rows.map(row => row.dataset.operation)"
        )
        return shown

    def jobs(self) -> list[str]:
        """Return what runs here."""
        running: list[str] = self.page.eval_on_selector_all(
            ".job", "jobs => jobs.map(job => job.dataset.operation)"
        )
        return running

    def assert_no_errors(self) -> None:
        """Fail when the page has raised anything."""
        assert self.errors == []


NewKiosk = Callable[..., Kiosk]
"""Opens the kiosk of a station."""


def plan_orders(server: Server, *plans: Plan) -> None:
    """Bring orders in, as an import does."""
    rows = tuple(PlannedRow(one, "orders.csv", at) for at, one in enumerate(plans, start=2))
    report = planning.import_orders(server.plant, CONSOLE, [Reading(rows)])
    assert not report.errors, report.errors


def release_orders(server: Server, *numbers: str, **planned: Any) -> None:
    """Plan and release orders over lathe, mill and bench."""
    plans = [plan(number, **planned) for number in numbers]
    plan_orders(server, *plans)
    done = release(server.plant, CONSOLE, [one.number for one in plans], "")
    assert not done.refused, done.refused


def resequence(server: Server, work_center: WorkCenterName, moved: OperationId) -> None:
    """Move an operation to the top of its list, as the dispatcher does."""

    def work(books: Books) -> Event:
        listed = books.dispatch_list(work_center)
        old = tuple(row.operation for row in listed.rows)
        new = (moved, *(one for one in old if one != moved))
        return ListResequenced(work_center, "hand", old, new, (moved,), listed.version)

    event = server.plant.store.read(work)  # type: ignore[arg-type] # Books can all that is asked.
    record(server.plant, event, actor=Actor(account=DISPATCHER.name))
