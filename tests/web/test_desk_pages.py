"""The desk's pages: what each is given, as static/js/desk/types.js names it."""

import json
import re
from pathlib import Path

import pytest

from server.domain.paper import DocumentKind
from server.services import paper
from server.services.rights import CONSOLE
from tests.web.visiting import Browser, Json, NewSite, Site
from tests.workshop import ANNA, LATHE, MILL, plan

TYPES = Path("static/js/desk/types.js")
SHARED_TYPES = Path("static/js/shared/types.d.ts")


def fields(name: str) -> set[str]:
    """Return the fields of a type as the browser's code declares them."""
    text = TYPES.read_text(encoding="utf-8")
    block = re.search(rf"@typedef \{{object\}} {name}\b(.*?)(?=@typedef|\*/)", text, re.DOTALL)
    inline = re.search(rf"@typedef \{{(.*?)\}} {name}\n", text, re.DOTALL)
    found: set[str] = set()
    if block:
        found |= set(re.findall(r"@property \{.*\} (\w+)", block[1]))
    elif inline:
        source = inline[1].rpartition("@typedef {")[2]
        for base in re.findall(r"(\w+) &", source):
            found |= fields(base)
        found |= set(re.findall(r"[{,]\s*\*?\s*(\w+):", re.sub(r"\{[^{}]*\}\[\]", "", source)))
    return found


def shared_fields(name: str) -> set[str]:
    """Return the fields of a type that the desk shares with the stations."""
    text = SHARED_TYPES.read_text(encoding="utf-8")
    return set(
        re.findall(
            r"^  (\w+)\??:",
            text.partition(f"interface {name} ")[2].partition("\n}")[0],
            re.MULTILINE,
        )
    )


@pytest.fixture
def busy(site: Site) -> Site:
    """Return a workshop in which something of everything has happened."""
    site.release("WO1", "WO2")
    site.plan(plan("WO3", revision=""))
    lathe = site.station(LATHE)
    lathe.scan(f"1H{ANNA}")
    lathe.scan("3WWO1+010")
    lathe.scan("nonsense")
    paper.print_badges(site.plant, CONSOLE, [])
    return site


@pytest.mark.parametrize(
    ("path", "type_name"),
    [
        ("/desk/", "ReleasePage"),
        ("/desk/lists", "ListsPage"),
        (f"/desk/lists/{LATHE}", "ListPage"),
        ("/desk/orders?q=WO", "OrdersPage"),
        ("/desk/orders/WO1", "OrderPage"),
        ("/desk/paper", "PaperPage"),
        ("/desk/flags", "FlagsPage"),
        ("/desk/stations", "StationsPage"),
        ("/desk/accounts", "AccountsPage"),
    ],
)
@pytest.mark.usefixtures("busy")
def test_every_page_is_given_what_its_script_declares(
    admin: Browser, path: str, type_name: str
) -> None:
    page = admin.page(path)

    assert set(page) == fields(type_name)


@pytest.mark.usefixtures("busy")
def test_the_parts_of_pages_are_what_scripts_declare(admin: Browser) -> None:
    release, lists = admin.page("/desk/"), admin.page("/desk/lists")
    order, papers = admin.page("/desk/orders/WO1"), admin.page("/desk/paper")
    parts: dict[str, Json] = {
        "DueOrder": release["orders"][0],
        "Check": release["orders"][0]["checks"][0],
        "Load": lists["lists"][0],
        "StationLine": admin.page("/desk/stations")["stations"][0],
        "OrderStep": order["operations"][0],
        "SheetLine": order["sheets"][0],
        "Entry": order["history"][0],
        "PrintJob": papers["jobs"][0],
        "Flagged": admin.page("/desk/flags")["flagged"][0],
        "Account": admin.page("/desk/accounts")["accounts"][0],
        "FoundOrder": admin.page("/desk/orders?q=WO")["orders"][0],
    }

    for name, part in parts.items():
        assert set(part) >= fields(name) > set(), name


@pytest.mark.usefixtures("busy")
def test_rows_deltas_and_snapshots_are_what_scripts_declare(site: Site, admin: Browser) -> None:
    lathe = site.station(LATHE)
    row = admin.page(f"/desk/lists/{LATHE}")["rows"][0]
    answer = lathe.scan("3WWO1+010")
    site.release("WO7")
    (delta,) = lathe.heard("delta")

    assert set(row) == shared_fields("Row")
    assert set(delta) == shared_fields("ListDelta") | shared_fields("List")
    assert set(lathe.ask("snapshot", {})) == shared_fields("Snapshot") | shared_fields("List")
    assert set(answer) == shared_fields("Answer")
    assert set(answer["panel"]) == shared_fields("Panel")


@pytest.mark.usefixtures("busy")
def test_the_frame_says_who_is_there_and_what_waits(desk: Browser) -> None:
    html = desk.get("/desk/lists").text
    found = re.search(r'id="frame-json">(.*?)</script>', html)
    assert found
    frame = json.loads(found[1])

    assert set(frame) == fields("Frame")
    assert frame["account"]["name"] == "dora"
    assert "accounts" not in frame["account"]["rights"]
    assert frame["counts"] == {"release": 1, "flags": 1}
    assert frame["now"] == "2026-11-02T12:00:00Z"


@pytest.mark.usefixtures("busy")
def test_a_page_and_its_refresh_say_the_same(admin: Browser) -> None:
    for page, answer in {
        "/desk/": "/desk/api/release",
        "/desk/lists": "/desk/api/lists",
        f"/desk/lists/{MILL}": f"/desk/api/lists/{MILL}",
        "/desk/orders?q=WO1": "/desk/api/orders?q=WO1",
        "/desk/orders/WO1": "/desk/api/orders/WO1",
        "/desk/paper": "/desk/api/paper",
        "/desk/flags": "/desk/api/flags",
        "/desk/stations": "/desk/api/stations",
        "/desk/accounts": "/desk/api/accounts",
    }.items():
        assert admin.page(page) == admin.json(answer), page


def test_the_plain_address_leads_to_the_desk(desk: Browser) -> None:
    assert desk.get("/").location == "/desk/"
    assert desk.get("/desk/release").location == "/desk/"


@pytest.mark.usefixtures("busy")
def test_the_history_of_an_order_is_readable_json(desk: Browser) -> None:
    kinds = {fact["kind"]: fact["event"] for fact in desk.page("/desk/orders/WO1")["history"]}

    assert kinds["OperationStarted"]["operation"] == "WO1/010"
    assert kinds["OrderReleased"] == {"order": "WO1", "overrides": []}


def test_what_came_from_outside_cannot_leave_its_json(site: Site, desk: Browser) -> None:
    site.plan(plan("WO1", description="</script><script>alert(1)</script>"))

    html = desk.get("/desk/orders/WO1").text

    assert "<script>alert(1)" not in html


def test_the_demo_says_so_on_every_page(new_site: NewSite) -> None:
    demo, real = new_site(demo_code="DEMO2345"), new_site()

    pages = [one.browser().get("/station/LATHE-2").text for one in (demo, real)]

    assert ["Demo plant" in page for page in pages] == [True, False]


def test_an_order_that_is_not_there_is_not_found(desk: Browser) -> None:
    answer = desk.get("/desk/orders/NOPE")

    assert answer.status_code == 404
    assert "There is no order NOPE." in answer.text


def test_every_kind_of_document_has_a_printer() -> None:
    assert {kind.value for kind in DocumentKind} == {
        *("traveler", "dispatch-list", "badges", "station-labels", "try-it")
    }


@pytest.mark.parametrize("path", ["/desk/print/{}.pdf", "/desk/api/print/{}"])
def test_there_is_no_paper_of_an_impossible_number(desk: Browser, path: str) -> None:
    assert desk.get(path.format(10**30)).status_code == 404
