"""Every change that the desk makes, through its HTTP."""

import io
import json
from dataclasses import replace
from typing import Any

import pytest

from server.domain.names import WorkCenterName
from server.domain.plant import Role
from server.services import accounts
from tests.web.visiting import Browser, Json, Site
from tests.workshop import ANNA, LATHE, MILL, plan

CSV = """order;part;revision;description;quantity;due;planned release;operation;work center;run
{number};P-1;A;Shaft;10;2026-11-20;2026-11-02;10;LATHE-2;3,5
{number};P-1;A;Shaft;10;2026-11-20;2026-11-02;20;MILL-1;4
"""


def state_of(site: Site, number: str) -> str:
    """Return the state of an order."""
    state: str = site.desk().json(f"/desk/api/orders/{number}")["state"]
    return state


def lathe_list(desk: Browser) -> tuple[int, list[str]]:
    """Return the version of the lathe's list, and its operations."""
    listed = desk.json(f"/desk/api/lists/{LATHE}")
    return listed["version"], [row["operation"] for row in listed["rows"]]


def test_orders_are_released_one_by_one_with_their_paper(site: Site, desk: Browser) -> None:
    site.plan(plan("WO1"), plan("WO2", revision=""))

    answer = desk.post("/desk/api/release", {"orders": ["WO1", "WO2", "NOPE"]}).get_json()

    assert answer["released"] == ["WO1"]
    assert answer["jobs"] == [1]
    assert [(one["order"], one["code"]) for one in answer["refused"]] == [
        ("WO2", "release-checks-failed"),
        ("NOPE", "unknown-order"),
    ]
    assert answer["refused"][0]["text"] == "Order WO2 does not pass its checks: drawing revision."
    assert (state_of(site, "WO1"), state_of(site, "WO2")) == ("released", "planned")
    assert site.press.woken == 1


def test_a_reason_overrides_failed_checks_and_is_kept(site: Site, desk: Browser) -> None:
    site.plan(plan("WO2", revision=""))

    answer = desk.post("/desk/api/release", {"orders": ["WO2"], "reason": "drawing is coming"})

    history = desk.json("/desk/api/orders/WO2")["history"]
    assert answer.get_json()["released"] == ["WO2"]
    assert "drawing is coming" in json.dumps(history)


def test_a_reason_that_is_null_is_none(site: Site, desk: Browser) -> None:
    site.plan(plan("WO1"))

    answer = desk.post("/desk/api/release", {"orders": ["WO1"], "reason": None})

    assert answer.get_json()["released"] == ["WO1"]


def test_an_order_is_held_and_freed(site: Site, desk: Browser) -> None:
    site.release("WO1")

    desk.post("/desk/api/hold", {"order": "WO1", "why": "crack"})
    held = desk.json("/desk/api/orders/WO1")["hold"]
    desk.post("/desk/api/free", {"order": "WO1"})

    assert held == "crack"
    assert desk.json("/desk/api/orders/WO1")["hold"] is None


def test_an_operation_is_moved(site: Site, desk: Browser) -> None:
    site.release("WO1", "WO2", "WO3")
    version, _ = lathe_list(desk)

    body = {"version": version, "operation": "WO3/010", "before": "WO2/010"}
    answer = desk.post(f"/desk/api/lists/{LATHE}/move", body)

    assert answer.get_json() == {"version": version + 1}
    assert lathe_list(desk)[1] == ["WO1/010", "WO3/010", "WO2/010"]


def test_an_operation_is_moved_to_the_end(site: Site, desk: Browser) -> None:
    site.release("WO1", "WO2", "WO3")
    version, _ = lathe_list(desk)

    body = {"version": version, "operation": "WO2/010", "before": None}
    desk.post(f"/desk/api/lists/{LATHE}/move", body)

    assert lathe_list(desk)[1] == ["WO1/010", "WO3/010", "WO2/010"]


def test_the_second_of_two_dispatchers_is_told_what_the_first_has_changed(
    site: Site, desk: Browser, admin: Browser
) -> None:
    site.release("WO1", "WO2", "WO3", "WO4")
    version, _ = lathe_list(desk)
    first = {"version": version, "operation": "WO4/010", "before": "WO2/010"}
    second = {"version": version, "operation": "WO3/010", "before": "WO2/010"}
    desk.post(f"/desk/api/lists/{LATHE}/move", first)

    refused = admin.post(f"/desk/api/lists/{LATHE}/move", second)
    now = refused.get_json()["details"]["version"]
    repeated = admin.post(f"/desk/api/lists/{LATHE}/move", second | {"version": now})

    assert refused.status_code == 409
    assert refused.get_json()["code"] == "list-changed"
    (change,) = refused.get_json()["details"]["changes"]
    assert (change["by"], change["rule"], change["moved"]) == ("dora", "hand", ["WO4/010"])
    assert repeated.status_code == 200
    assert lathe_list(desk)[1] == ["WO1/010", "WO4/010", "WO3/010", "WO2/010"]


def test_what_is_frozen_does_not_move(site: Site, desk: Browser) -> None:
    site.release("WO1", "WO2")
    version, _ = lathe_list(desk)

    body = {"version": version, "operation": "WO1/010", "before": None}
    answer = desk.post(f"/desk/api/lists/{LATHE}/move", body)

    assert (answer.status_code, answer.get_json()["code"]) == (409, "frozen")


def test_a_rule_proposes_and_its_proposal_is_accepted_and_undone(site: Site, desk: Browser) -> None:
    site.release("WO1", "WO2")
    site.plan(plan("WO3", quantity=1))
    desk.post("/desk/api/release", {"orders": ["WO3"]})
    _, before = lathe_list(desk)

    proposal = desk.post(f"/desk/api/lists/{LATHE}/propose", {"rule": "spt"}).get_json()
    untouched = lathe_list(desk)[1]
    accepted = {key: proposal[key] for key in ("version", "rule")} | {"order": proposal["after"]}
    version = desk.post(f"/desk/api/lists/{LATHE}/accept", accepted).get_json()["version"]
    after = lathe_list(desk)[1]
    desk.post(f"/desk/api/lists/{LATHE}/undo", {"version": version})

    assert proposal["before"] == untouched == before
    assert after == proposal["after"] == ["WO1/010", "WO3/010", "WO2/010"]
    assert proposal["moved"] == ["WO3/010"]
    assert lathe_list(desk)[1] == before


@pytest.mark.parametrize("rule", ["fcfs", "edd", "spt", "critical-ratio", "slack"])
def test_every_rule_can_be_asked(site: Site, desk: Browser, rule: str) -> None:
    site.release("WO1", "WO2")

    answer = desk.post(f"/desk/api/lists/{LATHE}/propose", {"rule": rule})

    assert sorted(answer.get_json()["after"]) == ["WO1/010", "WO2/010"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"version": 1, "operation": "WO1", "before": None}, "operation"),
        ({"version": "1", "operation": "WO1/010", "before": None}, "version"),
        ({"version": 1, "operation": "WO1/010"}, "before"),
        ({"version": -1, "operation": "WO1/010", "before": None}, "version"),
    ],
)
def test_a_move_that_is_wrong_is_refused(desk: Browser, body: Json, field: str) -> None:
    answer = desk.post(f"/desk/api/lists/{LATHE}/move", body)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.get_json()["details"]["errors"]] == [field]


def test_every_document_can_be_printed(site: Site, desk: Browser) -> None:
    site.release("WO1")
    wanted: list[Json] = [
        {"kind": "traveler", "order": "WO1", "reason": "torn"},
        {"kind": "dispatch-list", "work_center": LATHE},
        {"kind": "badges", "badges": [ANNA]},
        {"kind": "badges"},
        {"kind": "station-labels", "stations": [LATHE]},
        {"kind": "try-it"},
    ]

    jobs = [desk.post("/desk/api/print", body).get_json()["job"] for body in wanted]

    assert jobs == list(range(2, 8))
    assert desk.json("/desk/api/print/2")["state"] == "queued"
    assert site.press.woken == 1 + len(wanted)


def test_a_reprint_wants_a_reason(site: Site, desk: Browser) -> None:
    site.release("WO1")

    answer = desk.post("/desk/api/print", {"kind": "traveler", "order": "WO1"})

    assert answer.get_json()["code"] == "reason-needed"


def test_paper_is_shown_once_it_is_ready(site: Site, desk: Browser) -> None:
    site.release("WO1")

    early = desk.get("/desk/print/1.pdf")
    site.store.spool.claim(site.clock())
    site.store.spool.finish(1, b"%PDF-1.7 ...", site.clock())
    ready = desk.get("/desk/print/1.pdf")

    assert early.status_code == 404
    assert (ready.status_code, ready.mimetype) == (200, "application/pdf")
    assert ready.data.startswith(b"%PDF")


def test_a_print_job_that_is_not_there_is_not_found(desk: Browser) -> None:
    assert desk.get("/desk/api/print/99", "application/json").get_json()["code"] == "unknown-job"


def send(desk: Browser, *files: tuple[str, str], **fields: str) -> Any:
    """Send files as the import page does."""
    parts = [(io.BytesIO(text.encode()), name) for name, text in files]
    return desk.client.post(
        "/desk/api/import",
        data={"files": parts, **fields},
        headers={"X-CSRFToken": desk.token, "Accept": "application/json"},
    )


def test_files_are_imported(desk: Browser) -> None:
    answer = send(desk, ("a.csv", CSV.format(number="WO1")), ("b.csv", CSV.format(number="WO2")))

    report = answer.get_json()
    assert (report["created"], report["errors"], report["dry_run"]) == (["WO1", "WO2"], [], False)
    assert desk.json("/desk/api/orders/WO1")["operations"][0]["run_minutes"] == 3.5


def test_a_dry_run_changes_nothing(desk: Browser) -> None:
    report = send(desk, ("a.csv", CSV.format(number="WO1")), dry_run="true").get_json()

    assert (report["dry_run"], report["created"]) == (True, ["WO1"])
    assert desk.get("/desk/api/orders/WO1").status_code == 404


def test_importing_again_says_what_changed(desk: Browser) -> None:
    send(desk, ("a.csv", CSV.format(number="WO1")))

    report = send(desk, ("a.csv", CSV.format(number="WO1").replace(";10;", ";12;", 1)))
    again = send(desk, ("a.csv", CSV.format(number="WO1").replace("2026-11-20", "2026-11-21")))

    assert report.get_json()["errors"]
    assert again.get_json()["updated"] == [{"order": "WO1", "changed": ["due"]}]


def test_every_error_of_a_file_is_told_with_its_place_and_words(desk: Browser) -> None:
    wrong = CSV.format(number="WO+1").replace("2026-11-20", "2026-02-30")

    report = send(desk, ("a.csv", wrong)).get_json()

    assert report["created"] == []
    assert report["counted_errors"] == len(report["errors"]) >= 3
    places = {(error["row"], error["column"]) for error in report["errors"]}
    assert {(2, "order"), (2, "due")} <= places
    assert all(error["text"] and error["file"] == "a.csv" for error in report["errors"])


def test_a_mapping_names_the_columns(desk: Browser) -> None:
    strange = CSV.format(number="WO1").replace("order;", "Auftrag Nr X;")
    mapping = '[columns]\norder = "Auftrag Nr X"'

    report = send(desk, ("a.csv", strange), mapping=mapping).get_json()

    assert report["created"] == ["WO1"]


@pytest.mark.parametrize("mapping", ["{", "[]", '{"order": 7}', '"text"', "[columns]\ncolor = 3"])
def test_a_mapping_that_is_none_says_what_is_wrong_and_changes_nothing(
    desk: Browser, mapping: str
) -> None:
    report = send(desk, ("a.csv", CSV.format(number="WO1")), mapping=mapping).get_json()

    assert report["created"] == []
    assert report["errors"][0]["file"] == "mapping"
    assert report["errors"][0]["text"]


def test_an_import_without_files_is_refused(desk: Browser) -> None:
    assert send(desk).status_code == 422


def test_a_station_is_set_up_enrolled_and_revoked(site: Site, admin: Browser) -> None:
    admin.post("/desk/api/stations", {"name": "LATHE-2B", "work_center": LATHE})

    code = admin.post("/desk/api/stations/LATHE-2B/code").get_json()
    enrolled = site.browser().post("/station/LATHE-2B/enrol", {"code": code["code"]})
    lines = {one["station"]: one for one in admin.json("/desk/api/stations")["stations"]}
    revoked = admin.post("/desk/api/stations/LATHE-2B/revoke")

    assert code["until"] == "2026-11-02T12:15:00Z"
    assert (enrolled.status_code, revoked.status_code) == (200, 200)
    assert lines["LATHE-2B"]["enrolled_at"] == "2026-11-02T12:00:00Z"


def test_a_station_that_is_connected_is_shown_as_such(site: Site, desk: Browser) -> None:
    site.station(LATHE)

    lines = {one["station"]: one for one in desk.json("/desk/api/stations")["stations"]}

    assert (lines[LATHE]["connected"], lines[MILL]["connected"]) == (True, False)


def test_an_account_is_created_and_changed(site: Site, admin: Browser) -> None:
    new = {"name": "eve", "role": "dispatcher", "display_name": "Eve", "password": "x" * 12}
    created = admin.post("/desk/api/accounts", new)
    change = {"role": "administrator", "active": True, "display_name": "Eve E."}
    changed = admin.post("/desk/api/accounts/eve", change)

    eve = accounts.sign_in(site.plant, "eve", "x" * 12)
    assert (created.status_code, changed.status_code) == (200, 200)
    assert (eve.role, eve.display_name) == (Role.ADMINISTRATOR, "Eve E.")


def test_a_name_is_taken_once(admin: Browser) -> None:
    new = {"name": "dora", "role": "dispatcher", "display_name": "", "password": "x" * 12}

    assert admin.post("/desk/api/accounts", new).get_json()["code"] == "name-taken"


def test_nobody_can_shut_out_themselves(admin: Browser) -> None:
    change = {"role": "administrator", "active": False}

    assert admin.post("/desk/api/accounts/adam", change).status_code == 403


def test_work_centers_and_operators_are_set_up(site: Site, admin: Browser) -> None:
    center = {"name": "SAW-1", "description": "Band saw", "department": "Cutting", "frozen": 2}
    admin.post("/desk/api/work-centers", center)
    admin.post("/desk/api/operators", {"badge": "4103", "name": "Cem"})

    loads = {one["work_center"]: one for one in admin.json("/desk/api/lists")["lists"]}
    names = admin.json(f"/desk/api/lists/{LATHE}")["people"]
    assert loads["SAW-1"]["department"] == "Cutting"
    assert names["4103"] == "Cem"
    assert (
        site.plant.store.read(lambda books: books.work_center(WorkCenterName("SAW-1"))).frozen == 2
    )


@pytest.mark.parametrize(
    "path",
    [
        "/desk/api/stations",
        f"/desk/api/stations/{LATHE}/code",
        f"/desk/api/stations/{LATHE}/revoke",
        "/desk/api/accounts",
        "/desk/api/accounts/dora",
        "/desk/api/work-centers",
        "/desk/api/operators",
    ],
)
def test_what_is_for_administrators_is_refused_to_dispatchers(desk: Browser, path: str) -> None:
    bodies = [
        {"name": "X", "work_center": LATHE},
        {"name": "eve", "role": "dispatcher", "display_name": "", "password": "x" * 12},
        {"role": "dispatcher", "active": True},
        {"name": "SAW-1"},
        {"badge": "4103", "name": "Cem"},
        {},
    ]

    codes = {desk.post(path, body).get_json()["code"] for body in bodies}

    assert codes <= {"not-allowed", "invalid"}
    assert "not-allowed" in codes


def test_the_search_finds_orders_by_part(site: Site, desk: Browser) -> None:
    site.plan(plan("WO1", part="GEAR-7"), replace(plan("WO2"), part="BOLT-1"))

    found = desk.json("/desk/api/orders?q=gear")

    assert [order["order"] for order in found["orders"]] == ["WO1"]
