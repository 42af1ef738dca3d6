"""The small parts of a station box: its settings, folder, pauses, badge wait and terminal."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hardware.beepers import Dialect
from hardware.framing import Fault
from hardware.stack_light import LightAddress
from kiosk.config import Given, checked
from kiosk.errors import FolderInUse, SettingsInvalid
from kiosk.events import Answer, Answered, Event, Overheard, Scan, answer_of
from kiosk.feedback import Terminal
from kiosk.home import Home
from kiosk.pauses import Pauses
from kiosk.waiting import BadgeWait
from tests.kiosk.box import NOON

SCAN = Scan(NOON, "1000123456", "/dev/scanner", late=False)
EVENT = Event(1, "an-id", SCAN)


def answer(code: str, **more: Any) -> Answer:
    return Answer(**{"verdict": "ok", "number": "", "details": {}, "said": {}, "code": code} | more)


def answered(code: str, **more: Any) -> Answered:
    return Answered(EVENT, answer(code, **more))


# Settings


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    given = Given("ftp://plant", "lathe 2", ("", "udp://x"), 9600, "c" * 41, tmp_path)

    with pytest.raises(SettingsInvalid) as invalid:
        checked(replace(given, beeper="loud", light="lamp"))

    named = [error.partition(":")[0] for error in invalid.value.errors]
    assert named == ["server", "name", "scanner", "scanner", "code", "beeper", "light"]


def test_a_beeper_and_a_light_are_as_written_or_none(tmp_path: Path) -> None:
    given = Given("http://plant", "LATHE-2", ("loop://",), 9600, "CODE", tmp_path)

    plain, full = checked(given), checked(replace(given, beeper="bel", light="patlite://lamp:99"))

    assert (plain.beeper, plain.light) == (Dialect.NONE, None)
    assert (full.beeper, full.light) == (Dialect.BEL, LightAddress("lamp", 99))


@pytest.mark.parametrize(
    "url", ["", "plant:8080", "http://", "http://plant/desk", "http://a:b@plant", "http://plant?x"]
)
def test_a_server_is_an_origin(url: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid, match="server:"):
        checked(Given(url, "LATHE-2", ("/dev/scanner",), 9600, "CODE", tmp_path))


def test_a_slash_at_the_end_of_the_server_is_no_mistake(tmp_path: Path) -> None:
    settings = checked(Given("http://plant:8080/", "LATHE-2", ("loop://",), 9600, "C", tmp_path))

    assert settings.server == "http://plant:8080"


def test_a_scanner_is_needed_and_given_once(tmp_path: Path) -> None:
    for scanners, said in ((), "at least one"), (("loop://", "loop://"), "given twice"):
        with pytest.raises(SettingsInvalid, match=said):
            checked(Given("http://plant", "LATHE-2", scanners, 9600, "CODE", tmp_path))


def test_a_box_that_is_not_enrolled_asks_for_a_code(tmp_path: Path) -> None:
    given = Given("http://plant", "LATHE-2", ("loop://",), 9600, "", tmp_path)

    with pytest.raises(SettingsInvalid, match="floorline stations code LATHE-2"):
        checked(given)

    Home(tmp_path).keep_token("a-token")
    assert checked(given).code == ""


# The folder


def test_only_the_owner_reads_the_token(tmp_path: Path) -> None:
    with Home(tmp_path / "box") as home:
        home.keep_token("first")
        home.keep_token("second")

    modes = [oct(path.stat().st_mode & 0o777) for path in (home.folder, home.folder / "token")]
    assert modes == ["0o700", "0o600"]
    assert home.token == "second"


def test_two_agents_cannot_work_in_one_folder(tmp_path: Path) -> None:
    with Home(tmp_path), pytest.raises(FolderInUse, match="stop it first"), Home(tmp_path):
        pass

    with Home(tmp_path) as home:
        assert home.token == ""


# Pauses


def test_pauses_grow_to_half_a_minute_and_begin_anew() -> None:
    pauses = Pauses(chance=lambda: 1.0)

    grown = [pauses.next() for _ in range(7)]
    pauses.reset()

    assert grown == [1, 2, 4, 8, 16, 30, 30]
    assert pauses.next() == 1


def test_pauses_differ_from_box_to_box() -> None:
    unlucky, average = Pauses(chance=lambda: 0.0), Pauses(chance=lambda: 0.5)

    assert (unlucky.next(), average.next()) == (0.5, 0.75)
    assert 0.5 <= Pauses().next() <= 1


# What waits for a badge


def test_a_code_goes_on_after_the_badge_it_needs() -> None:
    waiting = BadgeWait()

    assert waiting.after(answered("badge-needed"), NOON) is None
    assert waiting.after(answered("badge"), NOON + timedelta(seconds=20)) == SCAN
    assert waiting.after(answered("badge"), NOON) is None


def test_the_badge_may_be_read_by_the_screen() -> None:
    waiting = BadgeWait()
    waiting.after(answered("badge-needed"), NOON)

    assert waiting.after(Overheard(answer("badge")), NOON) == SCAN


def test_a_code_of_the_screen_is_the_screens_business() -> None:
    waiting = BadgeWait()
    waiting.after(Overheard(answer("badge-needed")), NOON)

    assert waiting.after(answered("badge"), NOON) is None


def test_a_code_waits_on_after_a_wrong_badge_but_not_after_anything_else() -> None:
    for between, goes_on in ("unknown-badge", SCAN), ("started", None):
        waiting = BadgeWait()
        waiting.after(answered("badge-needed"), NOON)
        waiting.after(answered(between), NOON)

        assert waiting.after(answered("badge"), NOON) == goes_on


def test_a_code_does_not_wait_for_ever() -> None:
    waiting = BadgeWait()
    waiting.after(answered("badge-needed"), NOON)

    assert waiting.after(answered("badge"), NOON + timedelta(seconds=21)) is None


# The terminal


def test_each_scan_gets_one_line() -> None:
    lines: list[str] = []
    terminal = Terminal(lines.append)

    details = {"right": "MILL-1", "all": [1]}
    terminal.answered(answered("wrong-work-center", verdict="refused", details=details))
    terminal.answered(answered("started", number="WO100245/010"))
    terminal.kept(EVENT, 3)
    terminal.repeated(SCAN)
    terminal.misread(SCAN, Fault.GARBLED)
    terminal.not_kept(SCAN, "disk full")

    assert [line[10:] for line in lines] == [
        "NOT TAKEN  1000123456        wrong work center right=MILL-1",
        "OK         WO100245/010      started",
        "KEPT       1000123456        kept here, not yet sent (3 in all)",
        "AGAIN      1000123456        already taken",
        "NOT TAKEN  1000123456        garbled: check the scanner's speed",
        "NOT TAKEN  1000123456        CANNOT BE KEPT: disk full",
    ]


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_has_words(fault: Fault) -> None:
    lines: list[str] = []

    Terminal(lines.append).misread(SCAN, fault)

    assert len(lines) == 1


def test_a_code_cannot_draw_on_the_terminal() -> None:
    lines: list[str] = []

    Terminal(lines.append).repeated(Scan(NOON, "A\x1b[2J\nOK", "/dev/scanner", late=False))

    assert r"A\x1b[2J\nOK" in lines[0]


@pytest.mark.parametrize("said", [None, "ok", {}, {"verdict": "ok", "code": 1, "number": ""}])
def test_what_is_no_answer_is_not_taken_for_one(said: object) -> None:
    assert answer_of(said) is None
