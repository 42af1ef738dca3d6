"""A real Chromium before a real server: one browser for all tests, a plant for each of them."""

import re
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.pages import DESK, MOST_MS, Desk, Kiosk, Watched
from tests.browser.plants import ServedPlant, make_demo, make_full
from tests.served import Served

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
"""This machine's; where there is none, Playwright's own."""
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
    "--autoplay-policy=no-user-gesture-required",
)
RESULTS = Path(__file__).parents[2] / "test-results"
"""What is kept of a test that failed: what its screens showed, and the server's log."""
LOG_LINES = 40

Outcome = pytest.StashKey[pytest.TestReport]()
NewDesk = Callable[..., Desk]
NewKiosk = Callable[..., Kiosk]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Leave the outcome of a test where its fixtures find it."""
    report = yield
    if report.when == "call":
        item.stash[Outcome] = report
    return report


def has_failed(item: pytest.Item) -> bool:
    """Tell whether a test itself has failed."""
    report = item.stash.get(Outcome, None)
    return report is not None and report.failed


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return a headless Chromium."""
    expect.set_options(timeout=MOST_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def kept(request: pytest.FixtureRequest) -> Path:
    """Return the folder for what is kept of this test when it fails; it need not be there."""
    folder = RESULTS / re.sub(r"[^\w-]+", "-", request.node.nodeid)
    with suppress(FileNotFoundError):
        shutil.rmtree(folder)
    return folder


@pytest.fixture
def watched(request: pytest.FixtureRequest, chromium: Browser, kept: Path) -> Iterator[Watched]:
    """Return what opens pages; complaints of any of them fail the test, and pictures are kept."""
    with ExitStack() as opened:
        watch = Watched(chromium, opened)
        yield watch
        if has_failed(request.node):
            for picture in watch.take_pictures(kept):
                request.node.add_report_section("teardown", "screen", f"{picture}")
        complaints = list(watch.complaints)
    assert complaints == []


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data of a demo plant with some orders that tests know, to be copied."""
    return make_demo(tmp_path_factory.mktemp("demo") / "plant")


@pytest.fixture(scope="session")
def full_folder(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data of a plant with 200 operations before one work center, to be copied."""
    return make_full(demo_folder, tmp_path_factory.mktemp("full") / "plant")


@pytest.fixture
def new_served(request: pytest.FixtureRequest, kept: Path) -> Iterator[Callable[[Served], Served]]:
    """Return what starts a server, ends it after the test, and keeps its log when that failed."""
    started: list[Served] = []

    def start(served: Served) -> Served:
        started.append(served)
        return served.start()

    yield start
    for served in started:
        if served.is_running:
            served.stop()
        if has_failed(request.node):
            kept.mkdir(parents=True, exist_ok=True)
            shutil.copy(served.log, kept)
            last = "\n".join(served.said().splitlines()[-LOG_LINES:])
            request.node.add_report_section(
                "teardown", "server", f"{kept / served.log.name}\n{last}"
            )


NewPlant = Callable[..., ServedPlant]


@pytest.fixture
def new_plant(new_served: Callable[[Served], Served], tmp_path: Path) -> NewPlant:
    """Return what serves a copy of a plant's data."""

    def start(folder: Path, *, paper: bool = False) -> ServedPlant:
        data = tmp_path / "plant"
        shutil.copytree(folder, data)
        return ServedPlant(new_served(Served(data, demo=True, paper=paper)))

    return start


@pytest.fixture
def plant(new_plant: NewPlant, demo_folder: Path) -> ServedPlant:
    """Return a demo plant of this test's own."""
    return new_plant(demo_folder)


@pytest.fixture
def plant_with_paper(new_plant: NewPlant, demo_folder: Path) -> ServedPlant:
    """Return a demo plant that makes its paper."""
    return new_plant(demo_folder, paper=True)


@pytest.fixture
def new_desk(watched: Watched) -> NewDesk:
    """Return what signs somebody in at the desk of a plant."""

    def enter(plant: ServedPlant, name: str = "dispatcher", size: tuple[int, int] = DESK) -> Desk:
        desk = Desk(watched.new_page(plant.address, size))
        desk.sign_in(name, f"{name}-demo")
        return desk

    return enter


@pytest.fixture
def new_kiosk(watched: Watched) -> NewKiosk:
    """Return what enrols a device as a station and shows its kiosk."""

    def enter(plant: ServedPlant, station: str) -> Kiosk:
        kiosk = Kiosk(watched.new_page(plant.address), station)
        kiosk.enrol(plant.code)
        return kiosk

    return enter
