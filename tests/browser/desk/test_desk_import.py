"""Import at the desk: a dry run first, everything that is wrong at once, then the orders."""

import pytest
from playwright.sync_api import FilePayload, Page, expect

pytestmark = pytest.mark.browser

HEAD = "order,part,revision,description,quantity,due date,planned release,operation,work center"
GOOD = f"""{HEAD},run
{{order}},BR-1,A,Bracket,{{quantity}},2027-03-01,2027-02-20,10,SAW-1,2
{{order}},BR-1,A,Bracket,{{quantity}},2027-03-01,2027-02-20,20,MILL-1,4
"""


def csv(text: str, name: str = "orders.csv") -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


def choose(page: Page, file: FilePayload) -> None:
    page.goto("/desk/import")
    page.wait_for_selector("#screen[data-ready]")
    page.locator("input[type=file][multiple]").set_input_files([file])


def test_a_dry_run_comes_first_and_nothing_is_there_before_the_import(desk: Page) -> None:
    choose(desk, csv(GOOD.format(order="WO900001", quantity=5)))
    expect(desk.get_by_text("This was a dry run")).to_be_visible()
    assert desk.request.get("/desk/api/orders/WO900001").status == 404

    desk.get_by_role("button", name="Import 1 order").click()

    expect(desk.get_by_text("Imported: 1 new, 0 changed.")).to_be_visible()
    desk.get_by_role("link", name="WO900001").click()
    expect(desk.locator(".routing li")).to_have_count(2)


def test_importing_again_says_what_changes(desk: Page) -> None:
    choose(desk, csv(GOOD.format(order="WO900002", quantity=5)))
    desk.get_by_role("button", name="Import 1 order").click()
    expect(desk.get_by_text("Imported: 1 new, 0 changed.")).to_be_visible()

    choose(desk, csv(GOOD.format(order="WO900002", quantity=8)))
    changed = desk.get_by_role("row", name="WO900002")
    expect(changed).to_contain_text("quantity")
    desk.get_by_role("button", name="Import 1 order").click()
    expect(desk.get_by_text("Imported: 0 new, 1 changed.")).to_be_visible()
    choose(desk, csv(GOOD.format(order="WO900002", quantity=8)))

    expect(desk.get_by_text("The plant knows all of this already.")).to_be_visible()


def test_every_error_is_shown_with_its_row_and_column(desk: Page) -> None:
    wrong = GOOD.format(order="WO900003", quantity=-4).replace("2027-03-01", "2027-02-30")

    choose(desk, csv(wrong))

    errors = desk.locator("table.errors tbody tr")
    expect(errors.filter(has_text="-4").first).to_be_visible()
    expect(errors.filter(has_text="2027-02-30").first).to_be_visible()
    expect(desk.get_by_role("button", name="Import")).to_have_count(0)
