"""The doctor looks at the machine: what grabs scanners, the disk, files, the clock."""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.message import Message
from pathlib import Path

import pytest

from hardware.checkup import clock, disk
from hardware.checkup.access import check_user
from hardware.checkup.asking import Reply
from hardware.checkup.findings import Area, Finding, State, examined, ok
from hardware.checkup.grabbers import VENDORS, Grabber, Places, check_grabbers, check_power_saving
from hardware.checkup.processes import listeners_on
from hardware.checkup.sqlite_file import check_file
from hardware.errors import DeviceGone
from tests.hardware.nobody import as_nobody, open_folder

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def only(findings: Iterable[Finding]) -> Finding:
    (finding,) = findings
    return finding


@pytest.fixture
def grabber() -> Grabber:
    """Return a program that no other test runs."""
    return Grabber(f"grab{os.getpid()}", "it eats scans", ("grab.service",), "GRAB_IGNORE")


@pytest.fixture
def places(tmp_path: Path) -> Places:
    for name in ("bin", "units", "rules"):
        (tmp_path / name).mkdir()
    return Places(str(tmp_path / "bin"), (tmp_path / "units",), (tmp_path / "rules",))


@pytest.fixture
def installed(places: Places, grabber: Grabber) -> Path:
    """Return the grabber as a program that does what it is told."""
    program = Path(places.programs) / grabber.name
    shutil.copy(shutil.which("sh") or "", program)
    return program


def test_a_program_that_is_not_there_grabs_nothing(places: Places, grabber: Grabber) -> None:
    assert only(check_grabbers(places, [grabber])).found == "not installed"


@pytest.mark.usefixtures("installed")
def test_a_program_that_could_be_started_is_to_be_masked(places: Places, grabber: Grabber) -> None:
    before = only(check_grabbers(places, [grabber]))
    (places.units[0] / "grab.service").symlink_to("/dev/null")
    after = only(check_grabbers(places, [grabber]))

    assert before.state is State.LOOK
    assert before.advice.endswith("systemctl mask --now grab.service")
    assert after.state is State.OK


def test_a_program_that_runs_is_wrong_unless_udev_keeps_it_off(
    places: Places, grabber: Grabber, installed: Path
) -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [installed, "-c", "echo up; read end"], stdin=pipe, stdout=pipe
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.readline()
        before = only(check_grabbers(places, [grabber]))
        (places.rules[0] / "70.rules").write_text('ENV{GRAB_IGNORE}="1"')
        after = only(check_grabbers(places, [grabber]))
        process.stdin.close()

    assert before.state is State.WRONG
    assert f"process {process.pid}" in before.found
    assert "it eats scans" in before.found
    assert after.state is State.OK


def a_usb_device(devices: Path, name: str, vendor: str, control: str) -> None:
    (devices / name / "power").mkdir(parents=True)
    (devices / name / "idVendor").write_text(f"{vendor}\n")
    (devices / name / "power" / "control").write_text(f"{control}\n")


def test_only_scanners_must_not_sleep(tmp_path: Path) -> None:
    a_usb_device(tmp_path, "1-1", "05f9", "auto")
    a_usb_device(tmp_path, "1-2", "0c2e", "on")
    a_usb_device(tmp_path, "1-3", "1234", "auto")

    found = {one.about: one.state for one in check_power_saving(tmp_path)}

    assert found == {"Datalogic at USB 1-1": State.LOOK, "Honeywell at USB 1-2": State.OK}


def test_the_makers_are_those_of_the_udev_rules() -> None:
    rules = Path("deploy/udev/70-floorline.rules").read_text(encoding="utf-8")

    named = {
        vendor for line in re.findall(r'idVendor}=="([^"]+)"', rules) for vendor in line.split("|")
    }
    assert named == set(VENDORS)


def test_without_usb_nothing_sleeps(tmp_path: Path) -> None:
    assert only(check_power_saving(tmp_path / "none")).state is State.OK


def test_a_folder_takes_twenty_commits_and_is_left_as_it_was(tmp_path: Path) -> None:
    finding = only(disk.check_commits(tmp_path / "not" / "there"))

    assert "20 small commits" in finding.about
    assert "synchronous=FULL" in finding.found
    assert finding.state in {State.OK, State.LOOK}
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_wrong() -> None:
    # Nobody can write there, not even root.
    finding = only(disk.check_commits(Path("/proc/self")))

    assert finding.state is State.WRONG
    assert "cannot write in /proc/self" in finding.found
    assert "chown" in finding.advice


def test_a_folder_of_somebody_else_is_wrong() -> None:
    with open_folder() as folder, as_nobody():
        finding = only(disk.check_commits(folder))

    assert finding.state is State.WRONG
    assert f"nobody cannot write in {folder}" in finding.found


def test_a_file_in_the_place_of_a_folder_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert only(disk.check_commits(tmp_path / "file")).state is State.WRONG


def test_room_is_told_for_a_folder_that_is_still_to_be_made(tmp_path: Path) -> None:
    first, *_ = disk.check_space(tmp_path / "not" / "there")

    free = shutil.disk_usage(tmp_path).free
    assert first.state is (State.OK if free >= disk.LITTLE else first.state)
    assert "GB free" in first.found


def test_the_file_system_is_that_of_the_nearest_mount(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"a / ext4 rw 0 0\nb {tmp_path}/with\\040space tmpfs rw 0 0\n")

    assert disk.file_system(tmp_path, mounts) == "ext4"
    assert disk.file_system(tmp_path / "with space" / "deep", mounts) == "tmpfs"


def test_the_clock_says_whether_it_is_kept_right() -> None:
    finding = only(clock.check_synchronised())

    assert finding.state in {State.OK, State.LOOK}
    assert finding.found.startswith("yes, right within") is (finding.state is State.OK)


def test_a_clock_with_a_battery_is_found(tmp_path: Path) -> None:
    without = only(clock.check_battery(tmp_path))
    (tmp_path / "rtc0").mkdir()

    assert without.state is State.LOOK
    assert only(clock.check_battery(tmp_path)) == ok("clock with a battery", "rtc0")


def replied(told: str, asked_at: datetime, answered_at: datetime) -> Reply:
    headers = Message()
    headers["Date"] = told
    return Reply(200, headers, b"", asked_at, answered_at)


def test_a_date_in_whole_seconds_gives_bounds_that_hold_the_truth() -> None:
    began = NOON + timedelta(seconds=5, milliseconds=200)

    reply = replied("Mon, 02 Nov 2026 12:00:00 GMT", began, began + timedelta(milliseconds=100))

    assert reply.ahead == (timedelta(seconds=4.2), timedelta(seconds=5.3))


def test_a_server_that_tells_no_time_gives_no_bounds() -> None:
    assert replied("soon", NOON, NOON).ahead is None


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Return a SQLite file of many pages, closed."""
    path = tmp_path / "journal.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma journal_mode = wal")
        connection.execute("create table events (seq integer primary key, text text)")
        rows = [(f"scan {number} " * 20,) for number in range(2000)]
        connection.executemany("insert into events (text) values (?)", rows)
        connection.commit()
    return path


def test_an_intact_file_is_well_and_nothing_appears_beside_it(database: Path) -> None:
    assert only(check_file(database, "journal", "")).found == "intact, kept as WAL"
    assert list(database.parent.iterdir()) == [database]


def test_a_file_in_use_is_read_with_what_is_not_yet_in_it(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("delete from events")
        connection.commit()

        assert only(check_file(database, "journal", "")).state is State.OK


def test_a_file_in_a_folder_that_can_only_be_read_is_well(database: Path) -> None:
    with open_folder() as folder:
        shutil.copy(database, folder)
        with as_nobody():
            assert only(check_file(folder / database.name, "journal", "")).state is State.OK


def test_a_damaged_file_is_wrong(database: Path) -> None:
    with database.open("r+b") as file:
        file.seek(40 * 4096)
        file.write(os.urandom(8 * 4096))

    finding = only(check_file(database, "journal", "Keep it."))

    assert finding.state is State.WRONG
    assert str(database) in finding.found
    assert finding.advice == "Keep it."


def test_a_file_that_is_no_database_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    path.write_bytes(b"shopping list" * 1000)

    assert only(check_file(path, "journal", "Keep it.")).state is State.WRONG


def test_a_file_that_is_not_kept_as_wal_is_to_be_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table one (two)")

    assert only(check_file(path, "journal", "")).state is State.LOOK


def test_nobody_listens_on_a_port_that_is_only_ours() -> None:
    assert listeners_on(0).seen == ()


def test_who_looks_is_told() -> None:
    assert only(check_user()).state is State.OK


def test_a_check_that_fails_keeps_no_other_from_running() -> None:
    def failing() -> Iterator[Finding]:
        yield ok("first", "well")
        raise DeviceGone("/dev/scanner", "it is unplugged")

    areas = [Area("Ports", (failing,)), Area("Clock", (lambda: [ok("clock", "right")],))]

    found = [(area, one.state) for area, one in examined(areas)]

    assert found == [("Ports", State.OK), ("Ports", State.WRONG), ("Clock", State.OK)]
