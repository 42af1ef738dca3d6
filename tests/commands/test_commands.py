"""The command line: what each command does, and what it says when it cannot."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlite_utils import Database

from hardware.errors import DeviceGone
from server.commands import COMMANDS, main
from server.commands.group import tell_bug
from server.commands.progress import MANY
from server.store import open_store
from tests.workshop import LATHE, Around, a_plant

PASSWORD = "correct horse battery"

CSV = """order,part,revision,description,quantity,due,planned release,operation,work center,run
WO1,P-1,A,Shaft,10,2026-11-20,2026-11-02,10,LATHE-2,3.5
WO1,P-1,A,Shaft,10,2026-11-20,2026-11-02,20,MILL-1,4
"""

Floorline = Callable[..., Result]


@pytest.fixture
def floorline(tmp_path: Path, empty_file: Path) -> Floorline:
    """Return what runs a command on a plant that has been set up."""
    (tmp_path / "floorline.db").write_bytes(empty_file.read_bytes())
    store = open_store(f"sqlite:///{tmp_path}/floorline.db")
    a_plant(Around(store))
    store.close()

    def run(*arguments: str, typed: str | None = None) -> Result:
        where = ["--data", str(tmp_path)]
        return CliRunner().invoke(main, [*arguments, *where], input=typed, prog_name="floorline")

    return run


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    """Return a file with one order."""
    path = tmp_path / "orders.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


def test_orders_are_imported_and_a_second_time_nothing_changes(
    floorline: Floorline, orders: Path
) -> None:
    first = floorline("import", str(orders))
    again = floorline("import", str(orders))

    assert first.exit_code == 0, first.output
    assert "1 order created, 0 updated, 0 unchanged." in first.output
    assert "0 orders created, 0 updated, 1 unchanged." in again.output


def test_a_dry_run_says_what_would_be_done(floorline: Floorline, orders: Path) -> None:
    rehearsal = floorline("import", str(orders), "--dry-run")
    real = floorline("import", str(orders))

    assert "1 order would be created" in rehearsal.output
    assert "1 order created" in real.output


def test_what_changed_is_told_order_by_order(floorline: Floorline, orders: Path) -> None:
    floorline("import", str(orders))
    orders.write_text(CSV.replace("2026-11-20", "2026-11-21"), encoding="utf-8")

    result = floorline("import", str(orders))

    assert "WO1: due\n" in result.output


def test_errors_of_a_file_come_as_a_table_and_fail(floorline: Floorline, orders: Path) -> None:
    orders.write_text(CSV.replace("2026-11-20", "2026-02-30", 1), encoding="utf-8")

    result = floorline("import", str(orders))

    assert result.exit_code == 1
    assert re.search(r"^File +Row +Column +Value +Expected$", result.stderr, re.MULTILINE)
    assert re.search(r"^orders.csv +2 +due +2026-02-30 +a date", result.stderr, re.MULTILINE)
    assert "Error: 1 error; nothing was imported." in result.stderr


def test_a_mapping_names_the_columns(floorline: Floorline, orders: Path, tmp_path: Path) -> None:
    orders.write_text(CSV.replace("order,", "Auftrag Nr X,"), encoding="utf-8")
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('[columns]\norder = "Auftrag Nr X"', encoding="utf-8")

    assert floorline("import", str(orders), "--mapping", str(mapping)).exit_code == 0


@pytest.mark.parametrize("text", ["{", "[]", '{"order": 3}'])
def test_a_mapping_that_is_none_says_where_to_read_on(
    floorline: Floorline, orders: Path, tmp_path: Path, text: str
) -> None:
    mapping = tmp_path / "mapping.json"
    mapping.write_text(text, encoding="utf-8")

    result = floorline("import", str(orders), "--mapping", str(mapping))

    assert result.exit_code == 1
    assert "docs/import-format.md" in result.stderr


def test_much_to_read_shows_its_progress(floorline: Floorline, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    header, first, _ = CSV.splitlines()
    rows = [first.replace("WO1", f"WO{at}") for at in range(MANY)]
    path.write_text("\n".join([header, *rows]), encoding="utf-8")

    result = floorline("import", str(path))

    assert f"{MANY} orders created" in result.output
    for word in ("Reading many.csv", "Checking many.csv", "Planning"):
        assert word in result.stderr


def test_little_to_read_shows_no_bar(floorline: Floorline, orders: Path) -> None:
    assert floorline("import", str(orders)).stderr == ""


def test_of_a_file_that_is_too_large_no_more_is_read_than_is_needed(
    floorline: Floorline, tmp_path: Path
) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        # Sparse: far more than this test could hold in memory.
        file.truncate(10**12)

    result = floorline("import", str(path))

    assert result.exit_code == 1
    assert "a file of at most 20000000 bytes" in result.stderr


def test_the_plant_is_exported_and_not_overwritten(
    floorline: Floorline, orders: Path, tmp_path: Path
) -> None:
    floorline("import", str(orders))
    target = tmp_path / "plant.db"

    first = floorline("export", str(target))
    again = floorline("export", str(target))
    replaced = floorline("export", str(target), "--replace")

    assert "1 order, 2 operations" in first.output
    assert (again.exit_code, replaced.exit_code) == (1, 0)
    assert "--replace" in again.stderr
    database = Database(target)
    assert [row["number"] for row in database["orders"].rows] == ["WO1"]
    database.close()


def test_paper_goes_to_a_file(
    floorline: Floorline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    result = floorline("paper", "badges")
    named = floorline("paper", "dispatch-list", LATHE, "--to", "list.pdf")

    assert result.output.strip() == "badges.pdf", result.output
    assert named.output.strip() == "list.pdf"
    for name in ("badges.pdf", "list.pdf"):
        assert Path(name).read_bytes().startswith(b"%PDF")


def test_a_traveler_wants_its_order(floorline: Floorline) -> None:
    result = floorline("paper", "traveler")

    assert result.exit_code == 1
    assert "Name the order: floorline paper traveler NUMBER" in result.stderr


def test_an_order_that_is_not_there_is_said_in_words(floorline: Floorline) -> None:
    result = floorline("paper", "traveler", "NOPE")

    assert result.exit_code == 1
    assert result.stderr.startswith("Error: There is no order NOPE. ")
    assert "floorline import" in result.stderr


def test_where_the_paper_cannot_go_nothing_is_issued(
    floorline: Floorline, orders: Path, tmp_path: Path
) -> None:
    floorline("import", str(orders))
    nowhere = tmp_path / "no such folder" / "t.pdf"

    result = floorline("paper", "traveler", "WO1", "--to", str(nowhere))
    then = floorline("paper", "traveler", "WO1", "--to", str(tmp_path / "t.pdf"))

    assert result.exit_code == 1
    assert f"There is no folder {nowhere.parent}." in result.stderr
    # A second print would have needed a reason.
    assert then.exit_code == 0, then.output


def test_a_reprint_without_a_reason_names_the_option(
    floorline: Floorline, orders: Path, tmp_path: Path
) -> None:
    floorline("import", str(orders))
    first, again = (
        floorline("paper", "traveler", "WO1", "--to", str(tmp_path / "t.pdf")) for _ in range(2)
    )

    assert (first.exit_code, again.exit_code) == (0, 1)
    assert "--reason" in again.stderr


def test_badges_that_nobody_has_are_told_as_they_were_typed(floorline: Floorline) -> None:
    result = floorline("paper", "badges", "98", "99")

    assert "“98, 99”" in result.stderr
    assert "floorline operators list" in result.stderr


def test_a_station_that_is_not_there_says_how_to_find_one(floorline: Floorline) -> None:
    result = floorline("stations", "code", "NOWHERE")

    assert "floorline stations list" in result.stderr


def test_accounts_are_added_listed_and_given_a_new_password(floorline: Floorline) -> None:
    added = floorline("users", "add", "eve", "--role", "administrator", typed=f"{PASSWORD}\n" * 2)
    listed = floorline("users", "list")
    changed = floorline("users", "password", "eve", typed=f"{PASSWORD}!\n" * 2)

    assert (added.exit_code, changed.exit_code) == (0, 0), added.output
    assert re.search(r"^eve +administrator", listed.output, re.MULTILINE)


def test_a_password_that_is_too_short_is_refused(floorline: Floorline) -> None:
    result = floorline("users", "add", "eve", typed="short\nshort\n")

    assert result.exit_code == 1
    assert "password: 10-200 characters" in result.stderr
    assert "short" not in result.stderr


def test_the_name_of_the_command_line_itself_is_refused_in_words(floorline: Floorline) -> None:
    result = floorline("users", "add", "console", typed=f"{PASSWORD}\n" * 2)

    assert result.exit_code == 1
    assert "“console”: a name that Floorline does not act under itself" in result.stderr


def test_an_account_that_is_not_there_says_how_to_find_one(floorline: Floorline) -> None:
    result = floorline("users", "password", "nobody", typed=f"{PASSWORD}\n" * 2)

    assert "floorline users list" in result.stderr


def test_operators_and_work_centers_are_set_up(floorline: Floorline) -> None:
    floorline("operators", "add", "4103", "Cem")
    floorline("work-centers", "add", "SAW-1", "--department", "Cutting", "--frozen", "2")

    operators, centers = floorline("operators", "list"), floorline("work-centers", "list")

    assert re.search(r"^4103 +Cem$", operators.output, re.MULTILINE)
    assert re.search(r"^SAW-1 +Cutting", centers.output, re.MULTILINE)


def test_a_station_is_set_up_coded_and_revoked(floorline: Floorline) -> None:
    added = floorline("stations", "add", "LATHE-2B", LATHE)
    code = floorline("stations", "code", "LATHE-2B")
    listed = floorline("stations", "list")
    revoked = floorline("stations", "revoke", "LATHE-2B")

    assert "floorline stations code LATHE-2B" in added.output
    assert re.match(r"[A-Z2-9]{8}  \(good once, until \d\d:\d\d\)", code.output)
    assert re.search(r"^LATHE-2B +LATHE-2 +not enrolled", listed.output, re.MULTILINE)
    assert revoked.exit_code == 0


def test_a_station_at_a_work_center_that_is_not_there_is_refused(floorline: Floorline) -> None:
    result = floorline("stations", "add", "X-1", "NOWHERE")

    assert result.stderr.startswith("Error: There is no work center NOWHERE. ")
    assert "floorline work-centers list" in result.stderr


def test_a_virtual_scanner_types_what_it_is_given(tmp_path: Path) -> None:
    link = tmp_path / "scanner"
    read: list[bytes] = []

    def listen() -> None:
        while not link.is_symlink():
            pass
        descriptor = os.open(link, os.O_RDONLY | os.O_NOCTTY)
        while b"".join(read).count(b"\r") < 2:
            read.append(os.read(descriptor, 100))
        os.close(descriptor)

    listener = threading.Thread(target=listen)
    listener.start()
    command = ["scan", "--link", str(link), "--per-minute", "600", "1H4101", "W1", "W1", "W1"]
    result = CliRunner().invoke(main, command)
    listener.join()

    assert result.exit_code == 0
    assert f"The scanner is {link}" in result.stderr
    assert set(b"".join(read).split(b"\r")) <= {b"1H4101", b"W1", b""}


def test_a_virtual_scanner_reads_codes_from_a_file_or_from_standard_input(tmp_path: Path) -> None:
    file = tmp_path / "codes.txt"
    file.write_text("1H4101\n\nW1\n", encoding="utf-8")

    from_file = CliRunner().invoke(main, ["scan", "--from", str(file), "--per-minute", "6000"])
    from_input = CliRunner().invoke(main, ["scan", "--per-minute", "6000"], input="W2\r\nW3\n")

    assert from_file.stdout == "1H4101\nW1\n"
    assert from_input.stdout == "W2\nW3\n"


def test_a_link_that_is_something_else_is_left_alone(tmp_path: Path) -> None:
    taken = tmp_path / "file"
    taken.write_text("mine", encoding="utf-8")

    result = CliRunner().invoke(main, ["scan", "--link", str(taken), "W1"])

    assert result.exit_code == 1
    assert "cannot be the name of a virtual device" in result.stderr
    assert taken.read_text(encoding="utf-8") == "mine"


def test_settings_that_cannot_be_used_are_told_all_at_once(floorline: Floorline) -> None:
    result = floorline("users", "list", "--database", "mysql://x", "--log-format", "xml")

    assert result.exit_code == 2
    assert "These settings cannot be used:" in result.stderr
    assert "  database (from option):" in result.stderr
    assert "  log_format (from option):" in result.stderr


def test_a_file_that_is_not_there_is_named(floorline: Floorline) -> None:
    result = floorline("import", "nowhere.csv")

    assert result.exit_code == 2
    assert "nowhere.csv" in result.stderr


def test_a_database_that_does_not_answer_is_no_bug(floorline: Floorline) -> None:
    away = "postgresql://127.0.0.1:9/nobody?connect_timeout=1"

    result = floorline("users", "list", "--database", away)

    assert result.exit_code == 1
    assert "does not answer" in result.stderr
    assert "correct the setting `database`" in result.stderr


def test_a_folder_that_cannot_be_written_is_named(floorline: Floorline, tmp_path: Path) -> None:
    result = floorline("export", str(tmp_path / "no" / "such" / "folder.db"))

    assert result.exit_code == 1
    assert "Traceback" not in result.stderr


def test_an_unknown_command_is_told_apart() -> None:
    result = CliRunner().invoke(main, ["fly"])

    assert result.exit_code == 2
    assert "No such command" in result.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    result = CliRunner().invoke(main, [name, "--help"])

    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) > 3


def test_a_bug_is_told_in_two_lines_and_its_traceback_is_kept(
    capsys: pytest.CaptureFixture[str],
) -> None:
    error = DeviceGone("x", "y")
    error.__cause__ = ZeroDivisionError("inside")

    tell_bug(type(error), error, error.__traceback__)

    said = capsys.readouterr().err
    found = re.search(r"in (/\S+\.txt)", said)
    assert found
    kept = Path(found[1])
    assert said.startswith("Error: DeviceGone: x is gone: y\n")
    assert len(said.splitlines()) == 2
    assert "ZeroDivisionError: inside" in kept.read_text(encoding="utf-8")
    kept.unlink()


def test_the_command_runs_as_a_program() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "server.cli", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert result.stdout.startswith("floorline")
